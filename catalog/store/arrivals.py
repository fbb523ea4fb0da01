"""Which originals are on their way in: published, or about to be, by an import whose rows are not committed yet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from catalog.lasting import sync_names
from catalog.store.durable import LastingFolders, named_disk_errors


class Arrivals:
    """Keep one empty file for each original between its announcement and the commit of its rows.

    What a cut-off import leaves among the originals can so be told from what somebody else put there.
    """

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made by the first announcement."""
        self._folder = folder
        self._folders = LastingFolders(folder)

    def announce(self, sha256s: Iterable[str]) -> None:
        """Say durably that these originals are about to be published; raises DiskError when the disk refuses."""
        wanted = sorted(set(sha256s))
        if not wanted:
            return
        self._folders.make(self._folder)
        with named_disk_errors(self._folder):
            for sha256 in wanted:
                (self._folder / sha256).touch()
            sync_names(self._folder)

    def settle(self, sha256s: Iterable[str]) -> None:
        """Say that the rows of these originals are committed; not waited for, as whoever finds it unsaid looks for the rows."""
        with named_disk_errors(self._folder):
            for sha256 in sha256s:
                (self._folder / sha256).unlink(missing_ok=True)

    def listed(self) -> list[str]:
        """Return the names of all that were announced and not settled."""
        return sorted(path.name for path in self._folder.iterdir()) if self._folder.exists() else []
