"""Nothing in a template is let through unescaped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(path for path in ROOT.joinpath("catalog").rglob("templates/**/*") if path.is_file())
# A filter that marks text as safe, a block that is not escaped, an attribute whose value stands without quotes.
UNESCAPED = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\b|<[^<>%{}]*\s[\w-]+=\{\{")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "catalog")))
def test_a_template_escapes_everything_and_quotes_every_attribute(path: Path) -> None:
    assert UNESCAPED.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("text", ["{{ x | safe }}", "{% autoescape false %}", "<a href={{ x }}>"])
def test_what_is_looked_for_would_be_found(text: str) -> None:
    assert UNESCAPED.search(text)
