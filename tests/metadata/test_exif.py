from __future__ import annotations

import struct

import pytest

from catalog.metadata.exif import read_exif
from catalog.metadata.tiff import MAX_ENTRIES, MAX_NUMBERS, read_directories
from catalog.records.metadata import MetadataValue
from tests.growth import seconds_of
from tests.metadata.segments import Tiff

DESCRIPTION, ARTIST, COPYRIGHT, USER_COMMENT = 0x010E, 0x013B, 0x8298, 0x9286
ORDERS = pytest.mark.parametrize("order", ["<", ">"], ids=["II", "MM"])


def value_of(block: bytes, name: str) -> MetadataValue:
    return next(value for value in read_exif(block)[0] if value.property == name)


@ORDERS
@pytest.mark.parametrize(
    ("text", "codec"), [("Развалины Алеппо", "utf-8"), ("Развалины Алеппо", "cp1251"), ("أنقاض شرق حلب", "cp1256")]
)
def test_text_keeps_its_bytes_and_is_read_by_the_rule_for_undeclared_text(order: str, text: str, codec: str) -> None:
    raw = text.encode(codec) + b"\0"
    value = value_of(Tiff(order).text("Image", DESCRIPTION, raw).build(), "Image ImageDescription")
    assert (value.raw, value.text, value.codec, value.meaning) == (raw, text, codec, "description")


def test_text_behind_the_nul_stays_in_the_bytes() -> None:
    values, warnings = read_exif(Tiff().text("Image", DESCRIPTION, b"shown\0hidden\0").build())
    assert (values[0].raw, values[0].text) == (b"shown\0hidden\0", "shown")
    assert warnings == ()


def test_a_copyright_of_photographer_and_editor_is_two_values() -> None:
    values, warnings = read_exif(Tiff().text("Image", COPYRIGHT, b"A. Nother\0The Desk\0").build())
    assert [(value.text, value.meaning) for value in values] == [
        ("A. Nother", "copyright_notice"), ("The Desk", "copyright_notice"),
    ]  # fmt: skip
    assert warnings == ()


def test_a_field_stated_twice_is_two_values() -> None:
    values, _ = read_exif(Tiff().text("Image", ARTIST, b"first\0").text("Image", ARTIST, b"second\0").build())
    assert [value.text for value in values] == ["first", "second"]


COMMENTS = {
    "ascii": (b"ASCII\0\0\0plain", "plain"),
    "undefined": (bytes(8) + "Алеппо".encode(), "Алеппо"),
    "unicode of the block": (b"UNICODE\0" + "Алеппо".encode("utf-16-le"), "Алеппо"),
    "unicode of the other order": (b"UNICODE\0" + "Алеппо".encode("utf-16-be"), "Алеппо"),
    "unicode with its mark": (b"UNICODE\0" + "Алеппо".encode("utf-16"), "Алеппо"),
    "unicode of half a letter": (b"UNICODE\0" + "ab".encode("utf-16-le") + b"c", "ab"),
    "jis": (b"JIS\0\0\0\0\0" + "写真".encode("iso2022_jp"), "写真"),
    "no code": ("no code, Алеппо".encode(), "no code, Алеппо"),
    "blank": (b"ASCII\0\0\0" + bytes(20), ""),
}


@pytest.mark.parametrize(("raw", "text"), COMMENTS.values(), ids=COMMENTS)
def test_a_user_comment_is_read_by_its_code(raw: bytes, text: str) -> None:
    value = value_of(Tiff().add("EXIF", USER_COMMENT, 7, len(raw), raw).build(), "EXIF UserComment")
    assert (value.raw, value.text) == (raw, text)


def test_windows_fields_are_utf16() -> None:
    raw = "عنوان الصورة".encode("utf-16-le") + b"\0\0"
    value = value_of(Tiff().add("Image", 0x9C9B, 1, len(raw), raw).build(), "Image XPTitle")
    assert (value.raw, value.text, value.meaning) == (raw, "عنوان الصورة", "title")


def position(latitude: bytes, longitude: bytes, *degrees: tuple[int, int]) -> list[str]:
    block = Tiff().text("GPS", 1, latitude).rationals("GPS", 2, (36, 1), (12, 1), (0, 1))
    block.text("GPS", 3, longitude).rationals("GPS", 4, *degrees)
    return [value.text for value in read_exif(block.build())[0] if value.meaning == "gps_position"]


