"""One picture, decoded once."""

from __future__ import annotations

import struct
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from catalog.errors import ImageError, TooLargeToPreviewError
from catalog.imaging import (
    REDUCED_BOX,
    decode_grey_preview,
    decode_preview,
    encode_preview,
    reduce_picture,
    thumbnail_from_preview,
)
from tests.imaging.pictures import encoded, photo_like, png_chunk


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF"])
def test_every_accepted_format_is_reduced_to_the_box(name: str) -> None:
    picture = reduce_picture(encoded(photo_like(1600, 800), name))
    assert picture.rgb.shape == (640, REDUCED_BOX, 3)
    assert picture.rgb.dtype == np.uint8
    assert (picture.width, picture.height, picture.frames, picture.orientation) == (1600, 800, 1, 1)
    assert picture.warnings == ()


def test_a_picture_is_never_enlarged() -> None:
    picture = reduce_picture(encoded(photo_like(60, 40), "PNG"))
    assert picture.rgb.shape == (40, 60, 3)
    assert picture.fitted(512).shape == (40, 60, 3)
    assert picture.grey(30).shape == (20, 30)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_every_orientation_shows_the_same_upright_picture(name: str, orientation: int) -> None:
    upright = Image.new("RGB", (64, 32), "white")
    upright.paste("red", (0, 0, 16, 16))
    inverse = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright.transpose(Image.Transpose(inverse[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    target = BytesIO()
    stored.save(target, name, exif=exif, **({"quality": 95} if name in {"JPEG", "WEBP"} else {}))
    picture = reduce_picture(target.getvalue())
    assert (picture.width, picture.height, picture.orientation) == (64, 32, orientation)
    assert picture.rgb.shape == (32, 64, 3)
    assert np.abs(picture.rgb[8, 8].astype(int) - (255, 0, 0)).max() < 40
    assert picture.rgb[8, 48].min() > 215
    assert picture.rgb[24, 8].min() > 215


@pytest.mark.parametrize("cut", [0.01, 0.25, 0.5, 0.9])
def test_a_truncated_file_is_refused_by_name(cut: float) -> None:
    data = encoded(photo_like(300, 200), "JPEG")
    with pytest.raises(ImageError) as caught:
        reduce_picture(data[: int(len(data) * cut)])
    assert caught.value.code == "truncated_image"


def test_an_empty_file_is_refused_by_name() -> None:
    with pytest.raises(ImageError) as caught:
        reduce_picture(b"")
    assert caught.value.code == "empty_file"


def test_a_picture_over_the_budget_says_its_size_so_that_it_can_be_kept() -> None:
    header = struct.pack(">IIBBBBB", 20_000, 10_000, 8, 0, 0, 0, 0)
    body = b"".join(png_chunk(name, data) for name, data in [(b"IHDR", header), (b"IDAT", bytes(1_000_000)), (b"IEND", b"")])
    with pytest.raises(TooLargeToPreviewError) as caught:
        reduce_picture(b"\x89PNG\r\n\x1a\n" + body)
    assert (caught.value.width, caught.value.height, caught.value.media_type) == (20_000, 10_000, "image/png")
    assert caught.value.code == "too_large_to_preview"


def test_a_bomb_is_refused_by_name() -> None:
    header = struct.pack(">IIBBBBB", 19_000, 19_000, 1, 0, 0, 0, 0)
    body = b"".join(png_chunk(name, data) for name, data in [(b"IHDR", header), (b"IDAT", bytes(100)), (b"IEND", b"")])
    with pytest.raises(ImageError) as caught:
        reduce_picture(b"\x89PNG\r\n\x1a\n" + body)
    assert caught.value.code == "decompression_bomb"


def test_the_luma_of_a_preview_is_that_of_its_colours_at_every_size() -> None:
    preview = encode_preview(reduce_picture(encoded(photo_like(1100, 800), "JPEG")))
    for box in (REDUCED_BOX, 640, 256):
        colours = decode_preview(preview, box)
        luma = decode_grey_preview(preview, box)
        assert luma.shape == colours.shape[:2]
        assert np.abs(luma - colours @ np.array([0.299, 0.587, 0.114])).mean() < 1


def test_a_preview_reads_back_as_the_reduced_picture() -> None:
    picture = reduce_picture(encoded(photo_like(2000, 1500), "JPEG"))
    preview = encode_preview(picture)
    assert decode_preview(preview, REDUCED_BOX).shape == picture.rgb.shape
    assert np.abs(decode_preview(preview, REDUCED_BOX).astype(int) - picture.rgb).mean() < 6
    with Image.open(BytesIO(thumbnail_from_preview(preview, 320))) as thumbnail:
        assert thumbnail.size == (320, 240)
        assert not thumbnail.info.get("exif")
