"""The key that signs cookies and form tokens: made at the first run, kept in the instance, readable by its owner only."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from catalog.errors import SettingsError

FILE = "secret"
BYTES = 32


def secret_key(instance: Path) -> bytes:
    """Return the instance's secret, making it when there is none.

    Raises SettingsError when the file can be read by others or does not hold a secret of ours.
    """
    path = instance / FILE
    instance.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    with os.fdopen(descriptor, "wb") as file:
        made = secrets.token_bytes(BYTES)
        file.write(made.hex().encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    return made


def _read(path: Path) -> bytes:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingsError(f"{path} can be read by others; type: chmod 600 {path}", code="secret_readable")
    text = path.read_text("ascii", "replace").strip()
    if len(text) != 2 * BYTES or set(text) - set("0123456789abcdef"):
        raise SettingsError(f"{path} does not hold a secret; remove it and a new one is made", code="secret_damaged")
    return bytes.fromhex(text)
