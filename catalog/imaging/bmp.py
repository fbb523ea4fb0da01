"""The header of a BMP file (Windows and OS/2 bitmaps)."""

from __future__ import annotations

import struct

from catalog.errors import ImageError
from catalog.imaging.header import Header, truncated

MEDIA_TYPE = "image/bmp"


def read_bmp_header(data: bytes) -> Header:
    """Read the size from a BMP header; rows stored top-down have a negative height; raises ImageError."""
    if len(data) < 26:
        raise truncated(MEDIA_TYPE)
    (header_size,) = struct.unpack_from("<I", data, 14)
    width, height = struct.unpack_from("<HH", data, 18) if header_size == 12 else struct.unpack_from("<ii", data, 18)
    if width <= 0 or height == 0:
        raise ImageError("the BMP states no width or height; get a complete copy", code="unreadable_image")
    # The size field is wrong in many real files, so it does not say where the picture ends.
    return Header(MEDIA_TYPE, width, abs(height), end=len(data))
