from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.credits.reading import find_credits_in_caption, read_credit
from catalog.workflow.read_credits import read_line

TOWNS = frozenset({"أنقرة", "Zoria", "North Harbour", "Зория", "Lee"})


def named(line: str) -> list[tuple[str, str]]:
    return [(party.role, party.name) for party in read_credit(line, TOWNS.__contains__).parties]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("أنقرة/ الأناضول", [("agency", "الأناضول")]),
        ("أنقرة / عمر علي / الأناضول", [("creator", "عمر علي"), ("agency", "الأناضول")]),
        ("المصدر: أنقرة - الأناضول", [("agency", "الأناضول")]),
        ("Zoria / Reuters", [("agency", "Reuters")]),
        ("North Harbour, Zoria - AP", [("agency", "AP")]),
        ("Зория (ТАСС)", [("agency", "ТАСС")]),
        ("Ann Lee / Reuters", [("creator", "Ann Lee"), ("agency", "Reuters")]),
        ("Reuters / Lee", [("agency", "Reuters"), ("creator", "Lee")]),
        ("Zoria / Ministry of Works", [("creator", "Zoria"), ("agency", "Zoria"), ("issuer", "Ministry of Works")]),
    ],
)
def test_a_place_before_an_agency_is_credited_for_nothing(line: str, expected: list[tuple[str, str]]) -> None:
    assert named(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Фото ФК Берег (Зория)", [("issuer", "ФК Берег")]),
        ("Фото: Анна Лисова из Зория", [("creator", "Анна Лисова")]),
        ("Photo: Ann Lee (Reuters)", [("creator", "Ann Lee"), ("agency", "Reuters")]),
    ],
)
def test_a_place_behind_a_name_is_credited_for_nothing(line: str, expected: list[tuple[str, str]]) -> None:
    assert named(line) == expected


def test_without_places_a_name_before_an_agency_stays_one() -> None:
    assert [party.role for party in read_credit("Zoria / Reuters").parties] == ["creator", "agency"]


def test_the_gazetteer_tells_which_words_are_places() -> None:
    for line in ("أنقرة/ الأناضول", "Київ / Укрінформ", "الرباط/ الأناضول", "Алеппо / РИА Новости", "New York / AFP"):
        assert [party.role for party in read_line(line).parties] == ["agency"], line


def test_behind_a_dateline_the_text_is_a_caption() -> None:
    reading = read_credit("أنقرة/ الأناضول شارك الرئيس في التصويت", TOWNS.__contains__)
    assert [party.name for party in reading.parties] == ["الأناضول"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Text: Ann Lee, Bob Ray. Photo: Joan Kim", ["Joan Kim"]),
        ("Текст: Анна Ли, фото: Иван Ким", ["Иван Ким"]),
        ("إعداد – سارة علي\nتصوير – عمر ناصر", ["عمر ناصر"]),
        ("كتب: رويترز |\nتصوير : أ.ف.ب", ["أ.ف.ب"]),
    ],
)
def test_whoever_wrote_the_text_is_credited_for_no_picture(line: str, expected: list[str]) -> None:
    assert [party.name for party in read_credit(line).parties] == expected


@pytest.mark.parametrize(
    ("text", "expected", "flags"),
    [
        ('في هذه الصورة التي نشرتها وكالة "فرانس برس" نشاهد وابلا من قنابل الغاز', [("agency", 'وكالة "فرانس برس"')], ()),
        ("A view of the square in this photo released by SANA on Monday", [("issuer", "SANA")], ("handout",)),
        ("Фото: Getty Images, Reuters", [("agency", "Getty Images"), ("agency", "Reuters")], ()),
        ("A sailor looks on. In this photo by Ann Lee, sailors and marines wait.", [("creator", "Ann Lee")], ()),
        ("Smoke rises over the port. Copyright Planet Labs", [("issuer", "Planet Labs")], ()),
        ("A fighter of the opposition in the city of Raqqa - archive.", [], ("archive",)),
    ],
)
def test_what_words_and_signs_tell_of_a_credit(text: str, expected: list[tuple[str, str]], flags: tuple[str, ...]) -> None:
    reading = find_credits_in_caption(text)
    assert [(party.role, party.name) for party in reading.parties] == expected
    assert reading.flags == flags


@given(st.text(alphabet="أنقرة الأناضول/-,.:() ZoriaAP|\n", max_size=80))
def test_spans_hold_their_names_whatever_is_called_a_place(line: str) -> None:
    for reading in (read_credit(line, lambda _: True), find_credits_in_caption(line, lambda _: True)):
        assert all(line[slice(*party.span)] == party.name for party in reading.parties)
        assert reading.line == line
