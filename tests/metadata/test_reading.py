from __future__ import annotations

import json
from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from catalog.metadata.reading import read_metadata
from catalog.records.metadata import MetadataValue
from tests.metadata.segments import (
    UTF8_MARK,
    Tiff,
    alternatives,
    app1_exif,
    app1_xmp,
    app13_iim,
    dataset,
    extended_xmp,
    jpeg,
    picture,
    png,
    png_chunk,
    segment,
    xmp,
)  # fmt: skip

CAPTIONS = {
    "en": "Ruins of eastern Aleppo after the siege",
    "ru": "Развалины восточного Алеппо после осады",
    "uk": "Руїни східного Алеппо після облоги",
    "ar": "أنقاض شرق حلب بعد الحصار",
}
DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"


def texts(values: tuple[MetadataValue, ...], vocabulary: str, meaning: str) -> list[str]:
    return [value.text for value in values if (value.vocabulary, value.meaning) == (vocabulary, meaning)]


@pytest.mark.parametrize("caption", CAPTIONS.values(), ids=CAPTIONS)
def test_one_caption_comes_back_from_exif_iim_and_xmp_alike(caption: str) -> None:
    raw = caption.encode()
    data = jpeg(
        app1_exif(Tiff().text("Image", 0x010E, raw + b"\0").build()),
        app1_xmp(xmp(alternatives("dc:description", x_default=caption))),
        app13_iim(UTF8_MARK, dataset(2, 120, raw)),
    )
    values, warnings = read_metadata(data)
    assert warnings == ()
    for vocabulary in ("exif", "iim", "xmp"):
        assert texts(values, vocabulary, "description") == [caption]


def test_values_that_disagree_are_all_kept() -> None:
    data = jpeg(
        app1_exif(Tiff().text("Image", 0x010E, b"Odesa\0").build()),
        app1_xmp(xmp(alternatives("dc:description", x_default="Kyiv"))),
        app13_iim(dataset(2, 120, b"Lviv")),
    )
    values, _ = read_metadata(data, sidecar=xmp(alternatives("dc:description", x_default="Kharkiv")))
    assert [(value.vocabulary, value.text) for value in values if value.meaning == "description"] == [
        ("exif", "Odesa"), ("iim", "Lviv"), ("xmp", "Kyiv"), ("sidecar", "Kharkiv"),
    ]  # fmt: skip


def test_positions_count_the_values_of_one_property_over_all_blocks() -> None:
    packets = [app1_xmp(xmp(alternatives("dc:description", en=text))) for text in ("first", "second")]
    values, _ = read_metadata(jpeg(*packets))
    assert [(value.position, value.text) for value in values if value.property == DESCRIPTION] == [(0, "first"), (1, "second")]


