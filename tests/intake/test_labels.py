"""A table of labelled pairs is read whole, or refused with its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.errors import LabelsError
from catalog.intake.labels import read_labels


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "labels.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_pairs_are_read_with_their_rows_and_other_columns_are_left_alone(tmp_path: Path) -> None:
    found = read_labels(table(tmp_path, "note,first,second,label\nx,a.jpg, b.jpg ,copy\n,c.jpg,d.jpg,same_scene\n", "utf-8-sig"))
    assert [(pair.row, pair.first, pair.second, pair.label, pair.is_linked) for pair in found] == [
        (2, "a.jpg", "b.jpg", "copy", True),
        (3, "c.jpg", "d.jpg", "same_scene", False),
    ]


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("first,second\na,b\n", 1, "no column label"),
        ("first,second,label\n", 1, "no labelled pair"),
        ("first,second,label\na,b,copy\na,,copy\n", 3, "two pictures"),
        ("first,second,label\na,b,duplicate\n", 2, "'duplicate' is no label"),
        ("first,second,label\na,b\n", 2, "'' is no label"),
        ('first,second,label\n"a,b,copy\n', None, "not a CSV table"),
    ],
)
def test_a_fault_is_named_with_its_row(tmp_path: Path, text: str, row: int | None, words: str) -> None:
    with pytest.raises(LabelsError, match=words) as caught:
        read_labels(table(tmp_path, text))
    assert (caught.value.code, caught.value.row) == ("bad_labels", row)


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match="UTF-8"):
        read_labels(table(tmp_path, "first,second,label\né,b,copy\n", "latin-1"))
