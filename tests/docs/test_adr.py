"""Every decision is listed, numbered without gaps, and says the four things that a decision must say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.documents import ROOT, page, rows

FOLDER = ROOT / "docs" / "adr"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
SECTIONS = ["Context", "Decision", "Price", "When to revisit"]


def test_every_decision_is_listed_and_every_listed_one_is_there() -> None:
    listed = [found[1] for row in rows(page("adr/README.md")) if (found := re.search(r"\(([^)]+)\)", row[0]))]
    assert listed == [path.name for path in DECISIONS]


def test_numbers_run_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: str(path.stem))
def test_a_decision_fits_one_page_and_has_its_four_parts(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert len(text.splitlines()) <= 60
    assert re.search(r"^\d{4}-\d{2}-\d{2}$", text, re.MULTILINE)
    title = next(row[1] for row in rows(page("adr/README.md")) if path.name in row[0])
    assert text.splitlines()[0] == f"# {int(path.name[:4])}. {title}"
