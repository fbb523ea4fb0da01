"""Choose thresholds on labelled pairs: precision and recall at each, and the lowest ones that keep a promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from catalog.matching.support import interval, needed_for_one_in, needed_for_share
from catalog.records.evaluation import Evaluation, Lack, RungEvaluation, ScoredPair, ThresholdPoint, Wish

STEPS: Final = (*(number / 20 for number in range(1, 20)), 0.97, 0.99)
ALL: Final = "all"
# These are found by digests and not by likeness: nothing about them is a question of a threshold.
IDENTICAL: Final = ("same_bytes", "same_image_data", "same_pixels")
# The rung of a pair that nothing proposed a transform for; it passes no threshold.
UNDECIDED: Final = "examined"


def evaluate(scored: Sequence[ScoredPair], wish: Wish) -> Evaluation:
    """Return precision and recall of every rung at every step, and the thresholds that follow from the wish.

    A rung's thresholds are the lowest that keep the wish among the pairs this rung decides, and `lacks` says for which of them
    there are too few pairs to show it. Rungs come in alphabetical order, `all` of them together first.
    """
    linked = sum(one.pair.is_linked for one in scored)
    decided = [one for one in scored if one.rung != UNDECIDED]
    rungs = [_evaluated(ALL, decided, linked, len(scored) - linked, wish)]
    for rung in sorted({one.rung for one in decided}):
        own = [one for one in decided if one.rung == rung]
        rungs.append(_evaluated(rung, own, linked, len(scored) - linked, wish))
    return Evaluation(len(scored), linked, len(scored) - linked, tuple(rungs))


def _evaluated(rung: str, scored: Sequence[ScoredPair], linked: int, unlinked: int, wish: Wish) -> RungEvaluation:
    if rung in IDENTICAL:
        return RungEvaluation(rung, (_point(scored, 1.0, linked),), None, None)

    def suggested(point: ThresholdPoint) -> bool:
        return point.precision is not None and point.precision >= wish.suggest_precision

    def accepted(point: ThresholdPoint) -> bool:
        is_precise = point.precision is not None and point.precision >= wish.accept_precision
        return is_precise and (wish.one_false_in is None or point.wrong * wish.one_false_in <= unlinked)

    suggest, accept = _lowest(scored, linked, suggested), _lowest(scored, linked, accepted)
    if suggest is not None and accept is not None:
        # What may be accepted may be suggested: a milder wish never asks for more.
        suggest = min(suggest, accept)
    steps = sorted({*STEPS, *(one for one in (suggest, accept) if one is not None)})
    lacks = (
        *_lacking("suggest_precision", needed_for_share(wish.suggest_precision), scored, suggest, unlinked),
        *_lacking("accept_precision", needed_for_share(wish.accept_precision), scored, accept, unlinked),
        *_lacking_for_one_in(wish.one_false_in, accept, unlinked),
    )
    return RungEvaluation(rung, tuple(_point(scored, step, linked) for step in steps), suggest, accept, lacks)


def _lacking(
    wish: str, needed: int | None, scored: Sequence[ScoredPair], threshold: float | None, unlinked: int
) -> Iterator[Lack]:
    """Tell which pairs are too few for a precision, none where no threshold was found.

    So many must pass; and as many unlinked pairs must have had the chance to, or nothing wrong could have been seen: that is
    enough where a linked pair is met as often as an unlinked one.
    """
    if threshold is None:
        return
    passing = sum(one.score >= threshold for one in scored)
    for pairs, held in (("passing", passing), ("unlinked", unlinked)):
        if needed is None or held < needed:
            yield Lack(wish, pairs, held, needed)


def _lacking_for_one_in(number: int | None, threshold: float | None, unlinked: int) -> Iterator[Lack]:
    if number is not None and threshold is not None and unlinked < needed_for_one_in(number):
        yield Lack("one_false_in", "unlinked", unlinked, needed_for_one_in(number))


def _point(scored: Sequence[ScoredPair], threshold: float, linked: int) -> ThresholdPoint:
    passed = [one for one in scored if one.score >= threshold]
    right = sum(one.pair.is_linked for one in passed)
    precision = right / len(passed) if passed else None
    return ThresholdPoint(
        threshold, right, len(passed) - right, precision, right / linked if linked else 0.0, interval(right, len(passed)),
        interval(right, linked),
    )  # fmt: skip


def _lowest(scored: Sequence[ScoredPair], linked: int, is_kept: Callable[[ThresholdPoint], bool]) -> float | None:
    """Return the lowest threshold that keeps a promise; it lies halfway to the next pair that may not pass.

    Only the scores of linked pairs need be tried: anywhere between two of them nothing right is lost or won.
    """
    scores = sorted({one.score for one in scored})
    kept = [
        score
        for score in sorted({one.score for one in scored if one.pair.is_linked})
        if is_kept(_point(scored, score, linked))
    ]  # fmt: skip
    if not kept:
        return None
    below = scores.index(kept[0]) - 1
    return (kept[0] + scores[below]) / 2 if below >= 0 else kept[0]
