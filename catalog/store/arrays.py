"""Packed local features in append-only array files, one a kind of descriptor; the rows hold offset and length."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable
from pathlib import Path

from catalog.errors import NotInCatalogueError
from catalog.lasting import sync_names
from catalog.store.durable import LastingFolders, named_disk_errors


class FeatureArrays:
    """Append packed features to `<algorithm>-<version>.bin` and read them back by offset.

    What is appended is synced before the row that names it is committed; bytes that no row names (after a crash) are harmless.
    The files are derived: `catalog rebuild` appends what does not lie there whole, and removes those that no row names.
    """

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made by the first append."""
        self.folder = folder
        self._folders = LastingFolders(folder)
        # Files whose own name this process has made last.
        self._lasting: set[Path] = set()
        self._views: dict[str, tuple[mmap.mmap, memoryview]] = {}

    def append(self, algorithm: str, version: int, packed: list[bytes]) -> list[int]:
        """Append several features, sync once, and return the offset of each in bytes; raises DiskError when the disk refuses."""
        self._folders.make(self.folder)
        path, offsets = self._path(algorithm, version), []
        with named_disk_errors(path), path.open("ab") as file:
            for features in packed:
                offsets.append(file.tell())
                file.write(features)
            file.flush()
            os.fsync(file.fileno())
            if path not in self._lasting:
                sync_names(self.folder)
                self._lasting.add(path)
        return offsets

    def read(self, algorithm: str, version: int, offset: int, length: int) -> memoryview:
        """Return the features at an offset as a view of the mapped file, without copying.

        Raises NotInCatalogueError when the file is missing or too short (`catalog rebuild` makes it again).
        """
        path = self._path(algorithm, version)
        view = self._views.get(path.name)
        if view is None or len(view[1]) < offset + length:
            view = self._views[path.name] = self._mapped(path, offset + length)
        return view[1][offset : offset + length]

    def _mapped(self, path: Path, at_least: int) -> tuple[mmap.mmap, memoryview]:
        if not path.exists() or path.stat().st_size < at_least:
            raise NotInCatalogueError(f"{path}: the packed features are missing or cut short; `catalog rebuild` makes them again")
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return mapped, memoryview(mapped)

    def holds(self, algorithm: str, version: int, offset: int, features: bytes) -> bool:
        """Tell whether these features lie at an offset; they do not where the file is missing or too short."""
        try:
            return self.read(algorithm, version, offset, len(features)) == features
        except NotInCatalogueError:
            return False

    def keep_only(self, used: Iterable[tuple[str, int]]) -> None:
        """Remove the files of every other kind of descriptor; the views handed out before stay readable.

        Nobody may be appending: the caller has the one write transaction.
        """
        kept = {self._path(algorithm, version) for algorithm, version in used}
        unused = [path for path in self.folder.iterdir() if path not in kept] if self.folder.exists() else []
        for path in unused:
            self._views.pop(path.name, None)
            self._lasting.discard(path)
            with named_disk_errors(path):
                path.unlink(missing_ok=True)

    def _path(self, algorithm: str, version: int) -> Path:
        return self.folder / f"{algorithm}-{version}.bin"
