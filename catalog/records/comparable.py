"""What two pictures are compared by."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.descriptor import Descriptor


@dataclass(frozen=True, slots=True)
class Comparable:
    """Hold everything verification may use of one picture; a query image and a stored photo have the same form.

    `sha256` and `image_data_sha256` are lower-case hex; the second is None where coded data cannot be told apart from
    metadata. `width` and `height` are oriented pixels of the full picture. `preview` is a JPEG made by us with the same
    proportions, empty when there is none: such a picture is found by its bytes only.
    """

    sha256: str
    image_data_sha256: str | None
    size_bytes: int
    width: int
    height: int
    is_plain: bool
    descriptors: tuple[Descriptor, ...]
    preview: bytes

    def descriptor(self, algorithm: str) -> Descriptor | None:
        """Return the descriptor of an algorithm, None when it was not made."""
        return next((found for found in self.descriptors if found.algorithm == algorithm), None)
