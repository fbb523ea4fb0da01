"""Labelled pairs, what was found of them, and the thresholds that follow."""

from __future__ import annotations

from dataclasses import dataclass

# Labels are the relations of a match; these say that two pictures are to be linked, the others that they are not.
LINKED = ("same_bytes", "same_pixels", "copy", "part")
UNLINKED = ("same_scene", "none")


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Hold one row of a table of labels; `row` counts lines from 1 for the header, `label` is one of LINKED or UNLINKED."""

    row: int
    first: str
    second: str
    label: str

    @property
    def is_linked(self) -> bool:
        """Tell whether the two are said to show the same picture, or one a part of the other."""
        return self.label in LINKED


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Hold a labelled pair that was examined: the rung that decided, and its score 0-1 whatever the thresholds."""

    pair: LabelledPair
    rung: str
    score: float


@dataclass(frozen=True, slots=True)
class Wish:
    """Hold what the thresholds are to reach.

    `suggest_precision` and `accept_precision` are the least shares (0-1) of right pairs among those suggested and accepted.
    `one_false_in` asks besides that at most one in so many unlinked pairs is accepted; None asks for nothing.
    """

    suggest_precision: float
    accept_precision: float
    one_false_in: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """Hold between which two shares (0-1) the true one lies, 95 % sure."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ThresholdPoint:
    """Hold what a threshold lets through: how many right and wrong pairs, precision (None where nothing passes) and recall.

    The intervals say how far the two can be trusted where every pair is counted as independent of the others.
    """

    threshold: float
    right: int
    wrong: int
    precision: float | None
    recall: float
    precision_interval: Interval
    recall_interval: Interval


@dataclass(frozen=True, slots=True)
class Lack:
    """Hold what there are too few of to show what was wished for, 95 % sure.

    `wish` is `suggest_precision`, `accept_precision` or `one_false_in`. `pairs` is `passing` (those that pass the threshold) or
    `unlinked` (those of the whole table). `needed` is None where no number would do.
    """

    wish: str
    pairs: str
    held: int
    needed: int | None


@dataclass(frozen=True, slots=True)
class RungEvaluation:
    """Hold what one rung, or `all` of them, found of the labelled pairs.

    Recall is over every linked pair, so that those of the rungs add up. `suggest` and `accept` are None where no threshold
    reaches what was wished for. `lacks` is empty where there are labels enough for both, or nothing to choose.
    """

    rung: str
    points: tuple[ThresholdPoint, ...]
    suggest: float | None
    accept: float | None
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold the whole answer: how many pairs were examined, how many of them are linked and unlinked, and every rung."""

    pairs: int
    linked: int
    unlinked: int
    rungs: tuple[RungEvaluation, ...]
