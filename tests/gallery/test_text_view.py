"""Foreign text keeps its language and direction, hides nothing, and becomes a link only when it is a web address."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.gallery.text_view import (
    direction_of,
    first_line,
    host_of,
    language_of,
    leading,
    link_of,
    runs_of,
    segments_of,
    short_property,
    shortened,
)
from catalog.records.pages import CaptionLine


@pytest.mark.parametrize(
    ("text", "declared", "direction"),
    [("Aleppo", None, "ltr"), ("حلب", None, "rtl"), ("2017: حلب", None, "rtl"), ("حلب", "en", "ltr"),
     ("Aleppo", "ar-SY", "rtl"), ("…", None, "ltr")],
)  # fmt: skip
def test_direction_is_as_declared_else_as_the_first_letter_runs(text: str, declared: str | None, direction: str) -> None:
    assert direction_of(text, declared) == direction


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("Алеппо", None, "und-Cyrl"),
        ("حلب", None, "und-Arab"),
        ("Aleppo", None, "und-Latn"),
        ("…", None, "und"),
        ("Aleppo", "fr", "fr"),
    ],
)
def test_an_undeclared_language_is_undetermined_in_its_script(text: str, declared: str | None, language: str) -> None:
    assert language_of(text, declared) == language


def test_invisible_characters_are_named() -> None:
    assert segments_of("a\u202eb\u200bc") == [
        ("a", ""), ("U+202E", "RIGHT-TO-LEFT OVERRIDE"), ("b", ""), ("U+200B", "ZERO WIDTH SPACE"), ("c", ""),
    ]  # fmt: skip
    assert segments_of("می\u200cخواهم") == [("می\u200cخواهم", "")]


@given(st.text())
def test_cutting_a_text_loses_no_letter(text: str) -> None:
    assert "".join(chr(int(run[2:], 16)) if name else run for run, name in segments_of(text)) == text
    assert "".join(run for run, _ in runs_of(text)) == text


def test_names_that_run_from_the_right_are_cut_out_of_a_sentence() -> None:
    cut = runs_of("قناة أفق الميناء (2020-02-09) shows it; وكالة too")
    assert cut == [("قناة أفق الميناء", True), (" (2020-02-09) shows it; ", False), ("وكالة", True), (" too", False)]


def test_cutting_a_hostile_sentence_takes_time_in_its_length() -> None:
    begun = time.process_time()
    runs_of("ا!" * 50_000)
    runs_of("ا" + "!" * 100_000)
    runs_of(("ا" + "!" * 50) * 2_000)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("address", "link"),
    [("https://a.example/x", True), ("HTTP://a.example", True), ("javascript:alert(1)", False), ("data:text/html,x", False),
     ("//a.example", False), ("ftp://a.example", False), ("https://", False),
     ("http://[bad", False), (" javascript:x", False), ("", False)],
)  # fmt: skip
def test_only_web_addresses_become_links(address: str, link: bool) -> None:
    assert (link_of(address) is not None) is link


def test_a_host_is_named_without_its_www() -> None:
    assert host_of("https://www.themoscowtimes.com/2017/01/02/") == "themoscowtimes.com"


@given(st.text(max_size=400), st.integers(min_value=1, max_value=80))
def test_the_first_line_is_one_line_and_not_longer_than_asked(text: str, letters: int) -> None:
    line = first_line(text, letters)
    assert len(line.splitlines()) <= 1
    assert len(line) <= letters + 2


def test_the_first_line_that_says_something_is_taken() -> None:
    assert first_line("\n  \nRuins.\nMore.") == "Ruins."
    assert first_line("one two three", 8) == "one two …"


def test_a_caption_stands_before_a_headline() -> None:
    def made(role: str) -> CaptionLine:
        return CaptionLine(role, role, None, "manifest", 1, True)

    assert leading((made("headline"), made("caption"))) == made("caption")
    assert leading((made("note"), made("headline"))) == made("headline")
    assert leading(()) is None


def test_long_names_are_shortened_and_vocabularies_left_out() -> None:
    assert shortened("Lighthouse Agency", 10) == "Lighthous…"
    assert shortened("Agency", 10) == "Agency"
    assert short_property("{http://ns.adobe.com/xap/1.0/}CreateDate/{urn:x}Part") == "CreateDate/Part"
