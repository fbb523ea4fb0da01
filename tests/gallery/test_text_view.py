"""Foreign text is cut, shortened and led by what stands for it, and loses nothing on the way."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from catalog.gallery.text_view import (
    beginning,
    first_line,
    host_of,
    leading,
    runs_of,
    short_property,
    shortened,
)
from catalog.records.pages.publications import CaptionLine


@given(st.text())
def test_cutting_a_sentence_loses_no_letter(text: str) -> None:
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


@given(st.text(max_size=400), st.integers(min_value=1, max_value=80))
def test_a_beginning_is_that_of_the_text_and_not_longer_than_asked(text: str, letters: int) -> None:
    cut = beginning(text, letters)
    assert cut == text.strip() or (len(cut) <= letters + 2 and text.strip().startswith(cut.removesuffix(" …")))


def test_a_beginning_keeps_its_lines() -> None:
    assert beginning(" Ruins.\nMore of them. \n", 100) == "Ruins.\nMore of them."
    assert beginning("Ruins.\nMore of them.", 12) == "Ruins.\nMore …"
    assert beginning("unbroken", 4) == "unbr …"


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
