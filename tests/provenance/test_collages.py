"""Pictures that were pasted into a composite, told from what was cut from it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from catalog.provenance.arborescence import Scores
from catalog.provenance.collages import Pasted, pasted_pictures
from catalog.provenance.comparison import Comparison
from tests.provenance.finding_stories import ALIKE, WHOLE


def showing(share: float, odd: float = 0.0) -> Comparison:
    """Lay a whole photo over a part of the composite, in a share of which the two do not agree."""
    return replace(ALIKE, second=replace(WHOLE, covered=share, bare_textured=1 - share), odd=odd)


# A picture, the composite made from it, and a picture with its copy that the tree could only hang below the composite.
FIRST, COMPOSITE, OTHER, COPY = range(4)
TREE = (-1, FIRST, COMPOSITE, OTHER)
# The first picture shows four fifths of the composite, the other the rest.
LAID = {(FIRST, COMPOSITE): showing(0.8), (OTHER, COMPOSITE): showing(0.2), (COPY, COMPOSITE): showing(0.2)}


def scores(**leaning: float) -> Scores:
    found = np.full((4, 4), -np.inf)
    for one, other, lean in (
        (FIRST, COMPOSITE, 5.0),
        (OTHER, COMPOSITE, leaning.get("other", 4.0)),
        (COPY, COMPOSITE, leaning.get("copy", 3.0)),
        (OTHER, COPY, 2.0),
    ):
        found[one, other], found[other, one] = lean, -lean
    return found


def test_a_pasted_picture_comes_apart_with_its_copies_and_the_likeliest_is_the_source() -> None:
    assert pasted_pictures(TREE, scores(), LAID) == [Pasted((OTHER, COPY), OTHER, COMPOSITE)]
    assert pasted_pictures(TREE, scores(copy=6.0), LAID) == [Pasted((OTHER, COPY), COPY, COMPOSITE)]


def test_what_looks_cut_from_the_composite_stays_below_it() -> None:
    assert pasted_pictures(TREE, scores(other=-4.0), LAID) == []
    assert pasted_pictures(TREE, scores(copy=-3.0), LAID) == []


def test_what_meets_the_composites_own_parent_is_no_other_picture() -> None:
    edges = scores()
    for shown in (OTHER, COPY):
        edges[FIRST, shown], edges[shown, FIRST] = 1.0, -1.0
    assert pasted_pictures(TREE, edges, LAID) == []


def test_a_copy_of_the_composite_may_meet_the_pasted_picture_too() -> None:
    tree = (-1, 0, 1, 1)
    edges = np.full((4, 4), -np.inf)
    for one, other in ((0, 1), (0, 2), (1, 2), (3, 1), (3, 2)):
        edges[one, other], edges[other, one] = 2.0, -2.0
    assert pasted_pictures(tree, edges, {}) == [Pasted((3,), 3, 1)]


def test_a_copy_that_its_parent_shows_whole_has_no_second_parent() -> None:
    """Verification may miss that a damaged copy of the copy shows the first picture too."""
    assert pasted_pictures(TREE, scores(), LAID | {(FIRST, COMPOSITE): showing(1.0)}) == []


def test_what_was_pasted_over_the_first_picture_is_a_second_parent() -> None:
    laid = LAID | {(FIRST, COMPOSITE): showing(1.0, odd=0.2)}
    assert pasted_pictures(TREE, scores(), laid) == [Pasted((OTHER, COPY), OTHER, COMPOSITE)]
