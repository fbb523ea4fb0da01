"""Which file a name means, and whether it may be read: names from outside become paths here only."""

from __future__ import annotations

import os
import stat
import unicodedata
from functools import lru_cache
from pathlib import Path, PurePosixPath, PureWindowsPath

from catalog.records.intake import Problem

# Suggesting a near name must stay cheap however large the folder is.
_MAX_SUGGESTION_NAMES = 20_000


def printable(name: str) -> str:
    """Return a file name as text that can be stored and sent: bytes that are not UTF-8 become `\\xNN`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def find_file(root: Path, name: str, max_bytes: int) -> tuple[Path | None, Problem | None]:
    """Find the file that a manifest names and say why it must not be read, if so.

    `name` is relative to `root` with forward slashes; a backslash is an ordinary letter. The name is matched exactly: other
    case or another Unicode form is named in the message, never taken. No component may be a link, so no path leads out of `root`.
    The path is None unless it is a regular file; an empty or too large file comes back with its path and the problem.
    """
    parts = PurePosixPath(name).parts
    if not parts:
        return None, Problem("no_file_named", "the row names no file; fill the column `file`")
    shown = printable(name)
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or ".." in parts:
        return None, Problem("path_leaves_folder", f"{shown}: must be a path inside the folder of the manifest, without `..`")
    path = root
    try:
        for part in parts[:-1]:
            path = path / part
            if stat.S_ISLNK(os.lstat(path).st_mode):
                return None, _link(shown)
        path = path / parts[-1]
        return _judge(path, shown, os.lstat(path), max_bytes)
    except PermissionError:
        return None, Problem("unreadable_file", f"{shown}: may not be read; check its permissions")
    except (OSError, ValueError):
        # ValueError is a NUL in the name; OSError a missing folder, a file used as one, or a name longer than names can be.
        return None, Problem(
            "missing_file", f"{shown}: no such file{_suggestion(path)}; correct the column `file`, or put the file there"
        )


def judge_file(path: Path, shown: str, max_bytes: int) -> tuple[Path | None, Problem | None]:
    """Say why a file that was found must not be read; as `find_file`, for a path that nobody outside wrote."""
    try:
        return _judge(path, shown, os.lstat(path), max_bytes)
    except PermissionError:
        return None, Problem("unreadable_file", f"{shown}: may not be read; check its permissions")
    except OSError:
        return None, Problem(
            "missing_file", f"{shown}: there is no such file{_suggestion(path)}; correct the path, or put the file there"
        )


def sidecar_of(path: Path) -> Path | None:
    """Find the `.xmp` file beside a photo: `photo.jpg.xmp` before `photo.xmp`; a link is not taken."""
    whole, stem = str(path), str(path).removesuffix(path.suffix)
    for candidate in (f"{whole}.xmp", f"{whole}.XMP", f"{stem}.xmp", f"{stem}.XMP"):
        try:
            if stat.S_ISREG(os.lstat(candidate).st_mode):
                return Path(candidate)
        except OSError:
            continue
    return None


def _judge(path: Path, shown: str, facts: os.stat_result, max_bytes: int) -> tuple[Path | None, Problem | None]:
    if stat.S_ISLNK(facts.st_mode):
        return None, _link(shown)
    if stat.S_ISDIR(facts.st_mode):
        return None, Problem("is_directory", f"{shown}: is a folder, not a file; name a file")
    if not stat.S_ISREG(facts.st_mode):
        return None, Problem("not_regular_file", f"{shown}: is a device, pipe or socket, not a file; put an ordinary file there")
    if facts.st_size == 0:
        return path, Problem("empty_file", f"{shown}: is empty (0 bytes); copy it again")
    if facts.st_size > max_bytes:
        limit = f"the limit is {max_bytes} (CATALOG_MAX_FILE_BYTES); raise it, or leave the file out"
        return path, Problem("file_too_large", f"{shown}: has {facts.st_size} bytes, {limit}")
    return path, None


def _link(shown: str) -> Problem:
    return Problem("symlink_refused", f"{shown}: is or passes through a symbolic link; put the file itself there")


def _suggestion(path: Path) -> str:
    near = _folded_names(path.parent).get(_folded(path.name))
    return f"; there is {printable(near)!r}, which differs in case, spaces or Unicode form" if near else ""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()


@lru_cache(maxsize=4)
def _folded_names(folder: Path) -> dict[str, str]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names alone are wanted, without a path each
    except (OSError, ValueError):
        return {}
    return {_folded(name): name for name in names[:_MAX_SUGGESTION_NAMES]}
