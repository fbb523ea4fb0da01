"""The directories of a TIFF file, walked without decoding (TIFF 6.0 and BigTIFF)."""

from __future__ import annotations

import struct

from catalog.errors import ImageError
from catalog.imaging.header import MAX_TIFF_DIRECTORIES, ORIENTATION_TAG, Header, truncated

MEDIA_TYPE = "image/tiff"
SIGNATURES = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_WIDTH, _HEIGHT = 256, 257
# Field types that may hold a width, by their struct letter: SHORT, LONG, LONG8.
_INTEGERS = {3: "H", 4: "I", 16: "Q"}


def read_tiff_header(data: bytes) -> Header:
    """Walk the chain of directories; the first one describes the picture.

    A chain that comes back to a directory it had ends there. One that leaves the file, holds a directory without a size or
    is longer than `MAX_TIFF_DIRECTORIES` becomes the warning `frames_not_counted`: the first picture can still be read, and
    nothing follows the chain again. Raises ImageError.
    """
    order = "<" if data[:2] == b"II" else ">"
    is_big = data[2:4] in (b"+\x00", b"\x00+")
    if len(data) < (16 if is_big else 8):
        raise truncated(MEDIA_TYPE)
    (offset,) = struct.unpack_from(order + ("Q" if is_big else "I"), data, 8 if is_big else 4)
    first: dict[int, int] | None = None
    seen: set[int] = set()
    warnings: tuple[str, ...] = ()
    while offset and offset not in seen:
        directory = _read_directory(data, order, is_big, offset)
        if directory is None or len(seen) >= MAX_TIFF_DIRECTORIES:
            warnings = ("frames_not_counted",)
            break
        seen.add(offset)
        fields, offset = directory
        if not fields.get(_WIDTH) or not fields.get(_HEIGHT):
            warnings = ("frames_not_counted",)
        first = fields if first is None else first
    if first is None:
        raise truncated(MEDIA_TYPE)
    width, height = first.get(_WIDTH, 0), first.get(_HEIGHT, 0)
    if not width or not height:
        raise ImageError("the TIFF states no width or height; get a complete copy", code="unreadable_image")
    orientation = first.get(ORIENTATION_TAG, 1)
    return Header(
        MEDIA_TYPE,
        width,
        height,
        end=len(data),
        frames=len(seen),
        orientation=orientation if 1 <= orientation <= 8 else 1,
        warnings=warnings,
    )


def _read_directory(data: bytes, order: str, is_big: bool, offset: int) -> tuple[dict[int, int], int] | None:
    """Return the integer fields the walk needs and the offset of the next directory, None when it leaves the file."""
    count_format, entry_size, value_at, next_format = ("Q", 20, 12, "Q") if is_big else ("H", 12, 8, "I")
    entries = offset + struct.calcsize("<" + count_format)
    if entries > len(data):
        return None
    (count,) = struct.unpack_from(order + count_format, data, offset)
    after = entries + entry_size * count
    if after > len(data):
        return None
    fields: dict[int, int] = {}
    for at in range(entries, after, entry_size):
        tag, kind = struct.unpack_from(order + "HH", data, at)
        letter = _INTEGERS.get(kind)
        if tag in (_WIDTH, _HEIGHT, ORIENTATION_TAG) and letter and (is_big or kind != 16):
            fields.setdefault(tag, struct.unpack_from(order + letter, data, at + value_at)[0])
    following = 0
    if after + struct.calcsize("<" + next_format) <= len(data):
        (following,) = struct.unpack_from(order + next_format, data, after)
    return fields, following
