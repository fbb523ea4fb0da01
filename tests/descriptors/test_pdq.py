"""PDQ against the values of its own reference program, and under turns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from catalog.descriptors.pdq import PDQ, PDQ_TURNS, pdq_codes, pdq_quality
from catalog.imaging import reduce_picture

FIXTURES = Path(__file__).parents[1] / "fixtures" / "pdq"
# Hash and quality by the C++ reference (pdqhash 0.2.8) on the whole picture.
REFERENCE = {
    "square-128x128.jpg": ("d8f8f1eec0f4a84f0e37022a078f63f0b36e2ed596621e1d33e6239c4e9c9b22", 100),
    "square-256x256.jpg": ("d8f8f0cec4f4a84f0637022a078f67f0b36e2ee5b6621e1d33e6239c4e9c9b22", 100),
    "shrink-a-lot.jpg": ("d0f8f1ccc0f4a84d0a370a3a228f67f0b36e2ed5b6623e1d33e6339c4e9c9b22", 100),
    "small.jpg": ("0007001f003f003f007f00ff00ff00ff01ff01ff01ff03ff03ff03ff03ff03ff", 0),
    "wee.jpg": ("6227401f601ff4ccafcc9fad4b0d95d371a2eb7265a3285234d228ca94deeb2d", 100),
}


def pixels(name: str) -> NDArray[np.uint8]:
    return np.asarray(Image.open(FIXTURES / name).convert("RGB"))


def differing(first: bytes, second: bytes) -> int:
    return (int.from_bytes(first, "big") ^ int.from_bytes(second, "big")).bit_count()


@pytest.mark.parametrize("name", sorted(REFERENCE))
def test_it_is_within_two_bits_of_the_reference_on_the_same_pixels(name: str) -> None:
    code, quality = REFERENCE[name]
    assert differing(pdq_codes(pixels(name))[0], bytes.fromhex(code)) <= 2
    assert pdq_quality(pixels(name)) == quality


TURNED = (
    lambda p: p,
    lambda p: p[:, ::-1],
    lambda p: p[::-1],
    lambda p: p[::-1, ::-1],
    lambda p: p.transpose(1, 0, 2),
    lambda p: p.transpose(1, 0, 2)[:, ::-1],
    lambda p: p.transpose(1, 0, 2)[::-1],
    lambda p: p.transpose(1, 0, 2)[::-1, ::-1],
)


@pytest.mark.parametrize("turn", range(8))
def test_a_turn_of_the_code_is_the_code_of_the_turned_picture(turn: int) -> None:
    picture = pixels("square-256x256.jpg")
    expected = pdq_codes(np.ascontiguousarray(TURNED[turn](picture)))[0]
    assert differing(pdq_codes(picture)[turn], expected) <= 2


def test_the_turns_begin_with_the_plain_code() -> None:
    picture = reduce_picture((FIXTURES / "square-256x256.jpg").read_bytes())
    plain, turns = PDQ.describe(picture), PDQ_TURNS.describe(picture)
    assert turns.data[:32] == plain.data
    assert len(turns.data) * 8 == turns.bits
