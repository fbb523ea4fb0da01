"""Opening the file that goes to a worker: a regular file, never through a link, never waiting."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from catalog.errors import ComputeError


def open_regular_file(path: Path) -> int:
    """Open a file for reading and return its descriptor, which the caller closes.

    A link in the last place is refused, a pipe is never waited for. Raises ComputeError with one of the codes
    `missing_file`, `symlink_refused`, `is_directory`, `not_regular_file`, `unreadable_file`.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) else errno.ENOENT
        code = {errno.ENOENT: "missing_file", errno.ENOTDIR: "missing_file", errno.ELOOP: "symlink_refused"}
        # A socket cannot be opened at all.
        code |= {errno.ENXIO: "not_regular_file", errno.ENODEV: "not_regular_file"}
        raise ComputeError(f"{path}: cannot be opened: {error}", code=code.get(number or 0, "unreadable_file")) from error
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise ComputeError(f"{path}: is a folder, not a file", code="is_directory")
    raise ComputeError(f"{path}: is a device, pipe or socket, not a file", code="not_regular_file")