def test_a_damaged_block_costs_only_itself() -> None:
    data = jpeg(
        app1_exif(b"not a TIFF structure"),
        app1_xmp(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF"),
        app13_iim(dataset(2, 120, b"Lviv"), b"\x1c\x02\x50\x00\xffcut"),
    )
    values, warnings = read_metadata(data)
    assert texts(values, "iim", "description") == ["Lviv"]
    assert set(warnings) == {"exif_unreadable", "xmp_unreadable", "iim_damaged"}


def test_a_file_without_metadata_has_no_values_and_no_warnings() -> None:
    for format_name in ("JPEG", "PNG", "GIF", "WEBP", "BMP"):
        assert read_metadata(picture(format_name)) == ((), ())


def test_extended_xmp_is_read_when_its_digest_is_right() -> None:
    extension = xmp(alternatives("dc:description", en="the long part " * 20))
    guid, parts = extended_xmp(extension)
    main = xmp(attributes=f'xmpNote:HasExtendedXMP="{guid.decode()}"')
    values, warnings = read_metadata(jpeg(app1_xmp(main), *reversed(parts)))
    assert warnings == ()
    assert texts(values, "xmp", "description") == [("the long part " * 20).strip()]


@pytest.mark.parametrize("fault", ["digest", "missing part", "no part"])
def test_extended_xmp_that_is_not_whole_is_left_out_by_name(fault: str) -> None:
    extension = xmp(alternatives("dc:description", en="the long part"))
    guid, parts = extended_xmp(extension, guid=b"0" * 32 if fault == "digest" else None)
    kept = {"digest": parts, "missing part": parts[1:], "no part": []}[fault]
    main = xmp(attributes=f'xmpNote:HasExtendedXMP="{guid.decode()}"')
    values, warnings = read_metadata(jpeg(app1_xmp(main), *kept))
    assert warnings == ("xmp_extended_damaged",)
    assert texts(values, "xmp", "description") == []


def test_a_reply_that_would_be_too_long_drops_values_without_meaning_first() -> None:
    block = Tiff()
    for index in range(60):
        block.text("Image", 0xC000 + index, bytes([65 + index % 26]) * 60_000 + b"\0")
    data = block.text("Image", 0x010E, b"a caption\0").build()
    values, warnings = read_metadata(data)
    assert warnings == ("metadata_too_large",)
    assert texts(values, "exif", "description") == ["a caption"]
    assert 20 < len(values) < 30


@pytest.mark.parametrize("letter", ['"', "\\", "\n", "\x01", "я", "\U0001f600"], ids=ascii)
def test_no_letter_makes_the_reply_longer_than_it_may_be(letter: str) -> None:
    raw = (letter * 30_000).encode()[:60_000]
    values, _ = read_metadata(jpeg(*(app13_iim(dataset(2, 120, raw + bytes([65 + part]))) for part in range(20))))
    reply = json.dumps([[value.property, b64encode(value.raw).decode(), value.text] for value in values])
    assert len(reply) < 3 * 1024 * 1024


@given(st.binary(max_size=400), st.sampled_from(["jpeg", "exif", "xmp", "iim", "png", "webp", "gif", "tiff", "sidecar", "none"]))
@settings(max_examples=400)
def test_no_bytes_make_the_reader_raise(noise: bytes, where: str) -> None:
    data = {
        "jpeg": b"\xff\xd8" + noise,
        "exif": jpeg(app1_exif(b"II*\0\x08\0\0\0" + noise)),
        "xmp": jpeg(app1_xmp(noise)),
        "iim": jpeg(app13_iim(b"\x1c\x02\x78" + noise)),
        "png": png(png_chunk(b"iTXt", noise), png_chunk(b"eXIf", noise)),
        "webp": b"RIFF\0\0\0\0WEBP" + noise,
        "gif": b"GIF89a" + noise,
        "tiff": b"MM\0*" + noise,
        "sidecar": b"",
        "none": noise,
    }[where]
    values, warnings = read_metadata(data, sidecar=noise if where == "sidecar" else None)
    assert len(set(warnings)) == len(warnings)
    assert len({(value.vocabulary, value.property, value.position) for value in values}) == len(values)


@given(st.data())
@settings(max_examples=150)
def test_a_photo_cut_anywhere_or_with_changed_bytes_is_still_read(data: st.DataObject) -> None:
    whole = jpeg(
        app1_exif(Tiff().text("Image", 0x010E, b"Odesa\0").rationals("GPS", 2, (36, 1), (12, 1), (0, 1)).build()),
        app1_xmp(xmp(alternatives("dc:description", x_default="Kyiv"))),
        app13_iim(UTF8_MARK, dataset(2, 120, "Львів".encode())),
        segment(0xFE, b"a comment"),
    )
    damaged = bytearray(whole[: data.draw(st.integers(0, 1_200))])
    for place, byte in data.draw(st.lists(st.tuples(st.integers(0, 1_199), st.integers(0, 255)), max_size=6)):
        damaged[place : place + 1] = bytes([byte])
    values, warnings = read_metadata(bytes(damaged))
    assert all(value.position >= 0 for value in values)
    assert all(code.isidentifier() for code in warnings)


def test_avif_exif_and_xmp_are_read() -> None:
    exif = Image.Exif()
    exif[0x010E] = "from avif"
    data = picture("AVIF", exif=exif.tobytes(), xmp=xmp(alternatives("dc:description", en="xmp of avif")))
    values, warnings = read_metadata(data)
    assert warnings == ()
    assert [value.text for value in values if value.meaning == "description"] == ["from avif", "xmp of avif"]
