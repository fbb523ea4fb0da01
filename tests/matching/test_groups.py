"""Groups hold whole-picture copies only, and no single doubtful match joins two of them."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.matching.groups import group_pictures, without_parted
from catalog.records.match import PARTING_VERDICTS, Decision, Overlap, Verification

IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
SHIFTED = (1.0, 0.0, 60.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


def match(
    query: str,
    reference: str,
    score: float = 0.9,
    *,
    relation: str = "copy",
    state: str = "accepted",
    transform: tuple[float, ...] | None = IDENTITY,
) -> Verification:
    return Verification(
        query, reference, relation, state, score, (), transform, Overlap(1, 1), (0, 0, 100, 100), "local_points", 1, 0.3, 0.6
    )


def decision(first: str, second: str, verdict: str, day: int = 1) -> Decision:
    return Decision((first, second), verdict, "seen", "desk", f"2026-01-{day:02d}T00:00:00Z")


def members(*args: object) -> list[tuple[str, ...]]:
    return [group.photos for group in group_pictures(*args)]  # type: ignore[arg-type]


def test_a_photo_without_copies_is_a_group_of_its_own() -> None:
    (group,) = group_pictures(["a"], [], [])
    assert group.photos == ("a",)
    assert group.weakest_score is None


def test_copies_of_copies_are_one_group_held_by_its_weakest_link() -> None:
    (group,) = group_pictures("abc", [match("a", "b", 0.9), match("b", "c", 0.7)], [])
    assert group.photos == ("a", "b", "c")
    assert group.weakest_score == 0.7


def test_a_stronger_way_round_a_weak_link_counts() -> None:
    (group,) = group_pictures("abc", [match("a", "b", 0.9), match("b", "c", 0.8), match("a", "c", 0.61)], [])
    assert group.weakest_score == 0.8


def test_suggestions_and_parts_join_nothing() -> None:
    found = [match("a", "b", state="suggested"), match("b", "c", relation="part"), match("a", "c", relation="same_scene")]
    assert members("abc", found, []) == [("a",), ("b",), ("c",)]


def test_a_match_that_alone_would_join_two_groups_joins_nothing() -> None:
    found = [match("a", "b"), match("c", "d"), match("b", "c", 0.7)]
    assert members("abcd", found, []) == [("a", "b"), ("c", "d")]


def test_it_joins_them_when_a_neighbour_lands_in_the_same_place() -> None:
    found = [match("a", "b"), match("c", "d"), match("b", "c", 0.7), match("a", "c", 0.5, state="suggested")]
    assert members("abcd", found, []) == [("a", "b", "c", "d")]


def test_a_neighbour_that_lands_elsewhere_bears_nothing_out() -> None:
    found = [match("a", "b"), match("c", "d"), match("b", "c", 0.7), match("a", "c", 0.5, state="suggested", transform=SHIFTED)]
    assert members("abcd", found, []) == [("a", "b"), ("c", "d")]


@pytest.mark.parametrize("verdict", PARTING_VERDICTS)
def test_a_parted_pair_stays_apart_and_an_undo_lets_it_join(verdict: str) -> None:
    found = [match("a", "b")]
    rejected = decision("b", "a", verdict)
    assert members("ab", found, [rejected]) == [("a",), ("b",)]
    assert members("ab", found, [rejected, decision("a", "b", "undo", day=2)]) == [("a", "b")]


@pytest.mark.parametrize("verdict", PARTING_VERDICTS)
def test_a_parted_pair_does_not_come_together_by_a_third_photo(verdict: str) -> None:
    found = [match("a", "b", 0.9), match("b", "c", 0.8)]
    assert members("abc", found, [decision("a", "c", verdict)]) == [("a", "b"), ("c",)]


def test_an_accepted_pair_joins_whatever_was_computed() -> None:
    (group,) = group_pictures("ab", [match("a", "b", 0.1, state="refused", relation="none")], [decision("a", "b", "accept")])
    assert group.photos == ("a", "b")
    assert group.weakest_score is None


PAIRS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.floats(0.6, 1)), max_size=14)


@given(
    PAIRS,
    st.randoms(use_true_random=False),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=3),
)
def test_every_photo_is_in_one_group_whatever_the_order(
    pairs: list[tuple[str, str, float]], random: Random, apart: list[tuple[str, str]]
) -> None:
    found = [match(first, second, score) for first, second, score in pairs if first != second]
    rejected = [decision(first, second, "reject") for first, second in apart if first != second]
    groups = group_pictures("abcdef", found, rejected)
    assert sorted(photo for group in groups for photo in group.photos) == list("abcdef")
    random.shuffle(found)
    assert [group.photos for group in group_pictures("abcdef", found, rejected)] == [group.photos for group in groups]
    for first, second in apart:
        assert first == second or not any(first in group.photos and second in group.photos for group in groups)


@pytest.mark.parametrize("verdict", PARTING_VERDICTS)
def test_what_links_a_third_photo_to_the_other_of_a_parted_pair_is_left_out(verdict: str) -> None:
    near, far, part = match("a", "c", 0.95), match("c", "b", 0.9), match("c", "b", relation="part")
    parted = [decision("a", "b", verdict)]
    groups = group_pictures("abc", [near, far], parted)
    assert [group.photos for group in groups] == [("a", "c"), ("b",)]
    assert without_parted([near, far, part], groups, parted) == [near, part]
    assert without_parted([near, far], groups, [decision("a", "b", "undo")]) == [near, far]
