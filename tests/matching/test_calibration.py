"""Thresholds that follow from labelled pairs keep what was wished for, and are the lowest that do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.matching.calibration import evaluate
from catalog.records.evaluation import LabelledPair, RungEvaluation, ScoredPair, Wish

RUNGS = st.sampled_from(["local_points", "pdq", "examined"])
PAIRS = st.lists(st.tuples(st.booleans(), RUNGS, st.floats(0.001, 1)), max_size=40)


def scored(*pairs: tuple[bool, str, float]) -> list[ScoredPair]:
    labels = (LabelledPair(row, "a", "b", "copy" if is_linked else "none") for row, (is_linked, _, _) in enumerate(pairs, 2))
    return [
        ScoredPair(pair, rung, 0.0 if rung == "examined" else score)
        for pair, (_, rung, score) in zip(labels, pairs, strict=True)
    ]  # fmt: skip


def rung(pairs: list[ScoredPair], name: str, wish: Wish) -> RungEvaluation:
    return next(one for one in evaluate(pairs, wish).rungs if one.rung == name)


def test_the_threshold_lies_halfway_between_the_last_right_and_the_next_wrong_pair() -> None:
    pairs = scored((True, "pdq", 0.9), (True, "pdq", 0.6), (False, "pdq", 0.4), (True, "pdq", 0.2), (False, "pdq", 0.1))
    assert rung(pairs, "pdq", Wish(0.5, 1.0)).accept == pytest.approx(0.5)
    assert rung(pairs, "pdq", Wish(0.75, 1.0)).suggest == pytest.approx(0.15)


def test_one_false_pair_in_a_number_counts_unlinked_pairs_and_not_answers() -> None:
    pairs = scored(*((True, "pdq", 0.5) for _ in range(99)), (False, "pdq", 0.7), *((False, "examined", 0.0) for _ in range(9)))
    assert rung(pairs, "pdq", Wish(0.5, 0.9, 10)).accept is not None
    assert rung(pairs, "pdq", Wish(0.5, 0.9, 11)).accept is None


def test_recall_counts_every_linked_pair_so_that_rungs_add_up() -> None:
    pairs = scored((True, "pdq", 0.9), (True, "local_points", 0.9), (True, "examined", 0.0), (True, "pdq", 0.1))
    found = {one.rung: one.points[9].recall for one in evaluate(pairs, Wish(0.5, 0.9)).rungs}
    assert found == {"all": 0.5, "local_points": 0.25, "pdq": 0.25}


def test_rungs_that_compare_digests_have_no_threshold() -> None:
    found = rung(scored((True, "same_bytes", 1.0)), "same_bytes", Wish(0.5, 0.9))
    assert (found.suggest, found.accept, found.points[0].right) == (None, None, 1)


def test_too_few_pairs_are_told_rung_by_rung() -> None:
    enough = scored(*((True, "pdq", 0.9) for _ in range(30)), (True, "local_points", 0.9), *((False, "examined", 0.0),) * 30)
    wish = Wish(0.5, 0.9)
    assert rung(enough, "pdq", wish).lacks == ()
    lacks = rung(enough, "local_points", wish).lacks
    assert [(one.wish, one.pairs, one.held, one.needed) for one in lacks] == [
        ("suggest_precision", "passing", 1, 6), ("accept_precision", "passing", 1, 30),
    ]  # fmt: skip


def test_nothing_wrong_is_shown_where_no_unlinked_pair_was_looked_at() -> None:
    linked = scored(*((True, "pdq", 0.9) for _ in range(1000)))
    lacks = rung(linked, "pdq", Wish(0.5, 0.9, 10)).lacks
    assert [(one.wish, one.pairs, one.held, one.needed) for one in lacks] == [
        ("suggest_precision", "unlinked", 0, 6), ("accept_precision", "unlinked", 0, 30), ("one_false_in", "unlinked", 0, 30),
    ]  # fmt: skip


def test_no_number_of_pairs_shows_that_none_is_ever_wrong() -> None:
    pairs = scored(*((True, "pdq", 0.9) for _ in range(999)), *((False, "examined", 0.0),) * 999)
    found = rung(pairs, "pdq", Wish(0.5, 1.0))
    assert found.accept is not None
    assert [(one.pairs, one.needed) for one in found.lacks] == [("passing", None), ("unlinked", None)]


def test_where_there_is_nothing_to_choose_nothing_is_lacking() -> None:
    assert rung(scored((False, "pdq", 0.9)), "pdq", Wish(0.5, 0.9)).lacks == ()
    assert rung(scored((True, "same_bytes", 1.0)), "same_bytes", Wish(0.5, 0.9)).lacks == ()


@given(PAIRS, st.floats(0, 1), st.floats(0, 1), st.none() | st.integers(1, 30))
def test_a_threshold_keeps_its_wish_and_suggests_no_later_than_it_accepts(
    pairs: list[tuple[bool, str, float]], suggest: float, accept: float, one_false_in: int | None
) -> None:
    made = scored(*pairs)
    found = evaluate(made, Wish(suggest, accept, one_false_in))
    for one in found.rungs:
        own = [pair for pair in made if pair.rung != "examined" and one.rung in ("all", pair.rung)]
        if one.accept is not None:
            passed = [pair.pair.is_linked for pair in own if pair.score >= one.accept]
            assert sum(passed) >= accept * len(passed)
            assert one_false_in is None or (len(passed) - sum(passed)) * one_false_in <= found.unlinked
        if one.accept is not None and one.suggest is not None:
            assert one.suggest <= one.accept
        recalls = [point.recall for point in one.points]
        assert recalls == sorted(recalls, reverse=True)
