"""Sign and check bytes with Ed25519 (RFC 8032); the one place that names the `cryptography` library, which is an extra."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import ModuleType

from catalog.errors import CustodyError, UsageError
from catalog.records.custody import Signature

KEY_BYTES = 32
EXTRA = "pip install -e '.[anchor]'"


def sign(message: bytes, key: bytes) -> Signature:
    """Sign a message with a private key of 32 bytes.

    Raises CustodyError `extra_missing` where the library is not installed.
    """
    private = _ed25519().Ed25519PrivateKey.from_private_bytes(key)
    return Signature(private.public_key().public_bytes_raw().hex(), private.sign(message).hex())


def is_signed(message: bytes, signature: Signature) -> bool:
    """Tell whether the signature is that of the holder of its public key over this very message.

    Whose key it is, this does not tell. Raises CustodyError `extra_missing` where the library is not installed.
    """
    ed25519 = _ed25519()
    from cryptography.exceptions import InvalidSignature

    try:
        public = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature.public_key))
        public.verify(bytes.fromhex(signature.value), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def own_key(path: Path) -> bytes:
    """Return the private key kept in a file, making file and key when there is none; only its owner may read it.

    Raises UsageError for a file that others can read or that holds no key of ours.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return read_key(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        made = os.urandom(KEY_BYTES)
        file.write(made.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return made


def read_key(path: Path) -> bytes:
    """Read a private key: 64 hex digits. Raises UsageError for a file that others can read or that holds no such key."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UsageError(f"{path} can be read by others; type: chmod 600 {path}", code="key_readable")
    text = path.read_text("ascii", "replace").strip()
    if len(text) != 2 * KEY_BYTES or set(text) - set("0123456789abcdef"):
        raise UsageError(f"{path} does not hold a key of {2 * KEY_BYTES} hex digits; name another file", code="key_damaged")
    return bytes.fromhex(text)


def _ed25519() -> ModuleType:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError as error:
        raise CustodyError(
            f"signatures need the extra `anchor`; type: {EXTRA}   (or use --unsigned for an anchor without one)",
            code="extra_missing",
        ) from error
    return ed25519
