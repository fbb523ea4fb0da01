"""How a list that is read page by page says where it stands, and what leads on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Hold a place in a list that is read page by page: the key of the last entry seen, going forward or backward."""

    key: str = ""
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Hold the keys that lead to the pages before and after this one, None where there is none."""

    before: str | None
    after: str | None
