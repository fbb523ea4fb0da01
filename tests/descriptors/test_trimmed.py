"""A border or letterbox bars are found to the pixel or two, and what lies inside has the PDQ of the picture without them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from catalog.descriptors.pdq import pdq_codes
from catalog.descriptors.trimmed import TRIMMED_PDQ, inner_box
from catalog.records.trimmed import TRIMMED_BOX

BRIDGE = Path(__file__).parents[1] / "fixtures" / "pdq" / "square-256x256.jpg"


@dataclass(frozen=True)
class Given:
    pixels: NDArray[np.uint8]

    def fitted(self, box: int) -> NDArray[np.uint8]:
        return np.repeat(self.pixels[..., None], 3, axis=2)

    def grey(self, box: int) -> NDArray[np.uint8]:
        return self.pixels


def bordered(left: int, top: int, right: int, bottom: int, colour: tuple[int, int, int] = (255, 255, 255)) -> NDArray[np.uint8]:
    picture = Image.open(BRIDGE).convert("RGB")
    made = Image.new("RGB", (picture.width + left + right, picture.height + top + bottom), colour)
    made.paste(picture, (left, top))
    return np.asarray(made.convert("L"))


@pytest.mark.parametrize("edges", [(20, 20, 20, 20), (0, 40, 0, 40), (30, 0, 30, 0), (8, 16, 8, 60)])
@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (180, 20, 30)])
def test_a_border_is_found_on_every_side_that_has_one(edges: tuple[int, int, int, int], colour: tuple[int, int, int]) -> None:
    found = inner_box(bordered(*edges, colour))
    assert found is not None
    left, top, _, _ = edges
    assert found == pytest.approx((left, top, left + 256, top + 256), abs=3)


def test_a_frame_inside_a_border_goes_too() -> None:
    inside = Image.fromarray(bordered(10, 10, 10, 10, (0, 0, 0)))
    made = Image.new("L", (inside.width + 40, inside.height + 40), 240)
    made.paste(inside, (20, 20))
    assert inner_box(np.asarray(made)) == pytest.approx((30, 30, 286, 286), abs=4)


def test_a_picture_without_a_border_has_no_bytes() -> None:
    picture = np.asarray(Image.open(BRIDGE).convert("L"))
    assert inner_box(picture) is None
    assert TRIMMED_PDQ.describe(Given(picture)).data == b""


def test_a_plain_picture_is_not_trimmed_to_nothing() -> None:
    assert inner_box(np.full((200, 300), 128, dtype=np.uint8)) is None


def test_the_inside_has_the_codes_of_the_picture_without_its_border() -> None:
    found = TRIMMED_PDQ.describe(Given(bordered(24, 24, 24, 24))).data
    assert len(found) == TRIMMED_BOX.size + 8 * 32
    expected = b"".join(pdq_codes(np.asarray(Image.open(BRIDGE).convert("L"))))
    for start in range(0, 256, 32):
        code, wanted = found[TRIMMED_BOX.size :][start : start + 32], expected[start : start + 32]
        assert (int.from_bytes(code, "big") ^ int.from_bytes(wanted, "big")).bit_count() <= 24
