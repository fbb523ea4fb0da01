"""Files of the catalogue in a local folder: originals by their SHA-256, previews beside them."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

from catalog.errors import FixityError, NotInCatalogueError
from catalog.imaging import thumbnail_from_preview
from catalog.lasting import sync_names
from catalog.store.arrivals import Arrivals
from catalog.store.durable import LastingFolders, named_disk_errors
from catalog.store.interface.files import SourceFile, Staged
from catalog.store.staging import BLOCK_BYTES, StagingFolder, open_beneath

FAN_OUT = 2  # hex digits of the folder a file lies in: 256 folders keep each listing short to some millions of files


class LocalFiles:
    """Keep originals and previews in folders of the instance.

    An original is published by a hard link from the staging folder, so it appears whole or not at all; it is never opened for
    writing again. Previews are derived and may be removed at any time.
    """

    def __init__(self, originals: Path, previews: Path) -> None:
        """Name the folders; they are made when something is put into them."""
        self.originals = originals
        self.previews = previews
        self._original_folders, self._preview_folders = LastingFolders(originals), LastingFolders(previews)
        self._arrivals = Arrivals(originals.parent / "arriving")
        self._making: StagingFolder | None = None
        self._lock = threading.Lock()

    def open_beneath(self, root: Path, relative: str, max_bytes: int) -> AbstractContextManager[SourceFile]:
        """Open one regular file below a folder without following any link, and digest it; raises FileRefusedError."""
        return open_beneath(root, relative, max_bytes)

    def staging(self) -> StagingFolder:
        """Open a staging folder on the file system of the originals."""
        return StagingFolder(self.originals.parent / "staging")

    def announce(self, sha256s: Iterable[str]) -> None:
        """Say durably which originals are about to be published, before any is; raises DiskError when the disk refuses."""
        self._arrivals.announce(sha256s)

    def settle(self, sha256s: Iterable[str]) -> None:
        """Say that the rows of these originals are committed."""
        self._arrivals.settle(sha256s)

    def arriving(self) -> list[str]:
        """Return the originals that were announced and not settled: of imports under way, and of some that were cut off."""
        return self._arrivals.listed()

    def keep(self, staged: Staged) -> bool:
        """Publish a staged copy under its SHA-256 and sync the folder; tell whether the original is new.

        An original that is there already is re-read before it is trusted. Raises FixityError when it is not what its name says,
        DiskError when the disk refuses.
        """
        target = self._original(staged.sha256)
        self._original_folders.make(target.parent)
        with named_disk_errors(target):
            staged.path.chmod(0o444)
            try:
                os.link(staged.path, target)
            except FileExistsError:
                self.check(staged.sha256)
                is_new = False
            else:
                is_new = True
            finally:
                staged.path.unlink(missing_ok=True)
            # Also of one that is there already: whoever put it there may have been killed before its name was on the disk.
            sync_names(target.parent)
        return is_new

    def check(self, sha256: str) -> int:
        """Re-read an original and return its size in bytes.

        Raises NotInCatalogueError when it is missing, FixityError when its bytes are not those of its name, OSError when the disk
        does not give them.
        """
        digest, size = hashlib.sha256(), 0
        with self.open_original(sha256) as file:
            while block := file.read(BLOCK_BYTES):
                digest.update(block)
                size += len(block)
        if digest.hexdigest() != sha256:
            raise FixityError(
                f"{self._original(sha256)}: the stored bytes have SHA-256 {digest.hexdigest()}; restore the file from a backup"
            )
        return size

    def open_original(self, sha256: str) -> BinaryIO:
        """Open an original for reading; raises NotInCatalogueError when it is missing."""
        try:
            return self._original(sha256).open("rb")
        except FileNotFoundError as error:
            raise NotInCatalogueError(f"the original {sha256} is not in the store; restore it from a backup") from error

    def path_of_original(self, sha256: str) -> Path:
        """Return where an original lies, for a worker that gets it as an open descriptor."""
        return self._original(sha256)

    def list_originals(self) -> Iterator[str]:
        """Yield the name of every file among the originals, sorted, whatever it is called."""
        if self.originals.exists():
            for folder in sorted(self.originals.iterdir()):
                names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else [folder.name]
                yield from names

    def put_preview(self, sha256: str, jpeg: bytes) -> None:
        """Write the preview of a photo durably, replacing an older one whole; thumbnails made from that one go.

        Raises DiskError when the disk refuses.
        """
        target = self._preview(sha256)
        self._replace(target, jpeg)
        with named_disk_errors(target):
            for stale in target.parent.glob(f"{sha256}-*.jpg"):
                stale.unlink(missing_ok=True)
            sync_names(target.parent)

    def path_of_preview(self, sha256: str) -> Path:
        """Return where the preview of a photo lies, when there is one."""
        return self._preview(sha256)

    def preview(self, sha256: str) -> bytes:
        """Return the preview JPEG; raises NotInCatalogueError when there is none (`catalog rebuild` makes it again)."""
        try:
            return self._preview(sha256).read_bytes()
        except FileNotFoundError as error:
            raise NotInCatalogueError(f"there is no preview of {sha256}; `catalog rebuild` makes it again") from error

    def thumbnail(self, sha256: str, box: int) -> bytes:
        """Return a JPEG that fits a square of `box` pixels, made from the preview when it is first asked for."""
        target = self._preview(sha256).with_name(f"{sha256}-{int(box)}.jpg")
        try:
            return target.read_bytes()
        except FileNotFoundError:
            made = thumbnail_from_preview(self.preview(sha256), box)
            self._replace(target, made)
            return made

    def close(self) -> None:
        """Remove the folder in which previews were made, where there is one."""
        with self._lock:
            if self._making is not None:
                self._making.close()
                self._making = None

    def _replace(self, target: Path, content: bytes) -> None:
        self._preview_folders.make(target.parent)
        with self._lock:
            # Half a file lies where the next process looks for what a killed one has left, never among the previews.
            self._making = self._making or StagingFolder(self.previews.parent / "staging")
        self._making.place(content, target)

    def _original(self, sha256: str) -> Path:
        return self.originals / _hex(sha256)[:FAN_OUT] / sha256

    def _preview(self, sha256: str) -> Path:
        return self.previews / _hex(sha256)[:FAN_OUT] / f"{sha256}.jpg"


def _hex(sha256: str) -> str:
    # Paths are built from this name: anything but 64 hex digits must never reach the file system.
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise NotInCatalogueError(f"{sha256!r} is not a SHA-256 in lower-case hex")
    return sha256
