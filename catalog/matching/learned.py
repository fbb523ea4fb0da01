"""Whole pictures that a learned model says are near: hypotheses to be examined by pixels as all others."""

from __future__ import annotations

import numpy as np

from catalog.matching.hypotheses import PDQ_RADIUS, Hypothesis, turn_matrix
from catalog.matching.points import working_size
from catalog.matching.vector_run import STORED
from catalog.records.comparable import Comparable
from catalog.records.model import LEARNED

# As `pdq_turns` numbers them: as it is, and mirrored left to right. A vector does not say how a picture is turned.
AS_IT_IS, MIRRORED = 0, 1


def learned_hypotheses(query: Comparable, reference: Comparable, radius: float) -> list[Hypothesis]:
    """Return the whole picture laid on the whole, as it is and mirrored, where the vectors of both lie within the radius.

    `radius` is a cosine distance, 0 where no model is in force. The distance of a hypothesis is counted as that of PDQ is: 0 for
    equal vectors, PDQ_RADIUS at the radius.
    """
    own, other = query.descriptor(LEARNED), reference.descriptor(LEARNED)
    if radius <= 0 or own is None or other is None or own.kind != other.kind or not own.data or len(own.data) != len(other.data):
        return []
    vectors = [np.frombuffer(one.data, dtype=STORED).astype(np.float32) for one in (own, other)]
    apart = float(1 - vectors[0] @ vectors[1])
    if not apart <= radius:
        return []
    sizes = [np.array(working_size(one.width, one.height)) for one in (query, reference)]
    distance = round(PDQ_RADIUS * max(0.0, apart) / radius)
    return [
        Hypothesis(turn_matrix(turn, sizes[0], sizes[1]), LEARNED, 0, 0, 0.0, 0, distance) for turn in (AS_IT_IS, MIRRORED)
    ]  # fmt: skip
