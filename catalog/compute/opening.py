"""Opening the file that goes to a worker: a regular file, never through a link, never waiting."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from catalog.errors import ComputeError

_NO_FILE = "is a device, pipe or socket, not a file; name an ordinary file"


def open_regular_file(path: Path) -> int:
    """Open a file for reading and return its descriptor, which the caller closes.

    A link in the last place is refused, a pipe is never waited for. Raises ComputeError with one of the codes
    `missing_file`, `symlink_refused`, `is_directory`, `not_regular_file`, `unreadable_file`.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        code, words = _reason(error)
        raise ComputeError(f"{path}: {words}", code=code) from error
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise ComputeError(f"{path}: is a folder; name a file", code="is_directory")
    raise ComputeError(f"{path}: {_NO_FILE}", code="not_regular_file")


def _reason(error: OSError | ValueError) -> tuple[str, str]:
    if isinstance(error, ValueError) or error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return "missing_file", "there is no such file; correct the path, or put the file there"
    if error.errno == errno.ELOOP:
        return "symlink_refused", "is a symbolic link; name the file itself"
    if error.errno in {errno.ENXIO, errno.ENODEV}:
        return "not_regular_file", _NO_FILE  # a socket cannot be opened at all
    return "unreadable_file", f"cannot be opened: {error.strerror}; check its permissions and the disk"
