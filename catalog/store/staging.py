"""Copy one file from outside into the staging folder: no link followed, no change overlooked, bytes on the disk."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from catalog.errors import CatalogError, FileRefusedError
from catalog.store.durable import named_disk_errors, require_room
from catalog.store.interface.files import SourceFile, Staged

BLOCK_BYTES = 1 << 20


class StagingFolder:
    """Own one folder for one process, beside the originals so that a link can publish what lies in it.

    Folders whose process is gone are removed when a new one is made: a lock that the kernel drops with the process tells.
    """

    def __init__(self, parent: Path) -> None:
        """Make the folder and take its lock; raises DiskError when the disk refuses."""
        with named_disk_errors(parent):
            parent.mkdir(parents=True, exist_ok=True)
            # The guard keeps another process from taking a folder for abandoned before its lock is held.
            with (parent / "guard").open("a+b") as guard:
                fcntl.flock(guard, fcntl.LOCK_EX)
                _remove_abandoned(parent)
                self.path = parent / secrets.token_hex(8)
                self.path.mkdir(mode=0o700)
                self._lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                fcntl.flock(self._lock, fcntl.LOCK_EX)

    def copy(self, source: SourceFile) -> Staged:
        """Write a copy, sync it, and make sure that the source did not change on the way.

        Raises FileRefusedError (`changed_while_reading`) when the copy's digest is not the one read before and
        (`unreadable_file`) when the source cannot be read, DiskError when the disk refuses or would be nearly full.
        """
        require_room(self.path, source.size_bytes)
        target = self.path / secrets.token_hex(8)
        digest = hashlib.sha256()
        try:
            with named_disk_errors(target), _created(target) as copy:
                for block in _blocks(source.file, source.name):
                    digest.update(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
        except CatalogError:
            target.unlink(missing_ok=True)
            raise
        if digest.hexdigest() != source.sha256:
            target.unlink()
            raise FileRefusedError(
                f"{source.name}: the file changed while it was being read; import it again",
                code="changed_while_reading",
                path=source.name,
            )
        return Staged(target, source.sha256, source.size_bytes)

    def place(self, content: bytes, target: Path) -> None:
        """Put content where it belongs, on the disk and whole, replacing what is there; its name lasts once its folder is synced.

        Raises DiskError when the disk refuses.
        """
        partial = self.path / secrets.token_hex(8)
        with named_disk_errors(target):
            try:
                with _created(partial) as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                partial.replace(target)
            finally:
                partial.unlink(missing_ok=True)

    def discard(self, staged: Staged) -> None:
        """Remove a copy that is not wanted; harmless when it is gone."""
        staged.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Remove the folder and drop its lock; raises DiskError when the disk refuses, and the next process removes the rest."""
        try:
            with named_disk_errors(self.path):
                shutil.rmtree(self.path)
        finally:
            os.close(self._lock)


@contextmanager
def open_beneath(root: Path, relative: str, max_bytes: int) -> Iterator[SourceFile]:
    """Open one regular file below `root` without following any link, and digest it.

    `relative` has forward slashes. Raises FileRefusedError with one of the codes missing_file, symlink_refused, not_regular_file,
    is_directory, empty_file, file_too_large, unreadable_file. A file of the wrong size is digested all the same, so that the
    record of its refusal says which file it was.
    """
    descriptor = _open_components(root, relative)
    facts = os.fstat(descriptor)
    try:
        _refuse_other_than_files(relative, facts)
    except FileRefusedError:
        os.close(descriptor)
        raise
    with os.fdopen(descriptor, "rb") as file:
        digest = hashlib.sha256()
        for block in _blocks(file, relative):
            digest.update(block)
        _refuse_sizes(relative, facts.st_size, max_bytes, digest.hexdigest())
        yield SourceFile(file, relative, facts.st_size, digest.hexdigest())


def _created(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")


def _blocks(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Read a file from outside from its start; a disk that does not give it refuses that file, not the import."""
    try:
        file.seek(0)
        while block := file.read(BLOCK_BYTES):
            yield block
    except OSError as error:
        raise _refused(name, "unreadable_file", f"cannot be read: {error.strerror}; look at the disk it lies on") from error


def _open_components(root: Path, relative: str) -> int:
    parts = PurePosixPath(relative).parts
    if not parts or ".." in parts or relative.startswith("/"):
        raise FileRefusedError(
            f"{relative}: the path leaves its folder; move the file inside", code="path_leaves_folder", path=relative
        )
    try:
        folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for part in parts[:-1]:
                inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
                os.close(folder)
                folder = inner
            return os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise _opening_error(error, relative) from error


def _opening_error(error: OSError, relative: str) -> FileRefusedError:
    reasons = {
        errno.ELOOP: ("symlink_refused", "is a link, and links are not followed; put the file itself there"),
        errno.ENOENT: ("missing_file", "there is no such file; check the path in the manifest"),
        errno.ENOTDIR: ("missing_file", "a folder of its path is a file or a link; check the path"),
        errno.EACCES: ("unreadable_file", "may not be read by this user; change its permissions"),
        errno.EPERM: ("unreadable_file", "may not be read by this user; change its permissions"),
        errno.ENXIO: ("not_regular_file", "is a socket or a device, not a file"),
        errno.ENAMETOOLONG: ("missing_file", "the path is longer than the file system allows"),
    }
    code, words = reasons.get(error.errno or 0, ("unreadable_file", f"cannot be opened: {error.strerror}"))
    return _refused(relative, code, words)


def _refuse_other_than_files(relative: str, facts: os.stat_result) -> None:
    if stat.S_ISDIR(facts.st_mode):
        raise _refused(relative, "is_directory", "is a folder, not a file")
    if not stat.S_ISREG(facts.st_mode):
        raise _refused(relative, "not_regular_file", "is not a regular file")


def _refuse_sizes(relative: str, size_bytes: int, max_bytes: int, sha256: str) -> None:
    if 0 < size_bytes <= max_bytes:
        return
    code, words = "empty_file", "the file is empty; fetch it again"
    if size_bytes:
        code, words = "file_too_large", f"{size_bytes} bytes, more than the {max_bytes} that CATALOG_MAX_FILE_BYTES allows"
    raise FileRefusedError(f"{relative}: {words}", code=code, path=relative, size_bytes=size_bytes, sha256=sha256)


def _refused(name: str, code: str, words: str) -> FileRefusedError:
    return FileRefusedError(f"{name}: {words}", code=code, path=name)


def _remove_abandoned(parent: Path) -> None:
    for folder in [path for path in parent.iterdir() if path.is_dir()]:
        try:
            lock = os.open(folder / "lock", os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            shutil.rmtree(folder, ignore_errors=True)
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass
        finally:
            os.close(lock)
