"""Bad input is named with its row, the rest is imported, and the command says so by its exit code."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Catalog

GOOD = SAMPLES / "photos" / "lighthouse.jpg"


@pytest.fixture
def press(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    shutil.copy(GOOD, folder / "good.jpg")
    return folder


def test_each_bad_row_is_named_and_the_good_ones_are_kept(press: Path, catalog: Catalog) -> None:
    (press / "empty.jpg").touch()
    (press / "text.jpg").write_text("this is no picture\n", "utf-8")
    (press / "cut.jpg").write_bytes(GOOD.read_bytes()[:3000])
    (press / "folder.jpg").mkdir()
    (press / "link.jpg").symlink_to("good.jpg")
    os.mkfifo(press / "pipe.jpg")
    names = ("good", "missing", "empty", "text", "cut", "folder", "link", "pipe", "../outside")
    rows = [*(f"{name}.jpg,x" for name in names), ",x"]
    (press / "manifest.csv").write_text("file,caption\n" + "\n".join(rows) + "\n", "utf-8")
    run = catalog("import", press, "--manifest", press / "manifest.csv", "--json")
    found = {line["item"]: (line["outcome"], line["reason"]) for line in run.lines if "item" in line}
    assert run.code == 1
    assert found.pop("manifest.csv:2") == ("added", None)
    assert {line: reason for line, (outcome, reason) in found.items() if outcome == "rejected"} == {
        "manifest.csv:3": "missing_file", "manifest.csv:4": "empty_file", "manifest.csv:5": "unreadable_image",
        "manifest.csv:6": "truncated_image", "manifest.csv:7": "is_directory", "manifest.csv:8": "symlink_refused",
        "manifest.csv:9": "not_regular_file", "manifest.csv:10": "path_leaves_folder", "manifest.csv:11": "no_file_named",
    }  # fmt: skip
    assert run.summary["read"] == 10
    assert (run.summary["added"], run.summary["rejected"]) == (1, 9)
    for number in range(3, 12):
        assert f"manifest.csv:{number}" in run.err


def test_a_rejected_file_stays_in_the_record_with_its_digest(press: Path, catalog: Catalog) -> None:
    (press / "text.jpg").write_text("this is no picture\n", "utf-8")
    assert catalog("import", press, "--json").code == 1
    assert catalog("verify").code == 0
    again = catalog("import", press, "--json")
    assert [line["outcome"] for line in again.lines if "item" in line] == ["known", "rejected"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"file,caption,caption\ngood.jpg,a,b\n", "duplicate_column"),
        ("file,caption\ngood.jpg,a\n".encode("utf-16"), "manifest_not_utf8"),
        (b"caption\na\n", "no_file_column"),
        (b'file,caption\ngood.jpg,a\ngood.jpg,"' + b"x" * (1 << 20) + b"x\n", "cell_too_large"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_named_with_its_line_and_the_rest_is_imported(
    press: Path, tmp_path: Path, catalog: Catalog, content: bytes, code: str
) -> None:
    (press / "manifest.csv").write_bytes(content)
    other = Path(shutil.copy(SAMPLES / "photos" / "boat.jpg", tmp_path / "boat.jpg"))
    run = catalog("import", press / "manifest.csv", other, "--json")
    line = 3 if code == "cell_too_large" else 1
    assert run.code == 1
    assert [(one["item"], one["outcome"], one["reason"]) for one in run.lines if "item" in one] == [
        (f"manifest.csv:{line}", "rejected", code),
        (str(other), "added", None),
    ]
    assert (run.summary["read"], run.summary["added"], run.summary["rejected"]) == (2, 1, 1)
    assert f"Rejected manifest.csv:{line} ({code}): {press / 'manifest.csv'}" in run.err
    assert catalog("verify").code == 0


def test_a_manifest_that_is_not_there_is_rejected_by_its_name(press: Path, catalog: Catalog) -> None:
    run = catalog("import", press, "--manifest", press / "manifest.csv", "--json")
    assert run.code == 1
    assert [(one["item"], one["reason"]) for one in run.lines if "item" in one] == [(str(press / "manifest.csv"), "no_manifest")]


def test_a_cell_that_is_not_utf8_is_kept_with_a_warning(press: Path, catalog: Catalog) -> None:
    (press / "manifest.csv").write_bytes(b"file,caption\ngood.jpg,Caf\xe9 \xff\n")
    run = catalog("import", press, "--manifest", press / "manifest.csv", "--json")
    assert run.code == 0
    assert run.lines[0]["outcome"] == "added"
    assert "text_not_utf8" in run.lines[0]["warnings"]


def test_a_file_beside_the_manifest_is_reported_and_not_taken_in(press: Path, catalog: Catalog) -> None:
    shutil.copy(SAMPLES / "photos" / "boat.jpg", press / "other.jpg")
    (press / "manifest.csv").write_text("file\ngood.jpg\n", "utf-8")
    run = catalog("import", press, "--manifest", press / "manifest.csv", "--json")
    assert run.code == 0
    assert run.summary["read"] == 1
    assert "1 file beside the manifest is not listed in it and was not taken in: other.jpg" in run.err
