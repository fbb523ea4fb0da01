"""A caption held against what its own publication states."""

from __future__ import annotations

from catalog.provenance.findings import find_disagreements
from tests.provenance.finding_stories import chain
from tests.provenance.stories import shown


def test_a_caption_that_contradicts_the_location_stated_beside_it_is_told_of_one_publication() -> None:
    story = chain(shown("a", "Square News", "2016-10-01", against=(("a", "place", "Mosul", "Aleppo"),)))
    (found,) = find_disagreements(story.drawn())
    assert (found.rule, found.subjects) == ("place_conflict", ("a",))
    assert found.reason == "Square News (2016-10-01) places the picture in Mosul in its caption and states the location Aleppo."
