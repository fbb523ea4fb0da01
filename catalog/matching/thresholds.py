"""How a score is made from evidence, and from where on it is suggested or accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from catalog.matching.hypotheses import PDQ_RADIUS, Hypothesis
from catalog.matching.registration import Agreement

# Raised whenever the same pair may get another verdict.
VERSION: Final = 5


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
# "Score"). How many points agree, and which share of those that could, weighs most: pixels were registered before.
CORRELATION: Final = 1.0
FINE: Final = 1.0
POINTS: Final = 0.8
POINT_SHARE: Final = 2.5
CELLS: Final = 0.1
PIECE: Final = 0.7
BIAS: Final = -4.7
# What differs in both directions, and the same where less than FEW of the points agree: then nothing was laid over a copy.
MOVED: Final = 0.5
MOVED_WITH_FEW: Final = 2.2
FEW: Final = (0.6, 0.7)
# The same for a whole picture that PDQ proposed, without points: pixels and the distance have to do.
WHOLE_CORRELATION: Final = 2.0
WHOLE_FINE: Final = 3.0
WHOLE_SHARE: Final = 1.5
WHOLE_CELLS: Final = 0.3
NEARNESS: Final = 6.0
WHOLE_BIAS: Final = -9.0


def score_of(hypothesis: Hypothesis, found: Agreement, kept: float = 1.0) -> float:
    """Return how sure it is that two pictures show the same, 0-1, never rounded.

    Points support a hypothesis by how many agree and by their share of those that could; a whole-picture hypothesis is
    supported by its PDQ distance instead. `kept` (0-1) is the share of the overlap that was left after edges that do not
    agree were trimmed: a piece is worth less than the whole, as two photos of one bed share the sheet.
    """
    sign = -1.0 if found.correlation < 0 else 1.0
    correlation, fine = sign * found.correlation, sign * found.fine
    if hypothesis.distance is None:
        log_odds = (
            CORRELATION * correlation + FINE * fine + CELLS * np.log2(1 + found.cells) + _by_points(hypothesis, found) + BIAS
        )
    else:
        nearness = NEARNESS * max(0.0, 1 - hypothesis.distance / PDQ_RADIUS)
        cells = WHOLE_CELLS * np.log2(1 + found.cells) + WHOLE_SHARE * found.share
        log_odds = WHOLE_CORRELATION * correlation + WHOLE_FINE * fine + cells + nearness + WHOLE_BIAS
    return float(1 / (1 + np.exp(-log_odds - PIECE * np.log2(kept))))


def _by_points(hypothesis: Hypothesis, found: Agreement) -> float:
    """Return what points say for a hypothesis, and what moved parts say against it."""
    share = hypothesis.places / max(hypothesis.expected, 8)
    doubt = float(np.clip((FEW[1] - share) / (FEW[1] - FEW[0]), 0, 1))
    against = (MOVED + MOVED_WITH_FEW * doubt) * np.log2(1 + found.moved)
    return float(POINTS * np.log2(1 + hypothesis.places) + POINT_SHARE * share - against)
