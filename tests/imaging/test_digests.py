"""Same image data, same pixels: what an edit of the metadata keeps and what a recompression breaks."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from catalog.errors import ImageError
from catalog.imaging import image_data_sha256, pixels_sha256
from tests.imaging.pictures import encoded, photo_like, png_chunk, png_file, segment

PHOTO = photo_like(120, 80)
JPEG = encoded(PHOTO, "JPEG", quality=85)
EXIF = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"


@pytest.mark.parametrize(
    "edited",
    [
        JPEG[:2] + segment(0xE1, EXIF) + JPEG[2:],
        JPEG[:2] + segment(0xFE, b"a comment") + JPEG[2:],
        JPEG[:2] + segment(0xED, b"Photoshop 3.0\x008BIM") + JPEG[2:],
        JPEG + b"something behind the end",
        JPEG.replace(b"\x00\x01\x01\x00\x00\x01\x00\x01", b"\x00\x01\x01\x01\x00\x48\x00\x48", 1),
    ],
    ids=["EXIF", "comment", "IPTC", "trailer", "density"],
)
def test_a_jpeg_whose_metadata_was_edited_keeps_its_image_data(edited: bytes) -> None:
    assert edited != JPEG
    assert image_data_sha256(edited) == image_data_sha256(JPEG) is not None


def test_a_jpeg_that_was_saved_again_has_other_image_data() -> None:
    assert image_data_sha256(encoded(PHOTO, "JPEG", quality=84)) != image_data_sha256(JPEG)


def test_what_says_how_colours_are_coded_is_image_data() -> None:
    adobe = segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x00")
    assert image_data_sha256(JPEG[:2] + adobe + JPEG[2:]) != image_data_sha256(JPEG)


def test_a_png_keeps_its_image_data_through_text_profiles_and_other_cuts_of_the_stream() -> None:
    plain = png_file(PHOTO)
    assert image_data_sha256(png_file(PHOTO, extra=png_chunk(b"tEXt", b"Author\x00me"))) == image_data_sha256(plain) is not None
    assert image_data_sha256(png_file(PHOTO, cut=1000)) == image_data_sha256(plain)
    assert image_data_sha256(png_file(PHOTO, extra=png_chunk(b"tRNS", bytes(6)))) != image_data_sha256(plain)


def test_a_gif_keeps_its_image_data_through_a_comment() -> None:
    picture = photo_like(30, 20).convert("P")
    assert image_data_sha256(encoded(picture, "GIF", comment=b"hello")) == image_data_sha256(encoded(picture, "GIF")) is not None


def test_a_webp_keeps_its_image_data_through_exif() -> None:
    assert image_data_sha256(encoded(PHOTO, "WEBP", exif=EXIF)) == image_data_sha256(encoded(PHOTO, "WEBP")) is not None


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", JPEG[:-2], png_file(PHOTO)[:-12], b"GIF89a", b"RIFF\x00\x00\x00\x00WEBP"])
def test_what_ends_early_has_no_digest_of_image_data(data: bytes) -> None:
    assert image_data_sha256(data) is None


@pytest.mark.parametrize("name", ["TIFF", "BMP", "AVIF"])
def test_containers_that_cannot_be_taken_apart_have_no_digest_of_image_data(name: str) -> None:
    assert image_data_sha256(encoded(PHOTO, name)) is None


def test_the_same_pixels_have_the_same_digest_in_any_lossless_file() -> None:
    digests = {pixels_sha256(encoded(PHOTO, name)) for name in ("PNG", "TIFF", "BMP")}
    digests.add(pixels_sha256(encoded(PHOTO, "WEBP", lossless=True)))
    digests.add(pixels_sha256(encoded(PHOTO.convert("RGBA"), "PNG")))
    assert len(digests) == 1


def test_one_changed_value_changes_the_digest_of_pixels() -> None:
    values = np.asarray(PHOTO).copy()
    values[79, 119, 2] ^= 1
    assert pixels_sha256(encoded(Image.fromarray(values), "PNG")) != pixels_sha256(encoded(PHOTO, "PNG"))


def test_the_shape_is_part_of_the_digest_of_pixels() -> None:
    flat = Image.new("RGB", (8, 4))
    assert pixels_sha256(encoded(flat, "PNG")) != pixels_sha256(encoded(flat.resize((4, 8)), "PNG"))


def test_transparency_is_part_of_the_digest_of_pixels() -> None:
    seen = PHOTO.convert("RGBA")
    seen.putpixel((3, 3), (0, 0, 0, 254))
    assert pixels_sha256(encoded(seen, "PNG")) != pixels_sha256(encoded(seen.convert("RGB"), "PNG"))


def test_pixels_are_digested_upright() -> None:
    turned = JPEG[:2] + segment(0xE1, EXIF) + JPEG[2:]
    with Image.open(BytesIO(JPEG)) as stored:
        upright = stored.transpose(Image.Transpose.ROTATE_270)
    assert pixels_sha256(turned) == pixels_sha256(encoded(upright, "PNG"))


def test_pixels_of_a_broken_file_are_refused_by_name() -> None:
    with pytest.raises(ImageError) as caught:
        pixels_sha256(JPEG[:500])
    assert caught.value.code == "truncated_image"
