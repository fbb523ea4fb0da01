"""What a refusing disk is called, how much of one is left to others, and folders that last."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from catalog.errors import DiskError
from catalog.lasting import make_lasting_folder, sync_names

# OWASP ASVS 5.0, 5.2.4 asks for a check of the space; so much stays free for the database and for other programs.
KEPT_SHARE: Final = 0.05
KEPT_BYTES: Final = 1 << 30


@contextmanager
def named_disk_errors(target: Path) -> Iterator[None]:
    """Turn what the system says of a refused write, sync or read into DiskError, with the place it was meant for."""
    try:
        yield
    except OSError as error:
        raise DiskError.of(error, target) from error


def require_room(folder: Path, wanted_bytes: int) -> None:
    """Raise DiskError `disk_nearly_full` when so many bytes more would leave less free than 5 % of the disk or 1 GiB.

    The smaller of the two stays free: the database can then still be written, read and mended.
    """
    with named_disk_errors(folder):
        disk = shutil.disk_usage(folder)
    kept = min(round(KEPT_SHARE * disk.total), KEPT_BYTES)
    if disk.free - wanted_bytes < kept:
        raise DiskError(
            f"{folder}: {disk.free >> 20} MiB are free, of which {kept >> 20} MiB are left alone, and a file of"
            f" {wanted_bytes >> 10} KiB has to be stored; free some space, then run the command again",
            code="disk_nearly_full",
        )


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder as `make_lasting_folder` does; raises DiskError when the disk refuses."""
    with named_disk_errors(folder):
        make_lasting_folder(folder, mode)


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
            sync_names(folder.parent)
        self._lasting.add(folder)
