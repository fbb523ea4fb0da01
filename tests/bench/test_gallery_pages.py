"""The bench of the gallery's pages runs, at its smallest, and a far page asks as few questions as the first."""

from __future__ import annotations

from pathlib import Path

from bench import gallery_pages


def test_a_far_page_asks_as_few_questions_as_the_first(tmp_path: Path) -> None:
    figures = list(gallery_pages.run(tmp_path, groups=200, pairs=2))
    asked = [(one.measured, one.against.removeprefix("page 1 ")) for one in figures if "queries on page" in one.what]
    assert len(asked) == 3
    assert all(far == near for far, near in asked)
    assert sum(one.ratio is not None for one in figures) == 3
