"""Runs and the audit say everything they can in the reader's language."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.gallery.event_view import event_details, result_word
from catalog.gallery.wording import ACTION_WORDS, action_word, code_advice, code_words
from catalog.records.code_words import CODE_WORDS
from catalog.store.pages.custody import DECIDED
from tests.gallery.reading import read
from tests.gallery.seed import RUN
from tests.gallery.stories import Stories

ARABIC = re.compile("[\u0600-\u06ff]")
CYRILLIC = re.compile("[а-яёіїєґ]", re.IGNORECASE)


@pytest.mark.parametrize(("language", "script"), [("ru", CYRILLIC), ("uk", CYRILLIC), ("ar", ARABIC)])
def test_every_code_has_words_and_advice_in_every_language(app: Flask, language: str, script: re.Pattern[str]) -> None:
    with app.test_request_context(f"/?lang={language}"):
        for code in CODE_WORDS:
            assert script.search(code_words(code)), code
            assert script.search(code_advice(code)), code
        for action in {*ACTION_WORDS, *DECIDED}:
            assert script.search(action_word(action)), action


def test_the_details_of_an_event_are_words(app: Flask) -> None:
    with app.test_request_context("/?lang=ar"):
        told = event_details('{"seen":{"relation":"same_scene","score":0.6471,"state":"suggested","rung":"pdq"},"decision":3}')
        assert all(ARABIC.search(words) for words, _ in told)
        assert [value for _, value in told][1:2] == ["0.647"]
        assert result_word("failure") == "وُجدت تعديلات"
    with app.test_request_context("/"):
        assert event_details('{"of_tomorrow": ["a", "b"], "alterations": []}') == [("of tomorrow", "a, b")]
        assert event_details("no json") == [("", "no json")]
        assert event_details("[1]") == [("", "[1]")]
        assert result_word("empty_file") is None


def test_a_rejected_item_says_what_and_what_to_do_in_the_readers_language(client: FlaskClient) -> None:
    page = client.get(f"/imports/{RUN}?outcome=rejected&lang=ar").text
    cell = page[page.index('class="refused"') :]
    cell = read(cell[: cell.index("</div>") + 6].replace('class="refused"', "<div>", 1)).text
    assert "المحتوى ليس بصيغة معروفة" in cell
    assert "ما العمل" in cell
    assert "unreadable_image" in cell
    assert "the file ends before the picture does" in cell


def test_no_row_of_the_audit_is_english_in_arabic_but_codes_and_names(client: FlaskClient, stories: Stories) -> None:
    for address in ("/audit", f"/photo/{stories.ruins}/custody", f"/photo/{stories.ruins}"):
        page = client.get(f"{address}?lang=ar").text
        for words in ("item added", "import started", "success", '{"run"'):
            assert words not in read(page).text, (address, words)
