"""Write small files, and give names, so that a power cut takes neither away again."""

from __future__ import annotations

import os
from pathlib import Path


def sync_names(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; a file's own sync promises nothing about its name (fsync(2))."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_lasting_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder, and those above it that are missing, each with a name that lasts; harmless when it is there.

    Only the folder itself is made with the mode: those above it are not the caller's to close.
    """
    if folder.is_dir():
        return
    make_lasting_folder(folder.parent)
    folder.mkdir(mode=mode, exist_ok=True)
    sync_names(folder.parent)


def write_lasting(path: Path, text: str, mode: int = 0o666) -> None:
    """Write a text into a file, anew when there is one; a new one has this mode. Its name is the caller's to make last."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def replace_lasting(path: Path, text: str) -> None:
    """Write a text so that after a power cut the old file is there or the new one, whole; it is the new one on return."""
    fresh = path.with_name(path.name + ".partial")
    write_lasting(fresh, text)
    fresh.replace(path)
    sync_names(path.parent)
