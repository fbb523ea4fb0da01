"""Turning the pages of a list by keys: what was read outwards from a key becomes one page and the way to its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from catalog.errors import NotInCatalogueError
from catalog.records.pages.turning import Place, Turn

Entry = TypeVar("Entry")


def turned(read: Sequence[Entry], place: Place, size: int, key_of: Callable[[Entry], str]) -> tuple[list[Entry], Turn]:
    """Return the entries of one page in their order, and the keys of its neighbours.

    `read` holds up to size + 1 entries in the order they were read: the one too many says that the list goes on; entries read
    backward come nearest first.
    """
    entries, goes_on = list(read[:size]), len(read) > size
    came_from = bool(place.key)
    if place.backward:
        entries.reverse()
    has_before, has_after = (goes_on, came_from) if place.backward else (came_from, goes_on)
    if not entries:
        return entries, Turn(None, None)
    return entries, Turn(key_of(entries[0]) if has_before else None, key_of(entries[-1]) if has_after else None)


def lost_place(place: Place) -> NotInCatalogueError:
    """Return the error for a place whose key is not in the list."""
    return NotInCatalogueError(f"the list has no place {place.key!r}; begin it again without `after` and `before`")
