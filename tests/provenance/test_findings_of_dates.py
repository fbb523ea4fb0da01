"""Which dates contradict one another, and which only look as if they did."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog.provenance.findings import find_disagreements
from catalog.records.provenance import TextSpan
from catalog.records.traces import TracedPublication
from tests.provenance.finding_stories import STORIES, chain, collage
from tests.provenance.stories import shown


@pytest.mark.parametrize("rule", ["shown_before_date_claimed", "date_conflict", "date_before_camera_date", "today_republished"])
def test_a_finding_about_a_day_points_at_the_words_that_give_it(rule: str) -> None:
    drawn = STORIES[rule][0].drawn()
    photos = {
        name: replace(photo, publications=tuple(map(_with_words, photo.publications))) for name, photo in drawn.photos.items()
    }
    found = [one for one in find_disagreements(replace(drawn, photos=photos)) if one.rule == rule]
    assert found
    assert all(one.spans and {span.subject for span in one.spans} <= set(one.subjects) for one in found)


def _with_words(publication: TracedPublication) -> TracedPublication:
    """Return a publication whose caption gives every day it claims, and says today where it does."""
    dates = [*publication.event_dates, *([publication.date_created] if publication.date_created else [])]
    days = [date.edtf or "" for date in dates] + ([""] if publication.says_today else [])
    return replace(publication, said_days=tuple((day, TextSpan(publication.id, "caption", "words", (0, 5))) for day in days))


def test_the_two_sources_of_a_collage_do_not_contradict_one_another() -> None:
    story = collage(
        shown("l", "Square News", "2014-02-20", events=("2014-02-20",)),
        shown("r", "Harbour Post", "2022-03-01", events=("2022-03-01",)),
        shown("b", "Mirror Page", "2022-04-01"),
    )
    assert find_disagreements(story.drawn()) == ()


def test_what_a_collage_claims_is_not_held_against_the_dates_of_its_parts() -> None:
    story = collage(
        shown("l", "Square News", "2014-02-20"), shown("r", "Harbour Post", "2022-03-01"),
        shown("b", "Mirror Page", "2022-04-01", events=("2022-03-30",)),
    )  # fmt: skip
    assert find_disagreements(story.drawn()) == ()


def test_a_date_known_only_to_the_year_contradicts_nothing_within_it() -> None:
    story = chain(shown("a", "Square News", "2017-06-01"), shown("b", "Harbour Post", "2018", events=("2017",)))
    assert find_disagreements(story.drawn()) == ()


def test_a_date_is_held_against_the_nearest_original_that_has_one() -> None:
    """The parent is undated: what the parent came from is dated, and later."""
    story = chain(shown("a", "Square News", "2021-03-04"), shown("b", "Mirror Page"), shown("c", "Harbour Post", "2019-03-04"))
    (found,) = find_disagreements(story.drawn())
    assert found.rule == "copy_seen_before_original"
    assert found.subjects == (story.photos[2].sha256, story.photos[0].sha256)
    assert "by way of other photos held here (1)" in found.reason


def test_one_wrong_date_is_told_once_and_not_of_every_copy_below_it() -> None:
    story = chain(
        shown("a", "Square News", "2021-03-04"), shown("b", "Harbour Post", "2019-03-04"), shown("c", "Mirror Page", "2022-01-01")
    )
    (found,) = find_disagreements(story.drawn())
    assert found.subjects == (story.photos[1].sha256, story.photos[0].sha256)
