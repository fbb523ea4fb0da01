from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalog.errors import ManifestError
from catalog.intake.csv_table import CsvTableReader
from catalog.intake.interface import IntakeRequest
from catalog.records.intake import IntakeItem


def items_of(folder: Path, text: str) -> list[IntakeItem]:
    (folder / "a.jpg").write_bytes(b"picture")
    (folder / "manifest.csv").write_text(text, encoding="utf-8")
    request = IntakeRequest(folder, folder / "manifest.csv")
    items = [one for one in CsvTableReader().read(request) if isinstance(one, IntakeItem)]
    assert CsvTableReader().count(request) == len(items)
    return items


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_columns_parted_by_another_sign_are_read_and_the_first_row_says_so(tmp_path: Path, sign: str) -> None:
    text = "file;caption;publisher\na.jpg;Smoke, seen from afar;The Courier\na.jpg;Ruins;The Courier\n".replace(";", sign)
    first, second = items_of(tmp_path, text)
    assert first.publication.captions[0].text.text == "Smoke, seen from afar"
    assert first.publication.publisher is not None
    assert first.publication.publisher.text == "The Courier"
    assert (first.warnings, second.warnings) == (("delimiter_not_comma",), ())
    assert (first.problem, second.problem) == (None, None)


def test_commas_in_a_table_of_commas_warn_of_nothing(tmp_path: Path) -> None:
    (item,) = items_of(tmp_path, "file,caption\na.jpg,one; two; three\n")
    assert item.warnings == ()
    assert item.publication.captions[0].text.text == "one; two; three"


def test_a_header_of_the_file_column_alone_is_a_table_of_commas(tmp_path: Path) -> None:
    (item,) = items_of(tmp_path, "file\na.jpg\n")
    assert item.warnings == ()
    assert item.problem is None


def test_a_header_in_other_letters_means_its_column_and_is_kept_as_printed(tmp_path: Path) -> None:
    (item,) = items_of(tmp_path, "File, Published At ,CAPTION.ar-SY,credit-line,Desk\na.jpg,2017-01-02,أنقاض,AP,north\n")
    shown = item.publication
    assert item.warnings == ("column_name_corrected",)
    assert shown.published_at is not None
    assert shown.published_at.edtf == "2017-01-02"
    assert [(one.role, one.language) for one in shown.captions] == [("caption", "ar-SY")]
    assert [(one.role, one.text.text) for one in shown.credits] == [("credit_line", "AP")]
    assert dict(shown.extras) == {"Desk": "north"}
    assert list(json.loads(item.raw_row or "")) == ["File", "Published At", "CAPTION.ar-SY", "credit-line", "Desk"]


def test_a_name_that_is_right_keeps_one_that_looks_like_it_among_the_extras(tmp_path: Path) -> None:
    (item,) = items_of(tmp_path, "file,caption,Caption\na.jpg,Ruins,other\n")
    assert [one.text.text for one in item.publication.captions] == ["Ruins"]
    assert dict(item.publication.extras) == {"Caption": "other"}
    assert item.warnings == ()


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("url;file,file;caption", "no_file_column"),
        ("x,file,y;file;z", "ambiguous_delimiter"),
        ("file,CAPTION,Caption", "duplicate_column"),
        ("file;caption;caption", "duplicate_column"),
        ("name;caption", "no_file_column"),
    ],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_refused_by_name(tmp_path: Path, header: str, code: str) -> None:
    with pytest.raises(ManifestError) as caught:
        items_of(tmp_path, f"{header}\na.jpg,x\n")
    assert (caught.value.code, caught.value.row) == (code, 1)
    assert "manifest.csv: line 1" in str(caught.value)
