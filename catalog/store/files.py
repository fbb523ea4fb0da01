"""Files of the catalogue in a local folder: originals by their SHA-256, previews beside them."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

from catalog.errors import DiskError, FixityError, NotInCatalogueError
from catalog.imaging import thumbnail_from_preview
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
        # Folders whose own entry this process has made durable; another process's word for it is not taken.
        self._synced: set[Path] = set()

    def open_beneath(self, root: Path, relative: str, max_bytes: int) -> AbstractContextManager[SourceFile]:
        """Open one regular file below a folder without following any link, and digest it; raises FileRefusedError."""
        return open_beneath(root, relative, max_bytes)

    def staging(self) -> StagingFolder:
        """Open a staging folder on the file system of the originals."""
        return StagingFolder(self.originals.parent / "staging")

    def keep(self, staged: Staged) -> bool:
        """Publish a staged copy under its SHA-256 and sync the folder; tell whether the original is new.

        An original that is there already is re-read before it is trusted. Raises FixityError when it is not what its name says,
        DiskError when the disk refuses.
        """
        target = self._original(staged.sha256)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.path.chmod(0o444)
            try:
                os.link(staged.path, target)
            except FileExistsError:
                self.check(staged.sha256)
                return False
            finally:
                staged.path.unlink(missing_ok=True)
            _sync_folder(target.parent)
            if target.parent not in self._synced:
                _sync_folder(target.parent.parent)
                self._synced.add(target.parent)
        except OSError as error:
            raise _named(error, target) from error
        return True

    def check(self, sha256: str) -> int:
        """Re-read an original and return its size in bytes.

        Raises NotInCatalogueError when it is missing, FixityError when its bytes are not those of its name.
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
        """Write the preview of a photo, replacing an older one whole; thumbnails made from that one go."""
        target = self._preview(sha256)
        _replace(target, jpeg)
        for stale in target.parent.glob(f"{sha256}-*.jpg"):
            stale.unlink(missing_ok=True)

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
            _replace(target, made)
            return made

    def _original(self, sha256: str) -> Path:
        return self.originals / _hex(sha256)[:FAN_OUT] / sha256

    def _preview(self, sha256: str) -> Path:
        return self.previews / _hex(sha256)[:FAN_OUT] / f"{sha256}.jpg"


def _hex(sha256: str) -> str:
    # Paths are built from this name: anything but 64 hex digits must never reach the file system.
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise NotInCatalogueError(f"{sha256!r} is not a SHA-256 in lower-case hex")
    return sha256


def _replace(target: Path, content: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{secrets.token_hex(8)}")
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise _named(error, target) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _named(error: OSError, target: Path) -> DiskError:
    code = {errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_quota"}.get(error.errno or 0, "disk_error")
    return DiskError(f"{target}: {error.strerror}; free some space or mend the disk, then run the command again", code=code)
