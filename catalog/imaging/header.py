"""What every header walk says about a file, and the limits it holds before anything is decoded."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from catalog.errors import ImageError

# A picture above this many pixels is never decoded whole: at Pillow's four bytes a pixel it fills 400 MB, which leaves
# room for a second, smaller copy under the worker's address space of 1.5 GiB.
MAX_PIXELS = 100_000_000
# JPEG decodes at 1/8 scale without ever holding the whole picture.
MAX_SCALED_JPEG_PIXELS = 250_000_000
MAX_FRAMES = 1_000
MAX_JPEG_SEGMENTS = 2_000
# libjpeg-turbo report LJPGT-PT-23-01: thousands of progressive scans of a small file take minutes.
MAX_JPEG_SCANS = 500
MAX_PNG_CHUNKS = 10_000
MAX_TIFF_DIRECTORIES = 100

ORIENTATION_TAG = 0x0112
_EXIF_PREFIX = b"Exif\x00\x00"
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Header:
    """Hold what a file says about its picture before anything is decoded.

    `width` and `height` are as stored, before orientation. `frames` is 1 for a still. `orientation` is the EXIF value
    1–8, 1 where none is stated. `end` is the offset after the last byte that belongs to the picture, the length of the
    file where that cannot be told. `is_progressive` is only ever true for JPEG. `warnings` are stable codes.
    """

    media_type: str
    width: int
    height: int
    end: int
    frames: int = 1
    orientation: int = 1
    is_progressive: bool = False
    warnings: tuple[str, ...] = ()


def truncated(media_type: str) -> ImageError:
    """Make the error for a file that ends inside its own header."""
    return ImageError(f"the file ends inside its {media_type} header; get a complete copy", code="truncated_image")


def exif_orientation(block: bytes) -> int:
    """Read the orientation, 1–8, from an EXIF block with or without its `Exif` prefix; 1 where it states none or is damaged.

    Only the first directory is read, as EXIF 2.32 §4.6.4 places the tag there; whatever else the block holds is left alone.
    """
    block = block.removeprefix(_EXIF_PREFIX)
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(bytes(block[:4]))
    if order is None or len(block) < 8:
        return 1
    (start,) = struct.unpack_from(order + "I", block, 4)
    if start + 2 > len(block):
        return 1
    (count,) = struct.unpack_from(order + "H", block, start)
    for index in range(count):
        at = start + 2 + 12 * index
        if at + 12 > len(block):
            return 1
        tag, kind, _, value = struct.unpack_from(order + "HHIH", block, at)
        if tag == ORIENTATION_TAG:
            return value if kind == _SHORT and 1 <= value <= 8 else 1
    return 1
