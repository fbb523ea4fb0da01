"""Content credentials made by hand: claims, assertions and ingredients, bound to a picture as the standard says."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable

from catalog.metadata.cbor import Value
from tests.metadata.segments import picture, segment

DIGEST = "sha256"


def cbor(value: Value) -> bytes:
    """Write a value as CBOR, lengths stated (RFC 8949 §3)."""
    if value is None or isinstance(value, bool):
        return {False: b"\xf4", True: b"\xf5", None: b"\xf6"}[value]
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(cbor(item) for item in value)
    return _head(5, len(value)) + b"".join(cbor(key) + cbor(item) for key, item in value.items())


def _head(major: int, count: int) -> bytes:
    if count < 24:
        return bytes([major << 5 | count])
    for more, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if count < 1 << (8 * size):
            return bytes([major << 5 | more]) + count.to_bytes(size, "big")
    raise ValueError(count)


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def superbox(kind: bytes, label: str, *inner: bytes) -> bytes:
    return box(b"jumb", box(b"jumd", kind.ljust(16, b"\0") + b"\x03" + label.encode() + b"\0") + b"".join(inner))


def assertion(label: str, value: Value) -> bytes:
    return superbox(b"cbor", label, box(b"cbor", cbor(value)))


def store(label: str, assertions: dict[str, Value], *, damage: Callable[[bytes], bytes] = bytes, **claim: Value) -> bytes:
    """Write a store of one manifest; `damage` alters the assertions after the claim took their digests."""
    boxes = {name: assertion(name, value) for name, value in assertions.items()}
    named: list[Value] = [
        {"url": f"self#jumbf=c2pa.assertions/{name}", "hash": hashlib.sha256(made[8:]).digest()} for name, made in boxes.items()
    ]
    stated: dict[str, Value] = {"alg": DIGEST, "assertions": named, **claim}
    return superbox(
        b"c2pa", "c2pa",
        superbox(
            b"c2ma", label,
            superbox(b"c2as", "c2pa.assertions", *(damage(made) for made in boxes.values())),
            superbox(b"c2cl", "c2pa.claim", box(b"cbor", cbor(stated))),
            superbox(b"c2cs", "c2pa.signature", box(b"cbor", cbor([b"headers", {}, None, b"signature"]))),
        ),
    )  # fmt: skip


def jpeg_segments(block: bytes, part: int = 60_000) -> bytes:
    """Cut a store into segments, each with the box's header again."""
    rest = block[8:]
    parts = [rest[start : start + part] for start in range(0, len(rest), part)]
    return b"".join(
        segment(0xEB, b"JP\x02\x11" + number.to_bytes(4, "big") + block[:8] + piece) for number, piece in enumerate(parts, 1)
    )


def png_chunk(block: bytes) -> bytes:
    return struct.pack(">I", len(block)) + b"caBX" + block + struct.pack(">I", zlib.crc32(b"caBX" + block))


def webp_chunk(block: bytes) -> bytes:
    return b"C2PA" + struct.pack("<I", len(block)) + block + b"\0" * (len(block) % 2)


# How each container holds a store: where it goes in, and how it is written.
CONTAINERS: dict[str, tuple[int, Callable[[bytes], bytes]]] = {
    "JPEG": (2, jpeg_segments), "PNG": (33, png_chunk), "WEBP": (12, webp_chunk),
}  # fmt: skip


def credited(
    label: str = "urn:uuid:child",
    assertions: dict[str, Value] | None = None,
    *,
    container: str = "JPEG",
    plain: bytes | None = None,
    beyond: int = 0,
    damage: Callable[[bytes], bytes] = bytes,
    **claim: Value,
) -> bytes:
    """Return a picture, `plain` or a small one, with credentials that were made for it; `beyond` more bytes are left out."""
    place, write = CONTAINERS[container]
    plain = picture(container) if plain is None else plain
    held: dict[str, Value] = {"dc:title": "a picture", "instanceID": f"xmp:iid:{label}", **claim}

    def bound(length: int, digest: bytes) -> dict[str, Value]:
        left_out: Value = {"start": place, "length": length + beyond}
        return {"exclusions": [left_out], "alg": DIGEST, "hash": digest, "name": "jumbf manifest"}

    digest = hashlib.sha256(plain[:place] + plain[place + beyond :]).digest()
    # The length of a store depends on the number that states it, which settles after two rounds.
    length = 70_000
    for _ in range(3):
        made = write(store(label, {**(assertions or {}), "c2pa.hash.data": bound(length, digest)}, damage=damage, **held))
        length = len(made)
    return plain[:place] + made + plain[place:]
