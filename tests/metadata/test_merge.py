from __future__ import annotations

import pytest

from catalog.metadata.merge import captions_and_credits, date_created, embedded_dates
from catalog.metadata.reading import read_metadata
from catalog.records.metadata import MetadataValue
from catalog.records.publication import CAPTION_ROLES, CREDIT_ROLES
from tests.metadata.segments import UTF8_MARK, Tiff, alternatives, app1_exif, app1_xmp, app13_iim, dataset, jpeg, xmp


def values_of(data: bytes, sidecar: bytes | None = None) -> tuple[MetadataValue, ...]:
    values, warnings = read_metadata(data, sidecar)
    assert warnings == ()
    return values


def test_one_caption_in_three_vocabularies_is_three_texts_with_their_origin() -> None:
    caption = "Развалины Алеппо"
    data = jpeg(
        app1_exif(Tiff().text("Image", 0x010E, caption.encode() + b"\0").build()),
        app1_xmp(xmp(alternatives("dc:description", ru=caption, en="Ruins of Aleppo"))),
        app13_iim(UTF8_MARK, dataset(2, 120, caption.encode())),
    )
    found = captions_and_credits(values_of(data, xmp(alternatives("dc:description", ru=caption))))
    assert [(text.origin, text.language, text.text.text) for text in found] == [
        ("exif", None, caption), ("iim", None, caption), ("xmp", "ru", caption), ("xmp", "en", "Ruins of Aleppo"),
        ("sidecar", "ru", caption),
    ]  # fmt: skip
    assert {(text.kind, text.role) for text in found} == {("caption", "caption")}


def test_every_role_is_found() -> None:
    datasets = {
        5: b"Slug",
        80: b"A. Nother",
        105: b"Headline",
        110: b"Wire",
        115: b"Desk",
        116: b"(c) Other",
        120: b"Caption",
    }
    packet = xmp(alternatives("Iptc4xmpCore:AltTextAccessibility", en="A ruined street"))
    found = captions_and_credits(
        values_of(jpeg(app1_xmp(packet), app13_iim(*(dataset(2, key, raw) for key, raw in datasets.items()))))
    )
    assert {(text.kind, text.role, text.text.text) for text in found} == {
        ("caption", "title", "Slug"), ("credit", "creator", "A. Nother"), ("caption", "headline", "Headline"),
        ("credit", "credit_line", "Wire"), ("credit", "iptc_source", "Desk"), ("credit", "copyright_notice", "(c) Other"),
        ("caption", "caption", "Caption"), ("caption", "alt_text", "A ruined street"),
    }  # fmt: skip
    assert {text.role for text in found} <= {*CAPTION_ROLES, *CREDIT_ROLES}


def test_several_creators_are_several_credits() -> None:
    packet = xmp("<dc:creator><rdf:Seq><rdf:li>A. Nother</rdf:li><rdf:li>B. Other</rdf:li></rdf:Seq></dc:creator>")
    found = captions_and_credits(values_of(jpeg(app1_xmp(packet))))
    assert [text.text.text for text in found] == ["A. Nother", "B. Other"]


def test_a_repetition_inside_one_vocabulary_is_dropped() -> None:
    found = captions_and_credits(values_of(jpeg(app13_iim(dataset(2, 120, b"Caption"), dataset(2, 120, b"Caption")))))
    assert len(found) == 1


@pytest.mark.parametrize("text", [b"OLYMPUS DIGITAL CAMERA         \0", b"SONY DSC\0", b"          \0", b"\0\0\0\0\0\0"])
def test_what_a_camera_writes_by_itself_is_a_value_and_no_caption(text: bytes) -> None:
    values = values_of(jpeg(app1_exif(Tiff().text("Image", 0x010E, text).build())))
    assert [value.meaning for value in values] == ["description"]
    assert captions_and_credits(values) == ()


def test_the_bytes_of_a_text_are_kept() -> None:
    raw = "Фото: ТАСС".encode("cp1251")
    text = captions_and_credits(values_of(jpeg(app13_iim(dataset(2, 110, raw)))))[0].text
    assert (text.raw, text.text, text.codec) == (raw, "Фото: ТАСС", "cp1251")


def test_the_date_of_exif_has_its_fraction_and_zone() -> None:
    block = Tiff().text("EXIF", 0x9003, b"2016:12:14 10:11:12\0").text("EXIF", 0x9011, b"+03:00\0").text("EXIF", 0x9291, b"25\0")
    (date,) = date_created(values_of(jpeg(app1_exif(block.build()))))
    assert (date.origin, date.date.raw, date.date.zone) == ("exif", "2016:12:14 10:11:12.25+03:00", "stated")
    assert date.date.edtf == "2016-12-14T10:11:12+03:00"


def test_day_and_time_of_iim_are_one_date() -> None:
    data = jpeg(app13_iim(dataset(2, 55, b"20161214"), dataset(2, 60, b"101112+0300")))
    (date,) = date_created(values_of(data))
    assert (date.origin, date.date.edtf) == ("iim", "2016-12-14T10:11:12+03:00")


def test_dates_that_disagree_are_all_returned() -> None:
    data = jpeg(
        app1_exif(Tiff().text("EXIF", 0x9003, b"2016:12:14 10:11:12\0").text("Image", 0x0132, b"2017:01:02 00:00:00\0").build()),
        app1_xmp(xmp(attributes='photoshop:DateCreated="2015-03"')),
        app13_iim(dataset(2, 55, b"20161215")),
    )
    values = values_of(data)
    assert [(date.origin, date.date.edtf) for date in date_created(values)] == [
        ("exif", "2016-12-14T10:11:12"), ("iim", "2016-12-15"), ("xmp", "2015-03"),
    ]  # fmt: skip
    assert [date.kind for date in embedded_dates(values)].count("modified") == 1


@pytest.mark.parametrize("text", [b"0000:00:00 00:00:00\0", b"    :  :     :  :  \0", b"\0"])
def test_a_camera_without_a_clock_states_no_date(text: bytes) -> None:
    assert date_created(values_of(jpeg(app1_exif(Tiff().text("EXIF", 0x9003, text).build())))) == ()


def test_a_date_that_cannot_be_read_is_kept_unread() -> None:
    (date,) = date_created(values_of(jpeg(app13_iim(dataset(2, 55, b"14 Dec 2016")))))
    assert (date.date.raw, date.date.is_read) == ("14 Dec 2016", False)
