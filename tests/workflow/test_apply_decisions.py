"""What people decided stands above what was measured."""

from __future__ import annotations

import pytest

from catalog.records.match import Decision, Verification
from catalog.workflow.apply_decisions import PERSON_RUNG, apply_decisions

A, B, C = "a" * 64, "b" * 64, "c" * 64


def measured(query: str, reference: str, relation: str = "copy", state: str = "suggested") -> Verification:
    return Verification(query, reference, relation, state, 0.4, (), None, None, None, "hash", 1, 0.5, 0.8)


def decided(one: str, other: str, verdict: str) -> Decision:
    return Decision((min(one, other), max(one, other)), verdict, "seen", "editor", "2026-11-22T10:00:00Z")


def test_without_decisions_nothing_changes() -> None:
    found = [measured(B, A), measured(C, A, "none", "refused")]
    assert apply_decisions(found, []) == found


def test_a_rejected_pair_goes_whatever_was_measured_and_in_whichever_order_it_stands() -> None:
    found = [measured(B, A, state="accepted"), measured(C, A)]
    assert apply_decisions(found, [decided(A, B, "reject")]) == found[1:]


@pytest.mark.parametrize(
    ("relation", "becomes"),
    [
        ("same_bytes", "same_bytes"),
        ("same_pixels", "same_pixels"),
        ("copy", "copy"),
        ("part", "part"),
        ("same_scene", "copy"),
        ("none", "copy"),
    ],
)
def test_an_accepted_pair_counts_and_keeps_its_relation_where_that_joins(relation: str, becomes: str) -> None:
    (made,) = apply_decisions([measured(B, A, relation, "refused")], [decided(A, B, "accept")])
    assert (made.relation, made.state, made.query, made.rung) == (becomes, "accepted", B, "hash")
    assert made.is_match


def test_an_accepted_pair_that_nobody_measured_is_a_copy_without_geometry() -> None:
    (made,) = apply_decisions([], [decided(A, B, "accept")])
    assert (made.query, made.reference, made.rung, made.transform, made.is_match) == (A, B, PERSON_RUNG, None, True)


def test_an_accepted_pair_is_there_once() -> None:
    assert len(apply_decisions([measured(B, A)], [decided(A, B, "accept")])) == 1


def test_a_rejected_pair_that_nobody_measured_adds_nothing() -> None:
    assert apply_decisions([], [decided(A, B, "reject")]) == []


@pytest.mark.parametrize("relation", ["same_scene", "copy", "part", "none"])
def test_what_a_person_calls_another_frame_is_that_and_no_match(relation: str) -> None:
    (made,) = apply_decisions([measured(B, A, relation, "accepted")], [decided(A, B, "same_scene")])
    assert (made.relation, made.state, made.query, made.transform, made.changes) == ("same_scene", "accepted", B, None, ())
    assert not made.is_match
    assert not made.joins_groups


def test_another_frame_that_nobody_measured_is_one_by_a_persons_word() -> None:
    (made,) = apply_decisions([], [decided(A, B, "same_scene")])
    assert (made.query, made.reference, made.relation, made.rung, made.is_match) == (A, B, "same_scene", PERSON_RUNG, False)
