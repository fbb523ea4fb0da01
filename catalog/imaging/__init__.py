"""The one way to open an image: recognition, limits, decoding, orientation, previews, digests."""

from __future__ import annotations

from catalog.imaging.coding import CodingFacts, coding_facts
from catalog.imaging.digests import image_data_sha256, pixels_sha256
from catalog.imaging.picture import RECIPE_VERSION, REDUCED_BOX, ReducedPicture, reduce_picture
from catalog.imaging.preview import (
    PREVIEW_QUALITY,
    decode_grey_preview,
    decode_preview,
    encode_preview,
    thumbnail_from_preview,
)
from catalog.imaging.recognise import ACCEPTED_FORMATS

__all__ = [
    "ACCEPTED_FORMATS",
    "PREVIEW_QUALITY",
    "RECIPE_VERSION",
    "REDUCED_BOX",
    "CodingFacts",
    "ReducedPicture",
    "coding_facts",
    "decode_grey_preview",
    "decode_preview",
    "encode_preview",
    "image_data_sha256",
    "pixels_sha256",
    "reduce_picture",
    "thumbnail_from_preview",
]
