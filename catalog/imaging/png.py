"""The chunks of a PNG file, walked without decoding (W3C PNG, third edition)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.errors import ImageError
from catalog.imaging.header import MAX_FRAMES, MAX_PNG_CHUNKS, Header, exif_orientation, truncated

MEDIA_TYPE = "image/png"
# What changes the values a decoder returns. Colour chunks (gAMA, cHRM, iCCP …) say how to show them and change none, exactly
# as the ICC profile of a JPEG, and are metadata here.
IMAGE_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"acTL", b"fcTL", b"fdAT"})
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Hold one chunk: its four-letter name, its payload as offsets, and whether its checksum is right."""

    name: bytes
    start: int
    end: int
    is_intact: bool

    @property
    def is_critical(self) -> bool:
        """Say whether a reader must understand the chunk: bit 5 of the first letter is clear (PNG §5.4)."""
        return not self.name[0] & 0x20


def png_chunks(data: bytes) -> Iterator[Chunk]:
    """Yield the chunks up to IEND; a chunk that reaches beyond the file ends the walk without IEND.

    Raises ImageError with code `too_many_chunks`.
    """
    view, position, count = memoryview(data), len(SIGNATURE), 0
    while position + 12 <= len(data):
        count += 1
        if count > MAX_PNG_CHUNKS:
            raise ImageError(f"the PNG has more than {MAX_PNG_CHUNKS} chunks; re-save it", code="too_many_chunks")
        (length,) = struct.unpack_from(">I", data, position)
        name, start, end = data[position + 4 : position + 8], position + 8, position + 8 + length
        if end + 4 > len(data):
            return
        (stated,) = struct.unpack_from(">I", data, end)
        yield Chunk(name, start, end, zlib.crc32(view[position + 4 : end]) == stated)
        if name == b"IEND":
            return
        position = end + 4


def with_image_chunks_only(data: bytes) -> bytes:
    """Return the PNG with nothing in it but what makes its pixels, and what is damaged.

    A reader that unpacks text, profiles and EXIF may be made to spend memory on them, and refuses a whole picture for
    metadata over its limits. Damaged chunks stay, and so does a last one that is cut off: the reader judges the damage.
    """
    view, end = memoryview(data), len(SIGNATURE)
    kept: list[bytes | memoryview] = [SIGNATURE]
    for chunk in png_chunks(data):
        end = chunk.end + 4
        if chunk.name in IMAGE_CHUNKS or chunk.is_critical or not chunk.is_intact:
            kept.append(view[chunk.start - 8 : end])
        if chunk.name == b"IEND":
            return b"".join(kept)
    return b"".join([*kept, view[end:]])


def read_png_header(data: bytes) -> Header:
    """Walk a PNG file; a checksum that is wrong becomes the warning `checksum_mismatch`; raises ImageError."""
    size: tuple[int, int] | None = None
    frames, orientation, end, warnings = 1, 1, 0, []
    for chunk in png_chunks(data):
        if not chunk.is_intact and "checksum_mismatch" not in warnings:
            warnings.append("checksum_mismatch")
        length = chunk.end - chunk.start
        if chunk.name == b"IHDR" and size is None and length >= 8:
            size = struct.unpack_from(">II", data, chunk.start)
        elif chunk.name == b"acTL" and length >= 4:
            frames = min(max(struct.unpack_from(">I", data, chunk.start)[0], 1), MAX_FRAMES)
        elif chunk.name == b"eXIf":
            orientation = exif_orientation(data[chunk.start : chunk.end])
        elif chunk.name == b"IEND":
            end = chunk.end + 4
    if size is None:
        raise truncated(MEDIA_TYPE)
    if not end:
        warnings.append("end_missing")
    return Header(MEDIA_TYPE, *size, end=end or len(data), frames=frames, orientation=orientation, warnings=tuple(warnings))
