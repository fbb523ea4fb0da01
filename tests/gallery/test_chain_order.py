"""Photos of a chain have their numbers in the order of time, and a direction is drawn as sure only where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import cast

import pytest
from flask import Flask, render_template

from catalog.gallery import chain as chain_pages
from catalog.gallery.chain_drawing import SURE, draw_chain, is_sure
from catalog.gallery.drawn_chain import DrawnPhoto
from catalog.records.pages.chains import ChainPage
from catalog.records.provenance import ChainDecision, Derivation
from tests.gallery.stories import Stories
from tests.gallery.test_chain_drawing import _chain, _shown

# Photos 0 to 3 as stored; seen in 2019, 2017, never, 2018.
SEEN = [
    _shown(0, "0", date(2019, 1, 1)),
    _shown(1, "1", date(2017, 1, 1)),
    _shown(3, "3", date(2018, 1, 1)),
    _shown(4, "1", date(2020, 1, 1)),
]
DECIDED = ChainDecision("derivation", ("1", "0"), "made_from", "they told us", "editor", "2026-11-22T10:00:00Z")


def test_photos_are_numbered_by_when_they_were_first_seen_and_undated_ones_last() -> None:
    assert chain_pages._in_time(_chain(SEEN, [], 4)) == ["1", "3", "0", "2"]


def test_the_list_goes_by_time_too() -> None:
    listed = chain_pages._listed(_chain(SEEN, [(1, 0, True), (1, 3, True), (1, 2, True)], 4))
    assert [(one.depth, one.photo) for one in listed] == [(0, "1"), (1, "3"), (1, "0"), (1, "2")]


@pytest.mark.parametrize(
    ("edge", "sure"),
    [
        (Derivation("1", "0", True, (), SURE, ()), True),
        (Derivation("1", "0", True, (), 0.51, ()), False),
        (Derivation("1", "0", True, (), 0.51, (), DECIDED), True),
        (Derivation("1", "0", False, (), 0.99, ()), False),
    ],
)
def test_a_direction_is_sure_by_its_evidence_or_by_a_person(edge: Derivation, sure: bool) -> None:
    assert is_sure(edge) == sure


def _page(app: Flask, shown: ChainPage) -> str:
    with app.test_request_context("/"):
        return render_template("chain.html", page=shown, **chain_pages._beside(shown))


def test_a_direction_of_half_a_chance_is_not_drawn_as_a_fact(app: Flask, stories: Stories) -> None:
    shown = stories.catalogue.store.pages.chain_page(stories.ruins)
    edge = next(one for one in shown.derivations if one.directed)
    sure, unsure = (
        _page(app, replace(shown, derivations=(replace(edge, confidence=confidence),))) for confidence in (0.97, 0.51)
    )
    assert 'class="edge observed"' in sure
    assert 'class="edge observed unsure"' in unsure
    assert "perhaps made from photo 1" in unsure
    assert "perhaps made from photo" not in sure
    assert "less than 85% sure" in sure


def test_the_keyboard_goes_through_the_drawing_in_time(app: Flask) -> None:
    shown = _chain(SEEN, [(1, 0, True)], 4)
    with app.test_request_context("/"):
        beside = chain_pages._beside(shown)
        drawn = cast(Callable[[Iterable[DrawnPhoto]], list[DrawnPhoto]], beside["in_time"])
        assert [one.photo.sha256 for one in drawn(draw_chain(shown).photos)] == ["1", "3", "0", "2"]
