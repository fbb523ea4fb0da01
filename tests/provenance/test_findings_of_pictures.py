"""What was cut off a picture, and what only looks like a bar."""

from __future__ import annotations

from dataclasses import replace

from catalog.provenance.findings import find_disagreements
from tests.provenance.finding_stories import SKY_CUT_OFF, STORIES


def test_a_sky_that_a_crop_cut_off_is_no_bar() -> None:
    story, _, _ = STORIES["cropped_away_mark"]
    assert find_disagreements(replace(story, comparison=SKY_CUT_OFF).drawn()) == ()
