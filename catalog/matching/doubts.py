"""Say from the evidence of a verdict why it was not enough to accept a pair: codes for which faces have words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from catalog.matching.hypotheses import Hypothesis
from catalog.matching.moved import Moved
from catalog.matching.replaced import Replaced
from catalog.matching.thresholds import another_frame, is_another, short_of_tones
from catalog.matching.verification import DOUBT


def doubts(evidence: Mapping[str, float]) -> tuple[str, ...]:
    """Return which of DOUBTS the numbers of a verdict show, in that order; none where an older version wrote none of them.

    The rules are those of the score (thresholds.py), and few points are fewer than the verdict itself calls a doubt.
    """
    if "points" not in evidence:
        return ()
    hypothesis = Hypothesis(
        np.eye(3), "", round(evidence["points"]), round(evidence.get("points_expected", 0.0)), 0.0, 0,
        distance=None if evidence["points"] else 0, parallax=evidence.get("parallax", 0.0),
    )  # fmt: skip
    moved = Moved(
        elsewhere=evidence.get("moved_elsewhere", 0.0), both_ways=evidence.get("moved_both_ways", 0.0),
        displaced=evidence.get("displaced", 0.0), walked=evidence.get("walked", 0.0),
    )  # fmt: skip
    replaced = Replaced(evidence.get("replaced", 0.0), evidence.get("replaced_one_sided", 0.0))
    found = []
    if is_another(replaced, evidence.get("cells_exchanged", 0.0)):
        found.append("replaced")
    if short_of_tones(hypothesis, evidence.get("slow_tones", 1.0)) > 0:
        found.append("mark")
    if another_frame(hypothesis, moved) > 0:
        found.append("moved")
    if hypothesis.places < DOUBT:
        found.append("few_points")
    return tuple(found)
