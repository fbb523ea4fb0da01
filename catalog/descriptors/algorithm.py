"""What every algorithm of the list must offer."""

from __future__ import annotations

from typing import Protocol

from catalog.descriptors.shrunk import Picture
from catalog.records.descriptor import Descriptor


class Algorithm(Protocol):
    """Describe one way of reducing a picture.

    `name` and `version` are stored with every descriptor; the version rises whenever the same picture may give other
    bytes. `bits` is the length of the code, 0 for packed local features.
    """

    @property
    def name(self) -> str:
        """Return the name that is stored."""

    @property
    def version(self) -> int:
        """Return the version that is stored."""

    @property
    def bits(self) -> int:
        """Return the length of the code in bits, 0 when it varies."""

    def describe(self, picture: Picture) -> Descriptor:
        """Reduce a picture; the same pixels give the same bytes."""
