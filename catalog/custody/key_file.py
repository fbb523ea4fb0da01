"""A key of 32 bytes in a file of its own: made once, read by its owner only, refused when it is anything else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from catalog.errors import UsageError
from catalog.lasting import sync_names, write_lasting

KEY_BYTES = 32


def own_key(path: Path) -> bytes:
    """Return the key kept in a file, making file and key when there is none, with a name that lasts.

    Raises UsageError for a file that others can read or that holds no key of ours.
    """
    if path.exists():
        return read_key(path)
    made = os.urandom(KEY_BYTES)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        # The name comes when all is written: a power cut on the way leaves no half key, and of two who make one, one does.
        write_lasting(fresh, made.hex() + "\n", mode=0o600)
        path.hardlink_to(fresh)
    except FileExistsError:
        return read_key(path)
    finally:
        fresh.unlink(missing_ok=True)
    # What is signed with a key whose name a power cut takes away could not be told from what another key signed.
    sync_names(path.parent)
    return made


def read_key(path: Path) -> bytes:
    """Read a key: 64 hex digits. Raises UsageError for a file that others can read or that holds no such key."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UsageError(f"{path} can be read by others; type: chmod 600 {path}", code="key_readable")
    text = path.read_text("ascii", "replace").strip()
    if len(text) != 2 * KEY_BYTES or set(text) - set("0123456789abcdef"):
        raise UsageError(
            f"{path} does not hold a key of {2 * KEY_BYTES} hex digits; name another file, or remove it and a new one is made",
            code="key_damaged",
        )
    return bytes.fromhex(text)
