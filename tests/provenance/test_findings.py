"""Every rule speaks in its story and is silent in the honest twin of it; the list of rules is the page's."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.provenance.findings import RULES, find_disagreements
from catalog.provenance.states import CONTRADICTIONS
from tests.provenance.finding_stories import STORIES


def test_every_rule_has_a_story() -> None:
    assert set(STORIES) == set(RULES)


@pytest.mark.parametrize("rule", STORIES)
def test_the_rule_speaks_in_its_story_with_names_and_dates(rule: str) -> None:
    story, _, words = STORIES[rule]
    found = [finding for finding in find_disagreements(story.drawn()) if finding.rule == rule]
    assert len(found) == 1
    assert all(text in found[0].reason for text in words), found[0].reason
    assert found[0].reason.endswith(".")
    assert found[0].subjects


@pytest.mark.parametrize("rule", STORIES)
def test_nothing_is_found_in_the_honest_twin(rule: str) -> None:
    _, twin, _ = STORIES[rule]
    assert find_disagreements(twin.drawn()) == ()


def test_a_reason_never_says_first_where_first_seen_is_meant() -> None:
    for story, _, _ in STORIES.values():
        for finding in find_disagreements(story.drawn()):
            words = finding.reason.replace("first seen", "").replace("first publisher seen", "")
            assert "first" not in words.casefold(), finding.reason


def test_every_rule_stands_in_the_list_with_an_example() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "findings.md").read_text("utf-8")
    lines = [line for line in page.splitlines() if line.startswith("| `")]
    assert [line.split("`")[1] for line in lines] == list(RULES)
    assert all(len(line.split(" | ")) == 3 for line in lines)


def test_what_excludes_itself_is_found_before_what_was_left_out_and_what_is_only_not_held_comes_last() -> None:
    grave = [rule in CONTRADICTIONS for rule in RULES]
    assert grave == sorted(grave, reverse=True)
    assert list(RULES)[-1] == "credited_source_never_seen_publishing"