def test_the_position_is_decimal_degrees() -> None:
    assert position(b"N\0", b"E\0", (37, 1), (9, 1), (3900, 100)) == ["36.200000, 37.160833"]
    assert position(b"S\0", b"W\0", (37, 1), (9, 1), (3900, 100)) == ["-36.200000, -37.160833"]


@pytest.mark.parametrize(
    ("latitude", "degrees"),
    [(b"N\0", [(37, 0), (9, 1), (0, 1)]), (b"?\0", [(37, 1)] * 3), (b"N\0", [(37, 1)]), (b"N\0", [(999, 1), (0, 1), (0, 1)])],
    ids=["zero denominator", "no hemisphere", "one part", "beyond the globe"],
)
def test_what_is_no_position_yields_none(latitude: bytes, degrees: list[tuple[int, int]]) -> None:
    assert position(latitude, b"E\0", *degrees) == []


def test_numbers_are_as_exifread_prints_them() -> None:
    block = Tiff().add("Image", 0x0112, 3, 1, struct.pack("<H", 6)).rationals("EXIF", 0x829A, (1, 500)).build()
    assert value_of(block, "Image Orientation").text == "Rotated 90 CW"
    assert value_of(block, "EXIF ExposureTime").text == "1/500"
    assert value_of(block, "EXIF ExposureTime").raw == struct.pack("<II", 1, 500)


def test_a_maker_note_is_left_alone() -> None:
    block = Tiff().add("EXIF", 0x927C, 7, 1_006_632_960, b"Nikon").text("Image", ARTIST, b"A. Nother\0").build()
    values, warnings = read_exif(block)
    assert [value.property for value in values] == ["Image Artist", "Image ExifOffset"]
    assert warnings == ("exif_damaged",)


def test_texts_survive_what_exifread_cannot_read() -> None:
    # exifread takes the first of no values of a pointer.
    block = Tiff().add("Image", 0x8769, 4, 0, b"").text("Image", ARTIST, b"A. Nother\0").build()
    values, warnings = read_exif(block)
    assert [value.text for value in values] == ["A. Nother"]
    assert warnings == ("exif_unreadable",)


@pytest.mark.parametrize("block", [b"", b"II", b"II*\0", b"MM\0*\0\0\0\0", b"\xff\xd8\xff\xe1", b"II+\0" + bytes(20)], ids=repr)
def test_a_block_without_directories_yields_nothing(block: bytes) -> None:
    values, _ = read_exif(block)
    assert values == ()


def test_a_chain_that_bites_its_tail_ends() -> None:
    block = bytearray(Tiff().text("Image", ARTIST, b"A. Nother\0").build())
    block[8 + 2 + 12 : 8 + 2 + 12 + 4] = struct.pack("<I", 8)
    values, warnings = read_exif(bytes(block))
    assert [value.text for value in values] == ["A. Nother"]
    assert warnings == ()


def test_a_link_to_something_that_is_no_directory_ends_the_chain() -> None:
    block = bytearray(Tiff().text("Image", ARTIST, b"A. Nother\0").add("Image", 0x0112, 3, 1, b"\x06\0").build())
    block[8 + 2 + 24 : 8 + 2 + 24 + 4] = struct.pack("<I", 9)
    values, warnings = read_exif(bytes(block))
    assert [value.text for value in values] == ["A. Nother", "Rotated 90 CW"]
    assert warnings == ()


@ORDERS
@pytest.mark.parametrize("mark", [b"\xff\xff\xff\xff", b"II\0\0", b"MM\0\0"], ids=["nothing left", "II left", "MM left"])
def test_a_block_whose_mark_alone_is_damaged_is_read_in_the_order_it_was_written_in(order: str, mark: bytes) -> None:
    block = Tiff(order).text("Image", DESCRIPTION, b"shown\0").text("Image", ARTIST, b"A. Nother\0").build()
    is_false = mark[:2] in {b"II", b"MM"} - {block[:2]}
    values, warnings = read_exif(mark + block[4:])
    assert [value.text for value in values] == ([] if is_false else ["shown", "A. Nother"])
    assert warnings == (("exif_unreadable",) if is_false else ())


