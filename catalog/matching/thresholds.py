"""How a score is made from evidence, and from where on it is suggested or accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from catalog.matching.hypotheses import PDQ_RADIUS, Hypothesis
from catalog.matching.moved import Moved
from catalog.matching.registration import Agreement
from catalog.matching.replaced import Replaced

STILL: Final = Moved()
NOTHING: Final = Replaced()
# Raised whenever the same pair may get another verdict.
VERSION: Final = 18


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Hold the two scores that matter, 0-1; `rungs` holds other ones for the verdicts of single rungs, by name.

    `learned_radius` is the cosine distance of learned vectors up to which whole pictures are examined, 0 without a model.
    """

    suggest: float
    accept: float
    rungs: tuple[tuple[str, Thresholds], ...] = ()
    learned_radius: float = 0.0

    def of(self, rung: str) -> Thresholds:
        """Return those that hold for a rung: its own, or these."""
        return next((own for name, own in self.rungs if name == rung), self)


# Chosen on the dev half of the quality measure (docs/matching.md, "Thresholds").
SHIPPED: Final = Thresholds(suggest=0.3, accept=0.8)

# Weights of the evidence in the log odds: fitted by logistic regression on examined pairs, then rounded (docs/matching.md,
# "Score"). How many points agree, and which share of those that could, weighs most: pixels were registered before.
CORRELATION: Final = 2.5
FINE: Final = 2.0
POINTS: Final = 0.8
POINT_SHARE: Final = 2.5
CELLS: Final = 0.1
PIECE: Final = 0.4
BIAS: Final = -6.2
# Cells where both pictures show something else: a frame that holds another picture.
EXCHANGED: Final = 0.5
# Another picture seems to stand in the same frame where from this share of the overlap on differs, or from the second and so many
# cells are exchanged, and a seam along it shows in both pictures, one-sided by less than this. The log odds are at most so great
# then: a person decides (docs/matching.md, "Another picture").
REPLACED_SHARE: Final = 0.14
REPLACED_AND_EXCHANGED: Final = (0.1, 3)
ONE_SIDED: Final = 1.25
MOST_REPLACED: Final = 1.3
# Slow tones have to go together by so much where so small a share of the points agrees, and by so much where so great a one does:
# of a mark that two photos share only the strokes agree. Short of it, the log odds are at most as great as above, and they lose
# more, from nothing to all, as what is short grows from the first to the second (docs/matching.md, "A mark that both carry").
TONES_TOGETHER: Final = ((0.2, 0.965), (0.45, 0.72))
TONES_SHORT: Final = (0.1, 0.35)
MARK: Final = 8.0
# Another frame: how much the log odds lose where things moved, and where near things passed before far ones. The loss begins at
# the first and is whole at the second of these shares of the overlap, and of these working pixels of parallax (docs/matching.md).
MOVED_ELSEWHERE: Final = 8.0
ELSEWHERE: Final = (0.0003, 0.0013)
MOVED_BOTH_WAYS: Final = 5.0
BOTH_WAYS: Final = (0.001, 0.0035)
PARALLAX: Final = 8.0
PARALLAX_PIXELS: Final = (0.3, 0.45)
# And where the camera turned, so that each picture shows beyond one edge what the other one lost: by shares of the long side.
DISPLACED: Final = 8.0
DISPLACED_SHARE: Final = (0.0012, 0.002)
# And where a closer look found something that took a step.
WALKED: Final = 8.0
WALKED_SHARE: Final = (0.0002, 0.0005)
# The same for a whole picture that PDQ proposed, without points: pixels and the distance have to do.
WHOLE_CORRELATION: Final = 2.0
WHOLE_FINE: Final = 3.0
WHOLE_SHARE: Final = 1.5
WHOLE_CELLS: Final = 0.3
NEARNESS: Final = 6.0
WHOLE_BIAS: Final = -9.0


def score_of(
    hypothesis: Hypothesis, found: Agreement, kept: float = 1.0, moved: Moved = STILL, replaced: Replaced = NOTHING,
    tones: float = 1.0,
) -> float:  # fmt: skip
    """Return how sure it is that two pictures show the same, 0-1, never rounded.

    Points support a hypothesis by how many agree and by their share of those that could; a whole-picture hypothesis is
    supported by its PDQ distance instead. `kept` (0-1) is the share of the overlap that was left after edges that do not
    agree were trimmed: a piece is worth less than the whole, as two photos of one bed share the sheet. `moved` is what
    moved before the camera, `replaced` what is known of the places that differ, `tones` (0-1) how far slow tones go together.
    """
    if hypothesis.distance is None:
        # Points agree only where tones are not inverted: pixels that are inverted there speak against them.
        pixels = CORRELATION * found.correlation + FINE * found.fine + CELLS * np.log2(1 + found.cells)
        log_odds = pixels + _by_points(hypothesis) + BIAS
    else:
        sign = -1.0 if found.correlation < 0 else 1.0
        correlation, fine = sign * found.correlation, sign * found.fine
        nearness = NEARNESS * max(0.0, 1 - hypothesis.distance / PDQ_RADIUS)
        cells = WHOLE_CELLS * np.log2(1 + found.cells) + WHOLE_SHARE * found.share
        log_odds = WHOLE_CORRELATION * correlation + WHOLE_FINE * fine + cells + nearness + WHOLE_BIAS
    log_odds += PIECE * np.log2(kept) - EXCHANGED * np.log2(1 + found.exchanged) - another_frame(hypothesis, moved)
    short = short_of_tones(hypothesis, tones)
    if short > 0 or is_another(replaced, found.exchanged):
        log_odds = min(log_odds, MOST_REPLACED)
    log_odds -= MARK * _reached(short, TONES_SHORT)
    return float(1 / (1 + np.exp(-log_odds)))


def short_of_tones(hypothesis: Hypothesis, tones: float) -> float:
    """Return by how much slow tones go less together than they must for the share of points that agrees; 0 where they do."""
    (few, most), (many, least) = TONES_TOGETHER
    share = many if hypothesis.distance is not None else _point_share(hypothesis)
    return max(0.0, most - (most - least) * _reached(share, (few, many)) - tones)


def is_another(replaced: Replaced, exchanged: float) -> bool:
    """Tell whether another picture seems to stand in the same frame; `exchanged` counts cells where both show something else."""
    least, cells = REPLACED_AND_EXCHANGED
    is_large = replaced.share >= REPLACED_SHARE or (replaced.share >= least and exchanged >= cells)
    return is_large and replaced.one_sided < ONE_SIDED


def another_frame(hypothesis: Hypothesis, moved: Moved) -> float:
    """Return what the log odds lose because the camera, or something before it, moved."""
    return (
        PARALLAX * _reached(hypothesis.parallax, PARALLAX_PIXELS)
        + MOVED_ELSEWHERE * _reached(moved.elsewhere, ELSEWHERE)
        + MOVED_BOTH_WAYS * _reached(moved.both_ways, BOTH_WAYS)
        + DISPLACED * _reached(moved.displaced, DISPLACED_SHARE)
        + WALKED * _reached(moved.walked, WALKED_SHARE)
    )


def _reached(value: float, limits: tuple[float, float]) -> float:
    """Return 0 up to the first limit, 1 from the second on, and in between what lies between."""
    low, high = limits
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _by_points(hypothesis: Hypothesis) -> float:
    """Return what points say for a hypothesis: how many agree, and how many of those that could."""
    return float(POINTS * np.log2(1 + hypothesis.places) + POINT_SHARE * _point_share(hypothesis))


def _point_share(hypothesis: Hypothesis) -> float:
    return hypothesis.places / max(hypothesis.expected, 8)
