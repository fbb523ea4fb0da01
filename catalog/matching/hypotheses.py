"""Which transforms are worth looking at: from local features, and from global hashes of the whole picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.matching.codes import as_words, distances
from catalog.matching.geometry import Matrix, Model, agreeing_model, alike, apply, likeness
from catalog.matching.guided import Guided, guided
from catalog.matching.points import Points
from catalog.matching.prepared import mirrored_points_of, points_of
from catalog.records.comparable import Comparable

# Parts looked for in one pair of pictures.
MOST_PARTS: Final = 3
# Another part is only looked for beside one that many points agree on.
LEAST_FOR_ANOTHER: Final = 8
LEAST_PLACES: Final = 3
LEAST_OF_ANOTHER: Final = 5
# Models that get a second look, and what must agree then: by chance it is two or three.
MOST_GUIDED: Final = 3
LEAST_GUIDED: Final = 4
# Where so many agree, nobody needs to look for a mirrored one too, unless this share of the query's points lies beyond what they
# show: a sheet may hold a photo as it is and mirrored.
CLEAR: Final = 40
BEYOND: Final = 0.3
PDQ_BITS: Final = 256
# Whole pictures this near by PDQ are compared pixel by pixel although no points agree.
PDQ_RADIUS: Final = 90


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Hold a transform (3x3, query to reference working pixels) to be examined, and where it comes from.

    `places` and `expected` count agreeing points and those that could agree, 0 for a whole-picture hypothesis;
    `residual` is the points' median distance, working pixels; `first_places` counts those that agreed without guidance.
    `distance` is the PDQ distance that proposed a whole-picture hypothesis. `parallax` is how far neighbouring points are off
    together, working pixels.
    """

    matrix: Matrix
    rung: str
    places: int
    expected: int
    residual: float
    first_places: int
    distance: int | None = None
    parallax: float = 0.0


def mirror_matrix(width: float) -> Matrix:
    """Return the 3x3 matrix that mirrors a picture of this width left to right."""
    return np.array([[-1.0, 0, width], [0, 1, 0], [0, 0, 1]])


def from_points(query: Comparable, reference: Comparable) -> list[Hypothesis]:
    """Return transforms that local features agree on, as it is and mirrored, clearest first."""
    other = points_of(reference)
    found: list[tuple[Model, Points, NDArray[np.int16], Matrix]] = []
    for own, before in ((points_of(query), np.eye(3)), (mirrored_points_of(query), mirror_matrix(points_of(query).width))):
        if min(len(own), len(other)) and not _is_answered([model for model, *_ in found], own, other):
            apart = likeness(own, other)
            found += [(model, own, apart, before) for model in _models(own, other, apart)]
    found.sort(key=lambda one: -one[0].places)
    hypotheses = []
    for model, own, apart, before in found[:MOST_GUIDED]:
        again = guided(own, other, apart, np.vstack([model.matrix, [0, 0, 1]]))
        if again.places >= LEAST_GUIDED and _is_plausible(again.matrix, own):
            hypotheses.append(_hypothesis(again, model.places, before))
    return sorted(hypotheses, key=lambda one: -one.places)


def _is_answered(models: Sequence[Model], query: Points, reference: Points) -> bool:
    """Tell whether many points agree on one of the models, and these leave little of the query beyond the reference."""
    if max((model.places for model in models), default=0) < CLEAR:
        return False
    placed = [apply(model.matrix, query.place) for model in models]
    size = (reference.width, reference.height)
    inside = np.any([((places >= 0) & (places <= size)).all(axis=1) for places in placed], axis=0)
    return float(inside.mean()) > 1 - BEYOND


def _models(query: Points, reference: Points, apart: NDArray[np.int16]) -> Iterator[Model]:
    """Yield what most pairs agree on, then what many of the others do, and so on."""
    pairs = alike(apart)
    least = LEAST_PLACES
    for _ in range(MOST_PARTS):
        model = agreeing_model(query, reference, pairs)
        if model is None or model.places < least:
            return
        yield model
        if model.places < LEAST_FOR_ANOTHER:
            return
        # Beside a clear one, what so few agree on is chance.
        least = LEAST_OF_ANOTHER
        left = ~np.isin(pairs.query, model.pairs.query)
        pairs = pairs.taken(left)


def _hypothesis(found: Guided, first_places: int, before: Matrix) -> Hypothesis:
    return Hypothesis(
        found.matrix @ before, "local_points", found.places, found.expected, found.residual, first_places, None, found.parallax
    )


def _is_plausible(matrix: Matrix, query: Points) -> bool:
    """Refuse transforms that shrink or stretch beyond what a picture survives, or fold it over."""
    linear = matrix[:2, :2]
    one, two = np.linalg.svd(linear, compute_uv=False)
    corners = np.array([[0, 0, 1], [query.width, 0, 1], [query.width, query.height, 1], [0, query.height, 1]])
    depth = corners @ matrix[2]
    is_flat = bool((depth > 0.2).all() and (depth < 5).all())
    return is_flat and bool(np.linalg.det(linear) > 0) and two > 0.02 and one < 50 and one < 4 * two


def whole_picture(query: Comparable, reference: Comparable) -> list[Hypothesis]:
    """Return the turns and mirrors under which the whole pictures are near by PDQ, inverted or not, nearest first."""
    asked, held = query.descriptor("pdq_turns"), reference.descriptor("pdq")
    if asked is None or held is None or asked.version != held.version:
        return []
    step = PDQ_BITS // 8
    codes = as_words([asked.data[start : start + step] for start in range(0, len(asked.data), step)], PDQ_BITS)
    apart = distances(codes, as_words([held.data], PDQ_BITS)[0])
    own, other = points_of(query), points_of(reference)
    size = np.array([own.width, own.height])
    # Inverted tones flip every bit: what is far is as good as what is near.
    apart = np.minimum(apart, PDQ_BITS - apart)
    return [
        Hypothesis(turn_matrix(int(turn), size, np.array([other.width, other.height])), "pdq", 0, 0, 0.0, 0, int(apart[turn]))
        for turn in np.argsort(apart, kind="stable")[:2]
        if apart[turn] <= PDQ_RADIUS
    ]


def turn_matrix(turn: int, query: Matrix, reference: Matrix) -> Matrix:
    """Return the 3x3 matrix that takes a query to one of its turns, as `pdq_turns` numbers them, and to the reference's size.

    `query` and `reference` are (width, height).
    """
    transpose, columns, rows = turn >= 4, turn % 2 == 1, turn % 4 >= 2
    matrix = np.diag([1 / query[0], 1 / query[1], 1.0])
    if transpose:
        matrix = np.array([[0, 1.0, 0], [1, 0, 0], [0, 0, 1]]) @ matrix
    if columns:
        matrix = mirror_matrix(1.0) @ matrix
    if rows:
        matrix = np.array([[1.0, 0, 0], [0, -1, 1], [0, 0, 1]]) @ matrix
    return np.asarray(np.diag([reference[0], reference[1], 1.0]) @ matrix)
