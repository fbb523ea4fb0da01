"""Every sentence of the interface is said in every language, and a reader gets the language asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from catalog.gallery.languages import FOLDER, LANGUAGES
from catalog.gallery.speech import ngettext
from catalog.gallery.wording import WORDS, change_word, finding_word, relation_word, role_word
from catalog.records.code_words import CODE_WORDS, REJECTED, WARNING, WARNING_IN_COLUMNS, WHAT_TO_DO
from catalog.records.match import CHANGES, RELATIONS
from catalog.records.publication import CAPTION_ROLES, CREDIT_PARTY_ROLES, CREDIT_ROLES
from tests.gallery.reading import read

ROOM = FOLDER.parent
PROVENANCE = ROOM.parent / "provenance"
TRANSLATED = sorted(set(LANGUAGES) - {"en"})
NAMED_PLACE = re.compile(r"%\((\w+)\)s")


def _spoken() -> set[str | tuple[str, str]]:
    methods = [("**.py", "python"), ("templates/**", "jinja2")]
    found = list(extract_from_dir(str(ROOM), method_map=methods, keywords={"_": None, "later": None, "ngettext": (1, 2)}))
    found += extract_from_dir(str(PROVENANCE), method_map=[("**.py", "python")], keywords={"say": (1,)})
    found += extract_from_dir(str(ROOM.parent / "workflow"), method_map=[("**.py", "python")], keywords={"because": (1,)})
    shared = {REJECTED, WARNING, WARNING_IN_COLUMNS, WHAT_TO_DO, *(text for words in CODE_WORDS.values() for text in words)}
    return shared | {message if isinstance(message, str) else (message[0], message[1]) for _, _, message, _, _ in found}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_and_none_is_left_over(language: str) -> None:
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    kept = {message.id for message in catalogue if message.id}
    assert kept == _spoken()
    for message in catalogue:
        said = [message.string] if isinstance(message.string, str) else list(message.string or ())
        asked = [message.id] if isinstance(message.id, str) else list(message.id)
        if message.id:
            assert all(text.strip() or text == " " for text in said), message.id
            assert not message.fuzzy, message.id
            places = {place for text in asked for place in NAMED_PLACE.findall(text)}
            for text in said:
                missing = places - set(NAMED_PLACE.findall(text))
                assert set(NAMED_PLACE.findall(text)) <= places, message.id
                # A plural form may name its number in words: one picture, two pictures.
                assert not missing or (len(said) > 1 and missing == {"num"}), (message.id, text)
    plurals = [message.string for message in catalogue if isinstance(message.id, tuple)]
    assert {len(forms or ()) for forms in plurals} == {catalogue.num_plurals}


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [("ru", 1, "1 снимок"), ("ru", 3, "3 снимка"), ("ru", 11, "11 снимков"), ("uk", 22, "22 знімки"), ("ar", 1, "صورة واحدة"),
     ("ar", 2, "صورتان"), ("ar", 5, "5 صور"), ("ar", 11, "11 صورة"), ("en", 1, "1 picture")],
)  # fmt: skip
def test_numbers_take_the_form_their_language_asks_for(app: Flask, language: str, count: int, said: str) -> None:
    with app.test_request_context(f"/?lang={language}"):
        assert ngettext("%(num)s picture", "%(num)s pictures", count) == said


def test_the_address_chooses_the_language_and_the_browser_remembers_it(client: FlaskClient) -> None:
    assert read(client.get("/?lang=ar").text).named("html")[0]["dir"] == "rtl"
    assert read(client.get("/").text).named("html")[0]["lang"] == "ar"
    assert read(client.get("/?lang=uk").text).named("html")[0]["lang"] == "uk"
    assert read(client.get("/?lang=xx").text).named("html")[0]["lang"] == "uk"


def test_without_a_choice_the_browser_decides(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Accept-Language": "de, ru;q=0.8, en;q=0.5"})
    assert read(answer.text).named("html")[0]["lang"] == "ru"
    assert {"Cookie", "Accept-Language"} <= set(answer.vary)
    assert not client.get("/").headers.getlist("Set-Cookie")


def test_every_name_of_a_closed_list_has_its_word(app: Flask) -> None:
    with app.test_request_context("/?lang=ar"):
        for word, names in (
            (change_word, CHANGES), (relation_word, RELATIONS), (role_word, (*CAPTION_ROLES, *CREDIT_ROLES, *CREDIT_PARTY_ROLES)),
        ):  # fmt: skip
            for name in names:
                assert re.search("[\u0600-\u06ff]", word(name)), name


def test_every_rule_has_its_word(app: Flask) -> None:
    rules = Path(__file__).parents[2] / "catalog" / "provenance" / "findings.py"
    named = re.findall(r"^        (\w+),$", rules.read_text("utf-8"), re.MULTILINE)
    assert len(named) > 10
    with app.test_request_context("/?lang=ar"):
        for rule in named:
            assert re.search("[\u0600-\u06ff]", finding_word(rule)), rule


def test_the_words_for_templates_have_names_of_their_own() -> None:
    names = [word.__name__ for word in WORDS]
    assert len(names) == len(set(names))
