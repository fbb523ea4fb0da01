"""Text becomes findable in four languages, and nothing a reader types is query syntax."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.store.search import letters_of, query_letters, query_words, words_of


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    with closing(_made_index()) as connection:
        yield connection


def _made_index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE photo_words USING fts5(words, tokenize='unicode61 remove_diacritics 0')")
    connection.execute("CREATE VIRTUAL TABLE photo_letters USING fts5(letters, tokenize='trigram')")
    return connection


def _found(connection: sqlite3.Connection, kept: str, asked: str) -> bool:
    connection.execute("DELETE FROM photo_words")
    connection.execute("DELETE FROM photo_letters")
    connection.execute("INSERT INTO photo_words(rowid, words) VALUES (1, ?)", (words_of(kept),))
    connection.execute("INSERT INTO photo_letters(rowid, letters) VALUES (1, ?)", (letters_of(kept),))
    words, letters = query_words(asked), query_letters(asked)
    by_word = words and connection.execute("SELECT rowid FROM photo_words WHERE photo_words MATCH ?", (words,)).fetchone()
    by_letter = (
        letters and connection.execute("SELECT rowid FROM photo_letters WHERE photo_letters MATCH ?", (letters,)).fetchone()
    )
    return bool(by_word or by_letter)


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("Ruins of eastern Aleppo", "ruin"),
        ("Ruins of eastern Aleppo", "ALEPPO ruins"),
        ("Разрушенные дома в Алеппо", "разрушенный дом"),
        ("Ёлка на площади", "елки"),
        ("Руїни школи", "руїна"),
        ("Обстріл у Харкові", "Харків"),
        ("Вокзал Києва", "київ"),
        ("Вулиці Львова", "Львів"),
        ("Порт Миколаєва", "Миколаїв"),
        ("Зруйновані мости", "міст"),
        ("Троє дітей", "діти"),
        ("Двоє військових", "військові"),
        ("Десять жінок", "жінка"),
        ("Вид Колизея", "Колизей"),
        ("Перед Колизеем", "колизея"),
        ("Їжак і йод", "їжак"),
        ("دمار في شرق حلب", "حلب"),
        ("أنقاض مدينة حلب", "انقاض المدينة"),
        ("فيضان في المدينة", "الفيضانات"),
        ("مَدْرَسَة قديمة", "مدرسه"),
        ("Café Zürich", "cafe zurich"),
        ("٢٠١٧ صورة", "2017"),
        ("REUTERS/Rodi Said", "reuters said"),
        ("photo 16512200n", "12200"),
    ],
)
def test_a_word_is_found_by_its_other_forms(index: sqlite3.Connection, kept: str, asked: str) -> None:
    assert _found(index, kept, asked)


@pytest.mark.parametrize(
    ("kept", "asked"),
    [("Ruins of Aleppo", "Mosul"), ("Їжак", "Єжак"), ("йод", "иод"), ("حلب", "حمص"), ("Ruins of Aleppo", "Aleppo Mosul")],
)
def test_another_word_is_not_found(index: sqlite3.Connection, kept: str, asked: str) -> None:
    assert not _found(index, kept, asked)


@pytest.mark.parametrize("asked", ["", "   ", '"', "***", "()", "-", "^", ":", "…"])
def test_a_query_without_a_word_asks_nothing(asked: str) -> None:
    assert query_words(asked) is None
    assert query_letters(asked) is None


def test_short_words_are_left_to_the_index_of_words() -> None:
    assert query_letters("of Aleppo") is None
    assert query_words("of Aleppo") is not None


def test_a_query_of_thousands_of_words_is_cut() -> None:
    asked = query_words(" ".join(f"word{number}x" for number in range(5000)))
    assert asked is not None
    assert asked.count("AND") == 15


@given(st.text(max_size=80))
def test_whatever_a_reader_types_is_no_query_syntax(asked: str) -> None:
    with closing(_made_index()) as index:
        _found(index, "anything", asked)


@given(st.text(alphabet=st.characters(categories=["L", "Nd", "Zs"]), min_size=1, max_size=40))
def test_a_text_finds_itself(text: str) -> None:
    if query_words(text):
        with closing(_made_index()) as index:
            assert _found(index, text, text)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert letters_of(letters_of(text)) == letters_of(text)
