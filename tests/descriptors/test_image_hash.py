"""pHash and dHash are those of ImageHash, held as our own values; known hashes are pinned."""

from __future__ import annotations

from pathlib import Path

import imagehash
import numpy as np
import pytest
from PIL import Image

from catalog.descriptors.image_hash import DHASH, PHASH, ImageHashAlgorithm
from catalog.descriptors.plainness import detail, is_plain
from catalog.imaging import ReducedPicture, reduce_picture

BRIDGE = Path(__file__).parents[1] / "fixtures" / "pdq" / "square-256x256.jpg"
KNOWN = {"phash": "aca29c1c33dc23d7", "dhash": "b7b78fa7173336d6"}


@pytest.mark.parametrize("algorithm", [PHASH, DHASH], ids=lambda algorithm: algorithm.name)
def test_a_known_picture_keeps_its_known_hash(algorithm: ImageHashAlgorithm) -> None:
    found = algorithm.describe(reduce_picture(BRIDGE.read_bytes()))
    assert found.data.hex() == KNOWN[algorithm.name]


@pytest.mark.parametrize("algorithm", [PHASH, DHASH], ids=lambda algorithm: algorithm.name)
def test_it_is_what_the_library_says_of_a_picture_within_the_box(algorithm: ImageHashAlgorithm) -> None:
    found = algorithm.describe(reduce_picture(BRIDGE.read_bytes()))
    library = {"phash": imagehash.phash, "dhash": imagehash.dhash}[algorithm.name]
    assert found.data.hex() == str(library(Image.open(BRIDGE)))


def picture(pixels: np.ndarray) -> ReducedPicture:
    return ReducedPicture(pixels, pixels.shape[1], pixels.shape[0], 1, 1, "image/png", ())


def test_one_tone_is_plain_and_a_photo_is_not() -> None:
    assert is_plain(picture(np.full((90, 120, 3), 200, dtype=np.uint8)))
    assert not is_plain(reduce_picture(BRIDGE.read_bytes()))


def test_detail_is_greatest_for_half_black_half_white() -> None:
    halves = np.zeros((100, 100, 3), dtype=np.uint8)
    halves[:50] = 255
    assert detail(picture(halves)) == 127.5
    assert detail(picture(np.zeros((10, 10, 3), dtype=np.uint8))) == 0
