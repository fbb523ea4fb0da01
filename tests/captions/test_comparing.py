from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.caption_pairs import rates
from catalog.captions.gazetteer import places
from catalog.records.claims import COMPARISONS, CONTRADICTIONS, RELATIONS
from catalog.workflow.compare_captions import compare_pair
from tests.growth import is_linear

PAIRS = Path(__file__).with_name("pairs.csv")
ROWS = list(csv.DictReader(PAIRS.read_text("utf-8").splitlines()))
TEXTS = st.one_of(st.text(max_size=60), st.sampled_from([row["a"] for row in ROWS]))


@cache
def told(part: str) -> list[tuple[dict[str, str], str, str]]:
    compared = [(row, compare_pair(row)) for row in ROWS if row["part"] == part]
    return [(row, found.relation, "|".join(found.contradictions)) for row, found in compared]


def test_there_are_pairs_in_and_across_all_languages_each_with_its_page() -> None:
    assert len(ROWS) >= 300
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    used = Counter(row[side] for row in ROWS for side in ("lang_a", "lang_b"))
    assert min(used[language] for language in ("en", "ru", "uk", "ar")) >= 100
    assert {row["relation"] for row in ROWS} == set(RELATIONS)
    for row in ROWS:
        assert row["reference"]
        assert set(row["contradictions"].split("|")) - {""} <= set(CONTRADICTIONS)
        assert bool(row["contradictions"]) == (row["relation"] == "contradicting")


@pytest.mark.parametrize("part", ["dev", "held_out", "made"])
def test_contradictions_are_told_with_precision_and_hardly_missed(part: str) -> None:
    found = rates(told(part))
    assert found["precision"] >= 0.95
    assert found["recall"] >= 0.85
    assert found["relations_right"] >= 0.85


@pytest.mark.parametrize(
    ("a", "b", "kind", "comparison"),
    [
        ("Ruins in Aleppo", "Ruins in eastern Aleppo", "place", "finer"),
        ("Ruins in eastern Aleppo, Syria", "Ruins in Syria", "place", "coarser"),
        ("Ruins in Aleppo", "أنقاض في حلب", "place", "same"),
        ("Ruins in Aleppo, May 2016", "Ruins in Aleppo, 5 May 2016", "date", "finer"),
        ("Ruins in Aleppo, 5 May 2016", "Руины в Алеппо, 6 мая 2016 года", "date", "contradicting"),
        ("A strike near Kyiv", "A strike in Bucha", "place", "compatible"),
        ("At least 12 people were killed", "15 people were killed", "number", "finer"),
        ("At least 12 people were killed", "9 people were killed", "number", "contradicting"),
        ("A Russian air strike", "Russia denied a role in the strike", "actor", "contradicting"),
        ("12 people were killed", "A fire", "number", "silent"),
        ("A shop in Tokyo, Japan, 2018.", "Магазин в Токио, 2016 год", "date", "contradicting"),
    ],
)
def test_claims_are_held_against_each_other_one_by_one(a: str, b: str, kind: str, comparison: str) -> None:
    found = compare_pair({"a": a, "b": b})
    assert comparison in [item.comparison for item in found.claims if item.kind == kind]


def test_the_year_a_thing_was_built_is_not_held_against_the_day_of_the_picture() -> None:
    found = compare_pair({"a": "The lighthouse, 12 June 2014", "b": "The lighthouse. The tower was built in 1871."})
    assert found.contradictions == ()
    assert [(item.comparison, item.b) for item in found.claims if item.kind == "date"] == [("silent", None)]


def test_a_town_of_the_same_name_in_another_country_is_not_the_same_place() -> None:
    found = compare_pair({"a": "A street in Paris, Texas", "b": "A street in Paris, France"})
    assert "same" not in [item.comparison for item in found.claims if item.kind == "place"]


@pytest.mark.parametrize(
    ("a", "b", "contradictions"),
    [
        ("A tornado in Paris, Texas", "A tornado in Paris, France", ("place",)),
        ("A strike on Khan Younis", "A strike on Rafah", ("place",)),
        ("A strike on Damascus", "A strike on Douma", ()),
        ("A strike on Khan Younis", "A strike near Rafah", ()),
    ],
)
def test_a_suburb_has_the_name_of_its_town_and_no_other_has(a: str, b: str, contradictions: tuple[str, ...]) -> None:
    assert compare_pair({"a": a, "b": b}).contradictions == contradictions


def test_another_process_reads_the_same() -> None:
    program = (
        "import csv, hashlib, pathlib\n"
        "from catalog.workflow.compare_captions import compare_pair\n"
        f"rows = csv.DictReader(pathlib.Path({str(PAIRS)!r}).read_text('utf-8').splitlines())\n"
        "print(hashlib.sha256(repr([compare_pair(row) for row in rows][::3]).encode()).hexdigest())\n"
    )
    found = set()
    for seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        found.add(told.stdout)
    assert len(found) == 1


