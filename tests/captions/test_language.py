from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.captions.language import LanguageReading, language_of

ROWS = list(csv.DictReader(Path(__file__).with_name("languages.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:24] for row in ROWS])
def test_the_language_of_a_caption_is_told_or_said_to_be_unknown(row: dict[str, str]) -> None:
    language = row["language"] or None
    expected = LanguageReading(language, row["direction"], "script" if language else "unknown")
    assert language_of(row["text"]) == expected


def test_a_declared_language_is_believed() -> None:
    assert language_of("Aleppo", "ar") == LanguageReading("ar", "ltr", "declared")
    assert language_of("", "ar-SY") == LanguageReading("ar-SY", "rtl", "declared")
    assert language_of("123", "en_GB") == LanguageReading("en-GB", "ltr", "declared")
    assert language_of("أنقاض المباني", "ru") == LanguageReading("ru", "rtl", "declared")


@pytest.mark.parametrize("junk", ["c", "x-default", "", "  ", "und", "english language", "ru;q=1", "\x00"])
def test_a_junk_language_is_not_believed(junk: str) -> None:
    assert language_of("Наслідки обстрілу Харкова", junk) == LanguageReading("uk", "ltr", "script")


@given(st.text(), st.none() | st.text(max_size=8))
def test_any_text_has_a_direction(text: str, declared: str | None) -> None:
    reading = language_of(text, declared)
    assert reading.direction in {"ltr", "rtl", "auto"}
    assert reading.how in {"declared", "script", "unknown"}
    assert (reading.language is None) == (reading.how == "unknown")
