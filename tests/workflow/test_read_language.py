"""A text on a page stands in the language and direction it was written in."""

from __future__ import annotations

import pytest

from catalog.workflow.read_language import direction_of, language_of


@pytest.mark.parametrize(
    ("text", "declared", "direction"),
    [("Aleppo", None, "ltr"), ("حلب", None, "rtl"), ("2017: حلب", None, "rtl"), ("حلب", "en", "rtl"),
     ("Aleppo", "ar-SY", "ltr"), ("123", "ar-SY", "rtl"), ("…", None, "ltr")],
)  # fmt: skip
def test_direction_is_that_of_most_letters_else_of_the_declared_language(text: str, declared: str | None, direction: str) -> None:
    assert direction_of(text, declared) == direction


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("Алеппо", None, "und-Cyrl"),
        ("حلب", None, "und-Arab"),
        ("Aleppo", None, "und-Latn"),
        ("…", None, "und"),
        ("Aleppo", "fr", "fr"),
        ("Наслідки обстрілу Харкова", None, "uk"),
    ],
)
def test_a_language_nobody_declared_is_read_or_undetermined_in_its_script(text: str, declared: str | None, language: str) -> None:
    assert language_of(text, declared) == language
