"""Formats are known by their content, and their cost before they are decoded."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from catalog.errors import ImageError
from catalog.imaging import ACCEPTED_FORMATS, reduce_picture
from catalog.imaging.header import MAX_FRAMES, exif_orientation
from catalog.imaging.recognise import DECODERS, read_header
from tests.imaging.pictures import encoded, photo_like, png_chunk, png_file, segment


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF"])
@pytest.mark.parametrize("size", [(1, 1), (37, 23), (300, 2)])
def test_the_header_states_the_size_that_the_decoder_finds(name: str, size: tuple[int, int]) -> None:
    data = encoded(photo_like(*size), name)
    header = read_header(data)
    assert (header.width, header.height) == size
    assert header.end == len(data)
    assert header.warnings == ()
    assert name in DECODERS[header.media_type]


def test_every_decoder_in_use_is_one_of_the_accepted_formats() -> None:
    assert {name for names in DECODERS.values() for name in names} == set(ACCEPTED_FORMATS)


@pytest.mark.parametrize("options", [{"lossless": True}, {"exif": b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00"}])
def test_every_kind_of_webp_states_its_size(options: dict[str, object]) -> None:
    header = read_header(encoded(photo_like(37, 23), "WEBP", **options))
    assert (header.width, header.height) == (37, 23)


def test_a_big_tiff_is_read() -> None:
    picture = reduce_picture(encoded(photo_like(37, 23), "TIFF", big_tiff=True))
    assert (picture.width, picture.height, picture.media_type) == (37, 23, "image/tiff")


@pytest.mark.parametrize("name", ["PNG", "GIF", "WEBP", "TIFF"])
def test_frames_are_counted_and_the_first_is_shown(name: str) -> None:
    first, *others = [Image.new("RGB", (40, 30), colour) for colour in ("red", "green", "blue")]
    target = BytesIO()
    first.save(target, name, save_all=True, append_images=others, **({"lossless": True} if name == "WEBP" else {}))
    picture = reduce_picture(target.getvalue())
    assert picture.frames == 3
    assert tuple(picture.rgb[15, 20]) == (255, 0, 0)


def test_pictures_listed_by_a_multi_picture_index_belong_to_the_file() -> None:
    target = BytesIO()
    photo_like(40, 30).save(target, "MPO", save_all=True, append_images=[photo_like(40, 30, seed=2)])
    picture = reduce_picture(target.getvalue(), ".jpg")
    assert (picture.frames, picture.media_type, picture.warnings) == (2, "image/jpeg", ())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"hello, I am no picture", "unreadable_image"),
        (b"\xff\xd8\xff", "truncated_image"),
        (b"\x89PNG\r\n\x1a\n", "truncated_image"),
        (b"GIF89a", "truncated_image"),
        (b"RIFF\x04\x00\x00\x00WEBP", "truncated_image"),
        (b"II*\x00", "truncated_image"),
        (b"II*\x00\x08\x00\x00\x00", "truncated_image"),
        (b"BM", "truncated_image"),
        (b"\x00\x00\x00\x14ftypavif\x00\x00\x00\x00avif", "truncated_image"),
        (b"%PDF-1.7", "format_refused"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "format_refused"),
        (b"8BPS\x00\x01", "format_refused"),
        (b"\x01\xda\x00\x01", "format_refused"),
        (b"P6\n# made by hand\n", "format_refused"),
        (b"PK\x03\x04", "format_refused"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format_refused"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heic", "format_refused"),
        (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "format_refused"),
        (b"BM" + bytes(12) + struct.pack("<Iii", 40, 0, 7) + bytes(28), "unreadable_image"),
        (b"II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00", "unreadable_image"),
    ],
)
def test_what_is_no_picture_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(ImageError) as caught:
        reduce_picture(content)
    assert caught.value.code == code


def test_a_jpeg_of_thousands_of_scans_is_refused_before_it_is_decoded() -> None:
    data = encoded(photo_like(64, 64), "JPEG", progressive=True)
    scan = data.rindex(b"\xff\xda")
    with pytest.raises(ImageError) as caught:
        reduce_picture(data[:-2] + data[scan:-2] * 600 + data[-2:])
    assert caught.value.code == "too_many_scans"


def test_a_jpeg_of_thousands_of_segments_is_refused() -> None:
    data = encoded(photo_like(8, 8), "JPEG")
    with pytest.raises(ImageError) as caught:
        reduce_picture(data[:2] + segment(0xFE, b"comment") * 2_001 + data[2:])
    assert caught.value.code == "too_many_segments"


def test_a_png_of_thousands_of_chunks_is_refused() -> None:
    data = encoded(photo_like(8, 8), "PNG")
    with pytest.raises(ImageError) as caught:
        reduce_picture(data[:33] + png_chunk(b"tEXt", b"a\x00b") * 10_001 + data[33:])
    assert caught.value.code == "too_many_chunks"


def test_frames_beyond_the_limit_are_not_counted() -> None:
    first, frame = encoded(Image.new("L", (2, 2)), "GIF"), b"\x2c\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x02\x84\x51\x00"
    picture = reduce_picture(first[:-1] + frame * 2_000 + b";")
    assert picture.frames == MAX_FRAMES
    assert picture.warnings == ("frames_not_counted",)


def test_a_tiff_whose_directories_go_in_a_circle_shows_its_first_picture() -> None:
    data = bytearray(encoded(photo_like(20, 10), "TIFF"))
    (offset,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, offset)
    struct.pack_into("<I", data, offset + 2 + 12 * count, offset)
    assert reduce_picture(bytes(data)).frames == 1


def test_a_tiff_whose_chain_leaves_the_file_says_so() -> None:
    data = bytearray(encoded(photo_like(20, 10), "TIFF"))
    (offset,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, offset)
    struct.pack_into("<I", data, offset + 2 + 12 * count, 0xFFFFFFF0)
    assert reduce_picture(bytes(data)).warnings == ("frames_not_counted",)


def test_a_tiff_with_a_page_that_the_reader_does_not_know_shows_its_first_and_says_so() -> None:
    data = bytearray(encoded(photo_like(20, 10), "TIFF", save_all=True, append_images=[photo_like(20, 10)]))
    assert reduce_picture(bytes(data)).warnings == ()
    # Tag 259, SHORT, one value: the compression of the second page becomes one that nobody has.
    place = data.rindex(struct.pack("<HHI", 259, 3, 1))
    struct.pack_into("<H", data, place + 8, 34_022)
    picture = reduce_picture(bytes(data))
    assert (picture.frames, picture.warnings) == (2, ("frames_not_counted",))


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"Exif\x00\x00",
        b"MM\x00*\x00\x00\x00\x08",
        b"MM\x00*\xff\xff\xff\xff\x00\x01",
        b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x09\x00\x00",
        b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x04\x00\x00\x00\x01\x00\x00\x00\x06",
        b"MM\x00*\x00\x00\x00\x08\xff\xff\x01\x12",
    ],
)
def test_a_damaged_or_impossible_orientation_is_none(block: bytes) -> None:
    assert exif_orientation(block) == 1


def test_both_byte_orders_of_an_orientation_are_read() -> None:
    assert exif_orientation(b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00") == 6
    assert exif_orientation(b"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x08\x00\x00\x00") == 8


def test_a_chunk_damaged_before_the_picture_refuses_it_and_behind_it_is_told() -> None:
    damaged = png_chunk(b"tEXt", b"Comment\x00old text")[:-1] + b"\x00"
    with pytest.raises(ImageError) as caught:
        reduce_picture(png_file(photo_like(8, 8), extra=damaged))
    assert caught.value.code == "unreadable_image"
    whole = png_file(photo_like(8, 8))
    assert reduce_picture(whole[:-12] + damaged + whole[-12:]).warnings == ("checksum_mismatch",)


def test_a_png_cut_off_behind_its_last_pixel_is_shown_and_told() -> None:
    picture = reduce_picture(png_file(photo_like(8, 8))[:-14])
    assert picture.warnings == ("end_missing",)


def test_text_that_unpacks_to_gigabytes_costs_nothing() -> None:
    bomb = png_chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(50_000_000)))
    assert reduce_picture(png_file(photo_like(8, 8), extra=bomb)).warnings == ()


def test_a_wrong_checksum_of_the_picture_itself_refuses_it() -> None:
    data = bytearray(png_file(photo_like(8, 8)))
    data[29] ^= 0xFF
    with pytest.raises(ImageError, match=r"its header is damaged") as caught:
        reduce_picture(bytes(data))
    assert caught.value.code == "unreadable_image"