@pytest.mark.parametrize("block", [b"LoremIpsum", b"\xff\xff\xff\xff\x08\0\0\0\0\0", bytes(40)], ids=["text", "empty", "zeros"])
def test_a_block_that_makes_no_sense_in_either_order_is_named(block: bytes) -> None:
    assert read_exif(block) == ((), ("exif_unreadable",))


def test_what_is_amiss_in_a_thumbnail_is_no_damage_of_the_photo() -> None:
    photo = Tiff().text("Image", ARTIST, b"A. Nother\0").build()
    thumbnail = struct.pack("<HHHIII", 1, 0x0201, 4, 1000, 1 << 20, 0)
    linked = photo[: 8 + 2 + 12] + struct.pack("<I", len(photo)) + photo[8 + 2 + 12 + 4 :] + thumbnail
    assert [entry.directory for entry in read_directories(linked).entries] == ["Image", "Thumbnail"]
    assert read_exif(linked)[1] == ()


def test_a_pointer_that_is_a_text_leads_nowhere() -> None:
    # Read as a number it would lead into the header, whose bytes make a directory of thousands.
    values, warnings = read_exif(Tiff().text("Image", 0x8825, b"!\0\0\0\0").text("Image", ARTIST, b"A. Nother\0").build())
    assert [value.text for value in values] == ["!", "A. Nother"]
    assert warnings == ()


def test_what_lies_in_a_mended_byte_order_mark_is_not_stated() -> None:
    field = struct.pack("<HHII", 0x010E, 2, 13, 0)
    whole = b"II*\0\x08\0\0\0\x01\0" + field + bytes(4)
    assert [value.raw for value in read_exif(whole)[0]] == [whole[:13]]
    assert read_exif(b"\0" + whole[1:])[0] == ()


def test_directories_over_one_another_that_cannot_be_mended_are_named() -> None:
    # The count of GPS is the second half of that of Image; mending the one breaks the other.
    block = struct.pack("<2sHIHHHII", b"II", 42, 8, 0x7F01, 0x8825, 4, 1, 9) + bytes(60)
    assert read_exif(block)[1] == ("exif_damaged", "exif_unreadable")


ENDLESS = {
    "entries beyond the end": b"II*\0\x08\0\0\0\xff\xff" + bytes(100),
    "pointers at one directory": b"II*\0\x08\0\0\0\x00\x10" + struct.pack("<HHII", 0x8825, 4, 1, 8) * 4096,
    "pointers at the header": b"II*\0\x08\0\0\0\x00\x10" + struct.pack("<HHII", 0x8825, 4, 1, 0) * 4096,
    "a link into the first count": struct.pack("<2sHIH", b"II", 42, 8, 7) + bytes(7 * 12) + struct.pack("<I", 9) + b"\xff" * 4000,
    "short pointers at the header": b"II*\0\x08\0\0\0\x00\x10" + struct.pack("<HHII", 0x8825, 3, 1, 0) * 4096,
    "texts over the whole block": b"II*\0\x08\0\0\0\x00\x20" + struct.pack("<HHII", DESCRIPTION, 2, 1 << 31, 0) * 8192,
    "numbers": b"II*\0\x08\0\0\0\x00\x20" + struct.pack("<HHII", 0x0112, 3, 999, 0) * 8192,
    "most entries allowed": b"II*\0\x08\0\0\0" + struct.pack("<H", MAX_ENTRIES)
    + struct.pack("<HHII", 0x0112, 3, 1, 6) * MAX_ENTRIES,
    "most numbers allowed": b"II*\0\x08\0\0\0" + struct.pack("<H", MAX_NUMBERS // 999)
    + struct.pack("<HHII", 0x0112, 3, 999, 0) * (MAX_NUMBERS // 999),
}  # fmt: skip


@pytest.mark.parametrize("block", ENDLESS.values(), ids=ENDLESS)
def test_no_block_keeps_exifread_busy(block: bytes) -> None:
    # 0.1–0.3 s when this was written; without the budget the worst of them takes minutes.
    assert seconds_of(lambda: read_exif(block)) < 3.0


def test_the_walk_finds_the_directories_that_exifread_names() -> None:
    block = Tiff(">").text("Image", ARTIST, b"A\0").text("EXIF", 0x9003, b"2017:01:02 10:11:12\0").text("GPS", 1, b"N\0").build()
    assert [entry.directory for entry in read_directories(block).entries] == ["Image", "Image", "Image", "GPS", "EXIF"]
