"""Files of real cameras and agencies; the answers were checked against exiftool 12.57 when they were written down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from catalog.metadata.merge import captions_and_credits, date_created
from catalog.metadata.reading import read_metadata

FOLDER = Path(__file__).parents[1] / "fixtures" / "metadata"
CAMERAS = {
    "canon-powershot-s330": ("Canon", "Canon PowerShot S330", "2002-11-16T15:27:01"),
    "sony-cybershot": ("SONY", "CYBERSHOT", "2001-11-27T18:33:44"),
    "fujifilm-finepix6800zoom": ("FUJIFILM", "FinePix6800 ZOOM", "2002-05-14T18:14:07"),
    "olympus-e420": ("OLYMPUS IMAGING CORP.", "E-420", "2017-07-07T13:56:06"),
    "canon-eos-350d": ("Canon", "Canon EOS 350D DIGITAL", "2011-10-17T18:19:51"),
    "kodak-dc210": ("Eastman Kodak Company", "DC210 Zoom (V05.00)", "2000-10-26T16:46:51"),
}
NUMBERS = {
    "canon-powershot-s330": {"EXIF ExposureTime": "1/10", "EXIF FNumber": "47/10"},
    "canon-eos-350d": {"EXIF ISOSpeedRatings": "400", "EXIF FNumber": "11/5"},
    "olympus-e420": {"EXIF ISOSpeedRatings": "100", "EXIF FocalLength": "24"},
}


@pytest.mark.parametrize("name", CAMERAS)
def test_camera_and_date_are_read(name: str) -> None:
    values, warnings = read_metadata((FOLDER / f"{name}.jpg").read_bytes())
    stated = {value.property: value.text for value in values if value.vocabulary == "exif"}
    maker, model, taken = CAMERAS[name]
    assert warnings == ()
    assert (stated["Image Make"], stated["Image Model"]) == (maker, model)
    assert date_created(values)[0].date.edtf == taken
    assert NUMBERS.get(name, {}).items() <= stated.items()


def test_an_agency_file_says_the_same_in_three_vocabularies() -> None:
    values, warnings = read_metadata((FOLDER / "fujifilm-finepixs1pro.jpg").read_bytes())
    assert warnings == ()
    found = {(text.role, text.origin, text.text.text) for text in captions_and_credits(values)}
    assert {
        ("creator", "exif", "Ian Britton"), ("creator", "iim", "Ian Britton"), ("creator", "xmp", "Ian Britton"),
        ("credit_line", "iim", "Ian Britton"), ("credit_line", "xmp", "Ian Britton"),
        ("iptc_source", "iim", "FreeFoto.com"), ("iptc_source", "xmp", "FreeFoto.com"),
        ("copyright_notice", "iim", "ian Britton - FreeFoto.com"),
        ("headline", "xmp", "Communications"), ("caption", "iim", "Communications"),
    } <= found  # fmt: skip
    assert [value.text for value in values if value.meaning == "gps_position"] == ["54.989667, -1.914167"]
    # A misprint stays a misprint.
    assert [value.text for value in values if value.property == "2:101"] == ["Ubited Kingdom"]


def test_the_history_of_an_edited_file_is_read_in_order() -> None:
    values, _ = read_metadata((FOLDER / "photoshop-history.jpg").read_bytes())
    history = [value for value in values if value.meaning == "edit_history" and value.property.endswith("}action")]
    assert [(re.findall(r"/(\d+)/", value.property), value.text) for value in history] == [(["0"], "saved"), (["1"], "saved")]
    assert [value.text for value in values if value.meaning == "original_document_id"] == ["C7EE91DF85D86DA0552BEBD762A3753A"]


def test_what_the_camera_wrote_into_the_description_is_no_caption() -> None:
    values, _ = read_metadata((FOLDER / "olympus-e420.jpg").read_bytes())
    assert "OLYMPUS DIGITAL CAMERA" in [value.text for value in values if value.meaning == "description"]
    assert {text.role for text in captions_and_credits(values)} == {"creator"}
