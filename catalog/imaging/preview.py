"""Previews: JPEG files made by us from reduced pictures, without anybody's metadata."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image

from catalog.errors import ImageError
from catalog.imaging.decoder import decode
from catalog.imaging.picture import Pixels, ReducedPicture, ask_for_less, shrunk

# Part of the recipe: another value is another RECIPE_VERSION.
PREVIEW_QUALITY = 80


def encode_preview(picture: ReducedPicture) -> bytes:
    """Encode a reduced picture as a baseline JPEG of fixed quality without EXIF, profile or comment."""
    return _encoded(Image.fromarray(picture.rgb))


def decode_preview(jpeg: bytes, box: int) -> Pixels:
    """Decode a preview to (h, w, 3) uint8 RGB whose longer side is at most `box`; raises ImageError for anything else."""
    return np.asarray(_shrunk_preview(jpeg, box))


def decode_grey_preview(jpeg: bytes, box: int) -> Pixels:
    """Decode only the luma of a preview, (h, w) uint8, longer side at most `box`: half the work of its colours.

    Raises ImageError for anything but a preview.
    """
    return np.asarray(_shrunk_preview(jpeg, box, "L"))


def thumbnail_from_preview(jpeg: bytes, box: int) -> bytes:
    """Make a smaller JPEG from a preview, longer side at most `box`; raises ImageError for anything but a preview."""
    # From pixels alone: Pillow would carry a comment of the opened file into the new one.
    return _encoded(Image.fromarray(decode_preview(jpeg, box)))


def _shrunk_preview(jpeg: bytes, box: int, mode: str = "RGB") -> Image.Image:
    decoded = decode(jpeg, lambda picture, _: shrunk(picture, box), prepare=lambda picture: ask_for_less(picture, box, mode))
    if decoded.header.media_type != "image/jpeg" or decoded.result.mode != mode:
        raise ImageError("the preview is not one that this program made; rebuild it", code="unreadable_image")
    return decoded.result


def _encoded(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", quality=PREVIEW_QUALITY, subsampling="4:2:0", exif=b"")
    return target.getvalue()
