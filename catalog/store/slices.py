"""Parts of a long list that each fit one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

# SQLite takes a bounded number of parameters in one statement (SQLITE_MAX_VARIABLE_NUMBER, 999 in older builds).
SLICE = 400

T = TypeVar("T")


def slices(wanted: Sequence[T], size: int = SLICE) -> Iterator[Sequence[T]]:
    """Yield what is asked for in parts of at most `size`."""
    for start in range(0, len(wanted), size):
        yield wanted[start : start + size]
