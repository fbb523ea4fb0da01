"""How a score is made from evidence, and from where on it is suggested or accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from catalog.matching.hypotheses import PDQ_RADIUS, Hypothesis
from catalog.matching.registration import Agreement

# Raised whenever the same pair may get another verdict.
VERSION: Final = 2


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Hold the two scores that matter, 0-1; `rungs` holds other ones for the verdicts of single rungs, by name."""

    suggest: float
    accept: float
    rungs: tuple[tuple[str, Thresholds], ...] = ()

    def of(self, rung: str) -> Thresholds:
        """Return those that hold for a rung: its own, or these."""
        return next((own for name, own in self.rungs if name == rung), self)


# Chosen on the dev half of the quality measure (docs/matching.md, "Thresholds").
SHIPPED: Final = Thresholds(suggest=0.15, accept=0.8)

# Weights of the evidence in the log odds: fitted by logistic regression on examined pairs, then rounded (docs/matching.md,
# "Score"). Pixels weigh most; points and the number of agreeing cells say how much was looked at.
CORRELATION: Final = 2.0
FINE: Final = 3.0
SHARE: Final = 1.5
CELLS: Final = 0.3
POINTS: Final = 0.85
POINT_SHARE: Final = 1.5
NEARNESS: Final = 6.0
PIECE: Final = 2.5
BIAS: Final = -9.0


def score_of(hypothesis: Hypothesis, found: Agreement, kept: float = 1.0) -> float:
    """Return how sure it is that two pictures show the same, 0-1, never rounded.

    Points support a hypothesis by how many agree and by their share of those that could; a whole-picture hypothesis is
    supported by its PDQ distance instead. `kept` (0-1) is the share of the overlap that was left after edges that do not
    agree were trimmed: a piece is worth less than the whole, as two photos of one bed share the sheet.
    """
    sign = -1.0 if found.correlation < 0 else 1.0
    pixels = CORRELATION * sign * found.correlation + FINE * sign * found.fine + SHARE * found.share
    support = POINTS * np.log2(1 + hypothesis.places) + POINT_SHARE * hypothesis.places / max(hypothesis.expected, 8)
    if hypothesis.distance is not None:
        support = NEARNESS * max(0.0, 1 - hypothesis.distance / PDQ_RADIUS)
    log_odds = pixels + support + CELLS * np.log2(1 + found.cells) + PIECE * np.log2(kept) + BIAS
    return float(1 / (1 + np.exp(-log_odds)))
