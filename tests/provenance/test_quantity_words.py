"""An item of the ledger tells the figures that it weighs, and figures told as equal weigh nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from catalog.provenance.chains import trace_chain
from catalog.provenance.comparison import Comparison, Side
from catalog.provenance.direction import weigh
from catalog.provenance.quantities import OrderedPair
from catalog.provenance.quantity_words import BY_QUANTITY
from catalog.provenance.remaking import Remaking
from catalog.provenance.weights import QUANTITY_WEIGHTS
from catalog.records.provenance import Evidence
from tests.provenance.stories import bare, opened, saved, scaled, scene, traced, verified

shares = st.floats(0, 1)
seams = st.floats(0.2, 5)
levels = st.floats(0, 30)
steps = st.floats(1, 40)
hues = st.sampled_from([0.0, 0.3, 1.2, 2.4, 8.0])


@st.composite
def sides(draw: st.DrawFn) -> Side:
    covered = draw(shares)
    plain = draw(st.floats(0, 1 - covered))
    return Side(
        covered, plain, 1 - covered - plain, draw(seams), draw(shares), draw(levels), draw(levels),
        draw(shares), draw(shares), draw(steps), draw(levels), draw(hues), draw(shares),
    )  # fmt: skip


@st.composite
def remakings(draw: st.DrawFn) -> Remaking:
    return Remaking(draw(levels), draw(levels), draw(shares))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[OrderedPair, OrderedPair]:
    """Lay two photos over each other whose sides differ a little at least as often as much."""
    first, near = draw(sides()), draw(st.booleans())
    second = replace(first, trimmed=first.trimmed + 0.01, covered=first.covered * 0.999) if near else draw(sides())
    seen = Comparison(first, second, 1.0, False, draw(shares), 0.9, 1.0, 1.0)
    one, other = bare("a", 1), bare("b", 2)
    ahead, behind = draw(remakings()), draw(remakings())
    return OrderedPair(one, other, seen, remaking=ahead), OrderedPair(other, one, seen.reversed(), remaking=behind)


def figures(item: Evidence) -> list[str]:
    assert item.saying is not None
    return [fill.texts[0] for fill in item.saying.fills if fill.kind in {"share", "figure"}]


@given(pairs())
def test_two_figures_told_as_equal_weigh_nothing(pair: tuple[OrderedPair, OrderedPair]) -> None:
    for item in weigh(*pair).evidence:
        told = figures(item)
        assert len(told) != 2 or told[0] != told[1], item.detail


@given(pairs())
def test_content_that_the_other_lacks_is_told_of_the_one_with_more_of_it(pair: tuple[OrderedPair, OrderedPair]) -> None:
    for item in weigh(*pair).evidence:
        if item.code == "containment" and item.detail.startswith("Beyond what both show"):
            first, second = (int(figure) for figure in figures(item))
            assert (first > second) == ("content was cut" in item.detail)


@given(pairs())
def test_what_is_plain_is_told_of_both_and_weighs_against_a_copy_with_more_of_it(pair: tuple[OrderedPair, OrderedPair]) -> None:
    seen = pair[0].comparison
    assert seen is not None
    for item in weigh(*pair).evidence:
        if item.code == "frame_added" and "are plain, as" in item.detail:
            first, second = (int(figure) for figure in figures(item))
            assert (first, second) == (round(100 * seen.first.bare_flat), round(100 * seen.second.bare_flat))
            assert (first > second) == item.supports == ("could be cut off" in item.detail)


def test_a_clear_sky_that_was_cut_off_is_told_of_the_photo_that_holds_it() -> None:
    whole = Side(0.7, 0.2, 0.1, 1.0, 0.0, 1.0, 1.0, 0.1, 0.1, 1.0, 9.0, 9.0, 0.0)
    crop = replace(whole, covered=1.0, bare_flat=0.0, bare_textured=0.0)
    seen = Comparison(whole, crop, 1.0, False, 0.0, 0.9, 1.0, 1.0)
    one, other = bare("a", 1), bare("b", 2)
    said = weigh(OrderedPair(one, other, seen), OrderedPair(other, one, seen.reversed())).evidence
    (item,) = [item for item in said if item.code == "frame_added"]
    assert item.supports
    assert figures(item) == ["20", "0"]


@given(pairs())
def test_a_sentence_says_the_opposite_of_the_opposite_direction(pair: tuple[OrderedPair, OrderedPair]) -> None:
    there, back = weigh(*pair).evidence, weigh(*reversed(pair)).evidence
    assert {(one.code, one.supports) for one in there} == {(one.code, not one.supports) for one in back}


def test_every_sentence_of_a_quantity_has_a_weight_to_tell() -> None:
    assert set(BY_QUANTITY) - {"not_laid_finely"} <= set(QUANTITY_WEIGHTS)


def test_a_picture_in_colour_was_not_made_from_a_grey_one_however_small_it_is() -> None:
    large = scene(5, (960, 720))
    grey = traced(saved(ImageOps.grayscale(large).convert("RGB"), 95), 1)
    small = large.resize((480, 360))
    coloured = traced(saved(small, 60), 2)
    (chain,) = trace_chain([grey, coloured], [verified(grey, coloured, scaled((960, 720), (480, 360)))])
    assert not any(edge.directed and edge.parent == grey.sha256 for edge in chain.derivations)
    (edge,) = chain.derivations
    (item,) = [item for item in edge.evidence if item.code == "colour"]
    assert item.supports == (edge.parent == coloured.sha256)
    assert "no copy gets colours from grey" in item.detail
    assert item.weight > 4


def test_stronger_colours_are_no_colours_from_grey() -> None:
    pale = scene(5)
    pixels = np.asarray(pale, np.float64)
    grey = pixels.mean(2, keepdims=True)
    muted = saved(Image.fromarray((grey + (pixels - grey) * 0.5).clip(0, 255).astype(np.uint8)), 92)
    strong = saved(pale, 92)
    assert opened(muted).size == opened(strong).size
    one, other = traced(muted, 1), traced(strong, 2)
    (chain,) = trace_chain([one, other], [verified(one, other, np.eye(3))])
    assert not any("from grey" in item.detail for edge in chain.derivations for item in edge.evidence)
