"""A report's sentences are those of the findings, with names apart and dates to the minute."""

from __future__ import annotations

from hypothesis import given

from catalog.records.saying import Fill, Saying, in_english, say
from catalog.reports.said import said_pieces
from tests.records.test_saying import SAYINGS


def test_names_stand_apart_and_dates_are_short() -> None:
    who = Fill("who", "sayings", (), (say("%(publisher)s (%(date)s)", *_shown("قناة", "2017-01-02T10:00:00+03:00")),))
    said = say("%(who)s credits %(whom)s.", who, Fill("whom", "words", ("Orbit Wire", "Ann Lee")))
    assert list(said_pieces([said], "")) == [
        ("قناة", True), (" (", False), ("2017-01-02 10:00 +03:00", True), (")", False), (" credits ", False),
        ("Orbit Wire", True), (" and ", False), ("Ann Lee", True), (".", False),
    ]  # fmt: skip


def test_what_is_made_of_nothing_known_is_said_as_it_is() -> None:
    assert list(said_pieces([], "As it was.")) == [("As it was.", True)]


@given(SAYINGS.filter(lambda saying: "kind='date'" not in repr(saying)))
def test_the_pieces_say_what_the_sentence_says(saying: Saying) -> None:
    assert "".join(piece for piece, _ in said_pieces([saying], "")) == in_english(saying)


def _shown(publisher: str, date: str) -> tuple[Fill, Fill]:
    return Fill("publisher", "words", (publisher,)), Fill("date", "date", (date,))
