"""How a score is made from evidence, and from where on it is suggested or accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from catalog.matching.hypotheses import Hypothesis
from catalog.matching.registration import Agreement

# Raised whenever the same pair may get another verdict.
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Hold the two scores that matter, 0-1."""

    suggest: float
    accept: float


# Chosen on the dev half of the quality measure (docs/matching.md, "Thresholds").
SHIPPED: Final = Thresholds(suggest=0.35, accept=0.6)


def score_of(hypothesis: Hypothesis, found: Agreement) -> float:
    """Return how sure it is that two pictures show the same, 0-1, never rounded.

    Pixels decide: correlation over the overlap and the share of its textured cells that agree. Points add to it, and so
    does the number of agreeing cells: a small overlap can agree by chance, a large one cannot.
    """
    pixels = abs(found.correlation) + 0.6 * found.share - 0.9
    support = 0.45 * np.log2(1 + hypothesis.places) + 0.35 * np.log2(1 + found.cells)
    return float(1 / (1 + np.exp(-(6.0 * pixels + support - 3.2))))
