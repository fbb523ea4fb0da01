"""What makes names on the disk last, and what a refusing disk is called."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog.errors import DiskError


@contextmanager
def named_disk_errors(target: Path) -> Iterator[None]:
    """Turn what the system says of a refused write, sync or read into DiskError, with the place it was meant for."""
    try:
        yield
    except OSError as error:
        raise DiskError.of(error, target) from error


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; a file's own sync promises nothing about its name (fsync(2))."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder, and those above it that are missing, each with a name that lasts; harmless when it is there.

    Raises DiskError when the disk refuses.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent, mode)
    with named_disk_errors(folder):
        folder.mkdir(mode=mode, exist_ok=True)
        sync_folder(folder.parent)


class LastingFolders:
    """Make folders and remember which names this process has made last; another process's word for it is not taken."""

    def __init__(self, root: Path) -> None:
        """Name the folder below which, itself included, nothing is taken for granted."""
        self._root = root
        self._lasting: set[Path] = set()

    def make(self, folder: Path) -> None:
        """Make a folder below the root, or the root; raises DiskError when the disk refuses."""
        if folder in self._lasting:
            return
        if folder == self._root:
            make_folder(folder.parent)
        else:
            self.make(folder.parent)
        with named_disk_errors(folder):
            folder.mkdir(exist_ok=True)
            sync_folder(folder.parent)
        self._lasting.add(folder)