def test_a_translation_needs_two_languages() -> None:
    same = compare_pair({"a": "Ruins in Aleppo after the strike", "lang_a": "en", "b": "Ruins, Aleppo, strike"})
    assert same.relation != "translation"
    across = compare_pair({"a": "Ruins in Aleppo after the strike", "lang_a": "en", "b": "Руины в Алеппо после удара"})
    assert across.relation == "translation"


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Обстрел рынка в Донецке украинскими войсками", "Наслідки російського обстрілу ринку в Донецьку", "actor"),
        ("An air strike on rebels of the Free Syrian Army", "An air strike on Islamic State fighters", "actor"),
        ("Пуск ракет в Северной Корее", "إطلاق صواريخ في إيران", "place"),
        ("Protest on Tahrir Square in Baghdad", "احتجاج في ميدان التحرير بالقاهرة", "place"),
        ("Два десятка человек погибли", "Two dozen people were killed", "number"),
    ],
)
def test_forms_that_newer_pairs_brought_are_told_apart(a: str, b: str, kind: str) -> None:
    assert compare_pair({"a": a, "b": b}).contradictions == (kind,)


def test_an_act_has_its_target_behind_the_verb() -> None:
    found = compare_pair({"a": "Iran attacked Israel with missiles", "b": "Israel attacked Iran with missiles"})
    assert "actor" in found.contradictions


@pytest.mark.parametrize("text", ["20 Ramadan 1445", "7 рамадана 1437 года", "15 شعبان 1439 هـ"])
def test_days_of_the_islamic_calendar_are_noted_and_compared_with_nothing(text: str) -> None:
    found = compare_pair({"a": f"Ruins in Homs, {text}", "b": "Ruins in Homs, 5 May 2016"})
    assert [item.comparison for item in found.claims if item.kind == "date"] == ["compatible"]
    assert found.contradictions == ()


def test_where_people_came_from_is_not_where_the_picture_is() -> None:
    found = compare_pair({"a": "Refugees from Kharkiv at the station in Lviv", "b": "Refugees at the station in Lviv"})
    assert found.contradictions == ()


@pytest.mark.parametrize("text", ["ـ", "ـــ في حلب ـ", "\u0301", "'", "ا\u064b ـ 12 ـ قتيلا"])
def test_signs_that_make_no_word_are_no_words(text: str) -> None:
    assert compare_pair({"a": text, "b": "ـ"}).contradictions == ()


def test_a_second_sentence_of_background_changes_nothing() -> None:
    first = "A boy plays football among ruins in Idlib, May 5, 2016."
    found = compare_pair({"a": first, "b": first + " The war in Syria has killed 400,000 people since 2011."})
    assert (found.relation, found.contradictions) == ("same", ())


@given(TEXTS, TEXTS)
def test_any_two_texts_have_one_relation_and_a_text_agrees_with_itself(a: str, b: str) -> None:
    found = compare_pair({"a": a, "b": b})
    assert found.relation in RELATIONS
    assert bool(found.contradictions) == (found.relation == "contradicting")
    assert all(item.comparison in COMPARISONS for item in found.claims)
    assert compare_pair({"a": a, "b": a}).contradictions == ()
    assert set(compare_pair({"a": b, "b": a}).contradictions) == set(found.contradictions)


NAMED = [place.name() for place in places().values() if place.kind == "city"]


@pytest.mark.parametrize(
    "told",
    [
        lambda number: f"{number + 1} people were killed, ",
        lambda number: f"on {1 + number % 28} May {1801 + number // 28 % 390}, ",
        lambda number: f"in {NAMED[number % len(NAMED)]}, ",
        lambda number: f"A Russian strike on {NAMED[number % len(NAMED)]} killed {number + 1} people. ",
    ],
)
def test_time_does_not_grow_with_the_square_of_what_two_captions_claim(told: Callable[[int], str]) -> None:
    def work_on(letters: int) -> Callable[[], object]:
        text = "".join(map(told, range(letters // len(told(0)))))
        return lambda: compare_pair({"a": text, "b": text.replace("May", "June").replace("were", "are")})

    assert is_linear(work_on, 4_000)


@pytest.mark.parametrize("silent", ["", "...", "(AP Photo/Ann Lee)"])
def test_a_caption_that_says_nothing_translates_and_shortens_nothing(silent: str) -> None:
    said = "Хлопчик плаче в Алеппо."
    pairs = ({"a": silent, "b": said}, {"a": said, "b": silent}, {"a": silent, "b": silent})
    assert [compare_pair(pair).relation for pair in pairs] == ["unrelated", "unrelated", "same"]
