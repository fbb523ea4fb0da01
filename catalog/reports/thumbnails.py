"""Thumbnails inside a report: our own previews, made smaller and encoded once more."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from catalog.errors import ImageError
from catalog.imaging.preview import decode_preview

# One of these fits a phone of 360 px, four a desktop column; they cost about 8 kB each at this quality.
THUMBNAIL_BOX = 240
QUALITY = 75


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """Hold a picture as a `data:` address, and its size in pixels so that the page does not jump."""

    address: str
    width: int
    height: int


def thumbnail_of(preview: bytes) -> Thumbnail | None:
    """Make a thumbnail of at most THUMBNAIL_BOX pixels a side; None where there is no preview or it cannot be read.

    It is made from pixels alone: Pillow would carry a comment or profile of one file into the next, and a report must hold
    no byte of a file that others made.
    """
    if not preview:
        return None
    try:
        pixels = decode_preview(preview, THUMBNAIL_BOX)
    except ImageError:
        # A preview can be rebuilt at any time; a damaged one must not cost the report its words.
        return None
    stream = BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=QUALITY)
    height, width = pixels.shape[:2]
    return Thumbnail("data:image/jpeg;base64," + b64encode(stream.getvalue()).decode("ascii"), width, height)
