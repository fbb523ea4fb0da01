"""Which points of two pictures agree under a transform that is known already: for people who ask why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from catalog.matching.geometry import likeness
from catalog.matching.guided import guided
from catalog.matching.hypotheses import mirror_matrix
from catalog.matching.points import LONG_SIDE
from catalog.matching.prepared import mirrored_points_of, points_of
from catalog.records.comparable import Comparable

# More lines than this hide the pictures they explain.
MOST_SHOWN: Final = 40
PointPair = tuple[float, float, float, float]


def point_pairs(query: Comparable, reference: Comparable, transform: Sequence[float]) -> tuple[PointPair, ...]:
    """Return at most MOST_SHOWN agreeing points as x, y in the query and x, y in the reference, shares of width and height.

    `transform` maps oriented pixels of the query to those of the reference, 3x3 row by row. Points come spread over the list of
    all that agree, from the query's top to its bottom.
    """
    matrix = np.array(transform, dtype=np.float64).reshape(3, 3)
    into = np.diag([LONG_SIDE / max(reference.width, reference.height, 1)] * 2 + [1.0])
    back = np.diag([max(query.width, query.height, 1) / LONG_SIDE] * 2 + [1.0])
    working = into @ matrix @ back
    own, other = points_of(query), points_of(reference)
    if not len(own) or not len(other):
        return ()
    is_mirrored = bool(np.linalg.det(working[:2, :2]) < 0)
    asked = mirrored_points_of(query) if is_mirrored else own
    found = guided(asked, other, likeness(asked, other), working @ mirror_matrix(own.width) if is_mirrored else working)
    order = np.argsort(own.place[found.agreeing][:, 1], kind="stable")
    chosen = (
        order[np.unique(np.linspace(0, len(order) - 1, min(len(order), MOST_SHOWN)).round().astype(np.intp))]
        if len(order)
        else order
    )
    here = own.place[found.agreeing[chosen]] / (own.width, own.height)
    there = other.place[found.partners[chosen]] / (other.width, other.height)
    return tuple((float(one[0]), float(one[1]), float(two[0]), float(two[1])) for one, two in zip(here, there, strict=True))
