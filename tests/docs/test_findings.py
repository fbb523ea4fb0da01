"""The rules of docs/findings.md are those that the rooms know, each with its case and an example."""

from __future__ import annotations

import ast
import re

from catalog.gallery.wording import FINDING_WORDS
from tests.docs.documents import ROOT, named_first, page, rows

MAKERS = {"finding", "Finding"}
RULE = re.compile(r"[a-z]+(_[a-z]+)*")


def given_rules() -> set[str]:
    """Return every rule that a finding is made with: the first argument of `finding(…)`, or of `Finding(…)` itself."""
    found: set[str] = set()
    for path in ROOT.joinpath("catalog", "provenance").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS and node.args:
                found |= {
                    one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    return found


def test_every_rule_is_documented_and_every_documented_rule_is_there() -> None:
    assert sorted(named_first(page("findings.md"))) == sorted(given_rules())


def test_every_rule_has_its_case_and_an_example() -> None:
    assert [row for row in rows(page("findings.md")) if len(row) != 3 or not all(row)] == []


def test_the_gallery_has_a_word_for_every_rule() -> None:
    assert set(named_first(page("findings.md"))) == set(FINDING_WORDS)
