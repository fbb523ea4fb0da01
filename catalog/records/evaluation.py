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
class ThresholdPoint:
    """Hold what a threshold lets through: how many right and wrong pairs, precision (None where nothing passes) and recall."""

    threshold: float
    right: int
    wrong: int
    precision: float | None
    recall: float


@dataclass(frozen=True, slots=True)
class RungEvaluation:
    """Hold what one rung, or `all` of them, found of the labelled pairs.

    Recall is over every linked pair, so that those of the rungs add up. `suggest` and `accept` are None where no threshold
    reaches what was wished for.
    """

    rung: str
    points: tuple[ThresholdPoint, ...]
    suggest: float | None
    accept: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold the whole answer: how many pairs were examined, how many of them are linked and unlinked, and every rung."""

    pairs: int
    linked: int
    unlinked: int
    rungs: tuple[RungEvaluation, ...]
