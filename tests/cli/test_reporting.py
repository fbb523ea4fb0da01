from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from catalog.cli.group import catalog
from tests.conftest import run_catalog


def written(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(catalog, ["report", "duplicates", *arguments], env={"CATALOG_INSTANCE": str(folder / "instance")})
    assert result.exit_code == 0, result.output
    return (folder / arguments[arguments.index("-o") + 1]).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "starts"), [("r.html", "<!doctype html"), ("r.csv", "group,"), ("r.JSONL", ""), ("r", "<!doctype html")]
)
def test_a_report_has_the_format_that_its_file_is_named_for(name: str, starts: str, tmp_path: Path) -> None:
    text = written(tmp_path, "-o", str(tmp_path / name)).lstrip("\ufeff")
    assert text.lower().startswith(starts)
    for line in text.splitlines() if name == "r.JSONL" else ():
        json.loads(line)


def test_a_format_that_is_asked_for_stands_above_the_name(tmp_path: Path) -> None:
    assert "<html" not in written(tmp_path, "--format", "csv", "-o", str(tmp_path / "r.html"))


def test_a_table_begins_with_what_excel_knows_utf8_by_and_can_do_without(tmp_path: Path) -> None:
    assert written(tmp_path, "-o", str(tmp_path / "r.csv")).startswith("\ufeffgroup,")
    assert written(tmp_path, "--no-bom", "-o", str(tmp_path / "r.csv")).startswith("group,")
    done = run_catalog(tmp_path / "instance", "report", "duplicates", "--no-bom", "-o", tmp_path / "r.html")
    assert done.code == 2
    assert "--no-bom is for CSV, and this report is html" in done.err
    assert not (tmp_path / "r.html").exists()


def test_an_ending_of_something_else_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    done = run_catalog(tmp_path / "instance", "report", "duplicates", "-o", tmp_path / "r.xlsx")
    assert done.code == 2
    assert "r.xlsx: .xlsx names no format of this report; use one of csv, html, jsonl, or --format" in done.err
    assert not (tmp_path / "r.xlsx").exists()
