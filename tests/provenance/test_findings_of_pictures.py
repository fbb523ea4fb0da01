"""What was cut off a picture, and what only looks like a bar."""

from __future__ import annotations

from dataclasses import replace

from catalog.provenance.findings import find_disagreements
from tests.provenance.finding_stories import ALIKE, SKY_CUT_OFF, STORIES, WHOLE, Story, chain
from tests.provenance.stories import shown

CROPPED = replace(ALIKE, first=replace(WHOLE, covered=0.7, bare_flat=0.08, bare_textured=0.2, bare_bar=0.08))


def test_a_sky_that_a_crop_cut_off_is_no_bar() -> None:
    story, _, _ = STORIES["cropped_away_mark"]
    assert find_disagreements(replace(story, comparison=SKY_CUT_OFF).drawn()) == ()


def told(story: Story) -> list[tuple[str, str]]:
    return [(one.rule, one.reason) for one in find_disagreements(story.drawn())]


def test_a_bar_is_missed_where_more_was_cut_off() -> None:
    studio, ministry = shown("a", "Game Studio", "2015-03-20"), shown("b", "Ministry of Defence", "2017-11-14")
    ((rule, reason),) = told(replace(chain(studio, ministry), comparison=CROPPED))
    assert rule == "cropped_away_mark"
    assert "from which it was made" in reason
    ((rule, reason),) = told(replace(chain(studio, ministry), comparison=CROPPED, directed=False))
    assert rule == "cropped_away_mark"
    assert "seen before it" in reason


def test_without_a_direction_a_bar_is_missed_only_by_what_is_later_and_shows_less() -> None:
    studio, ministry = shown("a", "Game Studio", "2017-11-14"), shown("b", "Ministry of Defence", "2015-03-20")
    assert told(replace(chain(studio, ministry), comparison=CROPPED, directed=False)) == []
    added = replace(CROPPED, first=replace(CROPPED.first, bare_textured=0.0))
    assert told(replace(chain(ministry, studio), comparison=added, directed=False)) == []
    wider = replace(CROPPED, second=replace(WHOLE, covered=0.7, bare_textured=0.3))
    assert "cropped_away_mark" not in [
        rule for rule, _ in told(replace(chain(ministry, studio), comparison=wider, directed=False))
    ]
