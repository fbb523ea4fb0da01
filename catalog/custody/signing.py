"""Sign and check bytes with Ed25519 (RFC 8032); the one place that names the `cryptography` library, which is an extra."""

from __future__ import annotations

from types import ModuleType

from catalog.errors import CustodyError
from catalog.records.custody import Signature

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


def _ed25519() -> ModuleType:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError as error:
        raise CustodyError(
            f"signatures need the extra `anchor`; type: {EXTRA}   (or use --unsigned for an anchor without one)",
            code="extra_missing",
        ) from error
    return ed25519
