"""What every reader of the intake is asked and what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from catalog.records.intake import IntakeItem, Unlisted

# The limit at every door, docs/reason-codes.md: file_too_large. The command passes its setting instead.
MAX_FILE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class IntakeRequest:
    """Hold what one import was asked to read.

    `path` is as given to the command. `manifest` is None when none was given. `publisher` is the name taken where a row states
    none. `assumed_zone` is the IANA zone of dates that state none. `max_file_bytes` is the size above which a file is refused.
    """

    path: Path
    manifest: Path | None = None
    publisher: str | None = None
    assumed_zone: str | None = None
    max_file_bytes: int = MAX_FILE_BYTES


class Reader(Protocol):
    """Find the items of one kind of collection, in a fixed order, without looking inside the pictures."""

    name: str

    def accepts(self, path: Path, manifest: Path | None) -> bool:
        """Tell whether this reader is the one for a path and an optional manifest, by their names and kinds alone."""

    def count(self, request: IntakeRequest) -> int:
        """Count the items that `read` will yield, without building them.

        Raises ManifestError when the manifest as a whole cannot be read, so that no row of a broken one is taken in.
        """

    def read(self, request: IntakeRequest) -> Iterator[IntakeItem | Unlisted]:
        """Yield the items one by one, then at most one Unlisted.

        A problem of one file or row is an item with that problem. Raises ManifestError as `count` does. Memory does not grow with
        the number of items beyond the names of one folder and the set of paths that a manifest lists.
        """
