"""The chunks of a WebP file, walked without decoding (WebP container, RFC 9649)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.errors import ImageError
from catalog.imaging.header import MAX_FRAMES, Header, exif_orientation, truncated

MEDIA_TYPE = "image/webp"
MAX_CHUNKS = 10_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """Hold one chunk: its four-letter name and its payload as offsets."""

    name: bytes
    start: int
    end: int


def is_webp(data: bytes) -> bool:
    """Say whether the file starts as a WebP container does."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def webp_chunks(data: bytes) -> Iterator[Chunk]:
    """Yield the chunks inside the RIFF size; one that reaches beyond the file ends the walk.

    Raises ImageError with code `too_many_chunks`.
    """
    stop = min(8 + struct.unpack_from("<I", data, 4)[0], len(data))
    position, count = 12, 0
    while position + 8 <= stop:
        count += 1
        if count > MAX_CHUNKS:
            raise ImageError(f"the WebP has more than {MAX_CHUNKS} chunks; re-save it", code="too_many_chunks")
        name, length = data[position : position + 4], struct.unpack_from("<I", data, position + 4)[0]
        start = position + 8
        if start + length > len(data):
            return
        yield Chunk(name, start, start + length)
        position = start + length + (length & 1)


def read_webp_header(data: bytes) -> Header:
    """Walk a WebP file; raises ImageError."""
    if len(data) < 20:
        raise truncated(MEDIA_TYPE)
    size: tuple[int, int] | None = None
    frames, orientation = 0, 1
    for chunk in webp_chunks(data):
        if size is None:
            size = _size_of(data, chunk)
        if chunk.name == b"ANMF":
            frames += 1
        elif chunk.name == b"EXIF":
            orientation = exif_orientation(data[chunk.start : chunk.end])
    if size is None:
        raise truncated(MEDIA_TYPE)
    stated_end = 8 + struct.unpack_from("<I", data, 4)[0]
    return Header(
        MEDIA_TYPE,
        *size,
        end=min(stated_end + (stated_end & 1), len(data)),
        frames=min(max(frames, 1), MAX_FRAMES),
        orientation=orientation,
        warnings=("end_missing",) if stated_end > len(data) else (),
    )


def _size_of(data: bytes, chunk: Chunk) -> tuple[int, int] | None:
    body = data[chunk.start : min(chunk.start + 10, chunk.end)]
    if chunk.name == b"VP8X" and len(body) == 10:
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if chunk.name == b"VP8 " and len(body) == 10:
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    if chunk.name == b"VP8L" and len(body) >= 5:
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return None
