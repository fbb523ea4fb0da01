"""A saying keeps what it says: in English, and through its way to the disk and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records.saying import (
    FILL_KINDS,
    JOINT_AND,
    JOINT_COMMA,
    JOINT_SEMICOLON,
    Fill,
    Saying,
    in_english,
    read_saying,
    say,
    saying_values,
)

JOINTS = (JOINT_AND, JOINT_COMMA, JOINT_SEMICOLON)
LEAVES = st.builds(
    Fill, st.just("it"), st.sampled_from([kind for kind in FILL_KINDS if kind != "sayings"]),
    st.lists(st.text(max_size=9), min_size=1, max_size=3).map(tuple), st.just(()), st.sampled_from(JOINTS),
)  # fmt: skip
SAYINGS = st.recursive(
    st.builds(lambda fill: say("of %(it)s", fill), LEAVES),
    lambda inner: st.builds(
        lambda parts, joint: say("that %(it)s", Fill("it", "sayings", (), tuple(parts), joint)),
        st.lists(inner, min_size=1, max_size=3), st.sampled_from(JOINTS),
    ),
    max_leaves=6,
)  # fmt: skip


@given(SAYINGS)
def test_a_saying_comes_back_from_its_values(saying: Saying) -> None:
    assert read_saying(json.loads(json.dumps(saying_values(saying)))) == saying


@given(st.text(max_size=30))
def test_words_from_outside_stand_in_a_sentence_as_they_are(words: str) -> None:
    assert in_english(say("“%(it)s” it says", Fill("it", "words", (words,)))) == f"“{words}” it says"


@pytest.mark.parametrize(
    ("fill", "said"),
    [
        (Fill("it", "date", ("2017-01-02",)), "2017-01-02"),
        (Fill("it", "date", ("",)), "undated"),
        (Fill("it", "photo", ("ab" * 32,)), "abababababab"),
        (Fill("it", "share", ("61",)), "61 %"),
        (Fill("it", "words", ("A", "B", "C")), "A, B and C"),
        (Fill("it", "words", ("A", "B"), joint=JOINT_COMMA), "A, B"),
        (Fill("it", "sayings", (), (say("one"), say("two")), JOINT_SEMICOLON), "one; two"),
    ],
)
def test_each_kind_is_written_in_english(fill: Fill, said: str) -> None:
    assert in_english(say("%(it)s", fill)) == said


def test_a_saying_without_fills_may_hold_a_percent_sign() -> None:
    assert in_english(say("100 % sure")) == "100 % sure"


def test_a_place_is_said_in_english_once_whatever_stands_beside_its_name() -> None:
    saying = say("in %(it)s", Fill("it", "place", ("Kharkiv (Харьков)", "kharkiv", "Харьков")))
    assert in_english(saying) == "in Kharkiv (Харьков)"
    assert in_english(say("in %(it)s", Fill("it", "place"))) == "in "
