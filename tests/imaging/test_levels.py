"""Every mode becomes 8-bit RGB that looks like the picture."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from catalog.imaging import reduce_picture
from catalog.imaging.levels import Levels, levels_of
from tests.imaging.pictures import encoded, photo_like


def ramp(low: float, high: float, dtype: str) -> Image.Image:
    return Image.fromarray(np.linspace(low, high, 256 * 4).reshape(4, 256).astype(dtype))


@pytest.mark.parametrize(
    ("picture", "levels"),
    [
        (ramp(0, 65535, "uint16"), Levels(0, 65535)),
        (ramp(0, 4095, "uint16"), Levels(0, 65535)),
        (ramp(0, 255, "int32"), Levels(0, 255)),
        (ramp(0, 60000, "int32"), Levels(0, 65535)),
        (ramp(-10, 1_000_000, "int32"), Levels(-10, 1_000_000)),
        (ramp(0, 1, "float32"), Levels(0, 1)),
        (ramp(-2, 7, "float32"), Levels(-2, 7)),
        (ramp(5, 5, "float32"), Levels(0, 255)),
        (photo_like(4, 4), Levels(0, 255)),
    ],
)
def test_black_and_white_follow_from_the_mode_and_the_range(picture: Image.Image, levels: Levels) -> None:
    assert levels_of(picture) == levels


def test_what_is_not_a_number_does_not_decide_the_levels() -> None:
    values = np.array([[0.0, 0.5, np.nan], [np.inf, -np.inf, 1.0]], dtype=np.float32)
    picture = reduce_picture(encoded(Image.fromarray(values), "TIFF"))
    assert picture.rgb[:, :, 0].tolist() == [[0, 128, 0], [255, 0, 255]]


@pytest.mark.parametrize(("low", "high", "dtype"), [(0, 65535, "uint16"), (0, 1, "float32"), (0, 65535, "int32")])
def test_more_than_eight_bits_are_scaled_down(low: float, high: float, dtype: str) -> None:
    picture = reduce_picture(encoded(ramp(low, high, dtype), "TIFF"))
    assert abs(picture.rgb[0, 0].astype(int)).max() <= 1
    assert picture.rgb[3, 255].tolist() == [255, 255, 255]
    assert 120 < picture.rgb[2, 0, 0] < 136


def test_a_sixteen_bit_png_is_scaled_down() -> None:
    assert reduce_picture(encoded(ramp(0, 65535, "uint16"), "PNG")).rgb[3, 255].tolist() == [255, 255, 255]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize("width", [300, 3000])
def test_every_mode_looks_the_same_at_any_size(mode: str, width: int) -> None:
    grey = Image.fromarray(np.tile(np.repeat(np.array([0, 255], dtype=np.uint8), width // 2), (8, 1)))
    picture = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257) if mode == "I;16" else grey.convert("RGB").convert(mode)
    reduced = reduce_picture(encoded(picture, "TIFF"))
    assert reduced.rgb[:, 5].max() <= 2
    assert reduced.rgb[:, -5].min() >= 253


@pytest.mark.parametrize("width", [30, 3000])
def test_transparency_lies_on_white(width: int) -> None:
    picture = Image.new("RGBA", (width, 20), (200, 0, 0, 0))
    picture.paste((200, 0, 0, 255), (0, 0, width // 2, 20))
    reduced = reduce_picture(encoded(picture, "PNG"))
    assert reduced.rgb[1, 2].tolist() == [200, 0, 0]
    assert reduced.rgb[1, -2].tolist() == [255, 255, 255]
    assert reduced.warnings == ()


def test_a_palette_with_degrees_of_transparency_says_so() -> None:
    picture = Image.new("P", (10, 10), 0)
    picture.putpalette([0, 0, 0, 255, 0, 0])
    reduced = reduce_picture(encoded(picture, "PNG", transparency=bytes([128, 255])))
    assert reduced.warnings == ("palette_transparency",)
    assert reduced.rgb[0, 0].tolist() == [127, 127, 127]


def test_a_colour_that_stands_for_transparency_lies_on_white() -> None:
    data = encoded(Image.new("RGB", (10, 10), (1, 2, 3)), "PNG", transparency=(1, 2, 3))
    assert reduce_picture(data).rgb[0, 0].tolist() == [255, 255, 255]
