"""Pictures that were pasted into a composite, told from what was cut from it."""

from __future__ import annotations

import numpy as np

from catalog.provenance.arborescence import Scores
from catalog.provenance.collages import Pasted, pasted_pictures

# A picture, the composite made from it, and a picture with its copy that the tree could only hang below the composite.
FIRST, COMPOSITE, OTHER, COPY = range(4)
TREE = (-1, FIRST, COMPOSITE, OTHER)


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
    assert pasted_pictures(TREE, scores()) == [Pasted((OTHER, COPY), OTHER, COMPOSITE)]
    assert pasted_pictures(TREE, scores(copy=6.0)) == [Pasted((OTHER, COPY), COPY, COMPOSITE)]


def test_what_looks_cut_from_the_composite_stays_below_it() -> None:
    assert pasted_pictures(TREE, scores(other=-4.0)) == []
    assert pasted_pictures(TREE, scores(copy=-3.0)) == []


def test_what_meets_the_composites_own_parent_is_no_other_picture() -> None:
    edges = scores()
    for shown in (OTHER, COPY):
        edges[FIRST, shown], edges[shown, FIRST] = 1.0, -1.0
    assert pasted_pictures(TREE, edges) == []


def test_a_copy_of_the_composite_may_meet_the_pasted_picture_too() -> None:
    tree = (-1, 0, 1, 1)
    edges = np.full((4, 4), -np.inf)
    for one, other in ((0, 1), (0, 2), (1, 2), (3, 1), (3, 2)):
        edges[one, other], edges[other, one] = 2.0, -2.0
    assert pasted_pictures(tree, edges) == [Pasted((3,), 3, 1)]
