"""An item that is odd or refused is told with what, where and what to do, in the language the environment asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from catalog.cli import language
from catalog.cli.item_words import ItemWords
from catalog.records.code_words import CODE_WORDS
from catalog.records.keeping import ItemOutcome

REFUSED = ItemOutcome("m.csv:3", "rejected", None, None, "empty_file", "a.jpg: is empty (0 bytes); copy it again", ())
ODD = ItemOutcome(
    "m.csv:2", "added", "a" * 64, "p", None, None, ("date_not_read", "row_short"), raw_row='{"published_at": "2017-02-30"}'
)


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    _forget()
    yield
    _forget()


def _forget() -> None:
    language.spoken_language.cache_clear()
    language._shared.cache_clear()


def lines(outcome: ItemOutcome) -> list[str]:
    return list(ItemWords().lines(outcome, with_warnings=True))


def test_a_warning_names_its_row_and_column_and_what_to_do() -> None:
    first, second = lines(ODD)
    assert first.startswith("Warning m.csv:2, column published_at (date_not_read): a date that is stated could not be read")
    assert first.endswith("What to do: correct the cell, or leave it.")
    assert second.startswith("Warning m.csv:2 (row_short): the row has fewer cells")


def test_a_rejection_says_its_sentence_and_what_to_do() -> None:
    (line,) = lines(REFUSED)
    assert line == "Rejected m.csv:3 (empty_file): a.jpg: is empty (0 bytes); copy it again"
    (line,) = lines(replace(REFUSED, message="a.jpg: is empty"))
    assert line == "Rejected m.csv:3 (empty_file): a.jpg: is empty. What to do: copy or fetch it again."


def test_what_to_do_is_said_once_for_each_code() -> None:
    words = ItemWords()
    told = [line for _ in range(3) for line in words.lines(ODD, with_warnings=True)]
    assert len(told) == 6
    assert sum("What to do" in line for line in told) == 2


def test_with_json_warnings_are_left_to_the_lines_of_json() -> None:
    assert list(ItemWords().lines(ODD, with_warnings=False)) == []
    assert len(list(ItemWords().lines(REFUSED, with_warnings=False))) == 1


@pytest.mark.parametrize(
    ("asked", "warned", "letters"),
    [
        ("ru_RU.UTF-8", "Предупреждение m.csv:2, столбец published_at", "[а-яё]"),
        ("uk_UA.UTF-8", "Попередження m.csv:2, стовпець published_at", "[а-яіїєґ]"),
        ("ar", "تحذير m.csv:2، العمود published_at", "[\u0600-\u06ff]"),
    ],
)
def test_every_code_is_said_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, asked: str, warned: str, letters: str
) -> None:
    monkeypatch.setenv("LANG", asked)
    assert lines(ODD)[0].startswith(warned)
    (refused,) = lines(REFUSED)
    assert "a.jpg: is empty" in refused
    for code, both in CODE_WORDS.items():
        for text in both:
            assert re.search(letters, language.said_as(text), re.IGNORECASE), (code, text)


@pytest.mark.parametrize(("name", "value"), [("LANG", "C.UTF-8"), ("LC_ALL", "de_DE"), ("LANGUAGE", "de:en:ru"), ("LANG", "")])
def test_another_language_gets_english(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert language.spoken_language() == "en"


def test_a_code_of_a_later_version_is_told_as_it_is() -> None:
    (line,) = lines(ItemOutcome("a.jpg", "added", None, None, None, None, ("of_tomorrow",)))
    assert line == "Warning a.jpg (of_tomorrow): of_tomorrow"
