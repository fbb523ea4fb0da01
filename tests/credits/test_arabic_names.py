"""The name of an Arabic photographer is found where it stands, ends where it ends, and several joined names are parted."""

from __future__ import annotations

import pytest

from catalog.credits.reading import find_credits_in_caption, read_credit
from catalog.records.publication import CreditReading

Parties = list[tuple[str, str]]


def parties(reading: CreditReading) -> Parties:
    return [(party.role, party.name) for party in reading.parties]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("تصوير-سامي نادر وليلى حداد وعبد الرحمن قاسم:", ["سامي نادر", "ليلى حداد", "عبد الرحمن قاسم"]),
        ("تضمنت القائمة صورتين من قطاع غزة للمصورين الفلسطينيين سامي نادر ومعتز حداد.", ["سامي نادر", "معتز حداد"]),
    ],
)
def test_names_that_a_joined_and_links_are_several_and_none_has_the_letter(line: str, names: list[str]) -> None:
    reading = read_credit(line)
    assert parties(reading) == [("creator", name) for name in names]
    assert all(line[slice(*party.span)] == party.name for party in reading.parties)


def test_a_last_name_that_begins_with_the_letter_of_and_stays_whole() -> None:
    assert parties(read_credit("تصوير: محمد وليد")) == [("creator", "محمد وليد")]
    assert parties(read_credit("تصوير: محمد أحمد وليد")) == [("creator", "محمد أحمد وليد")]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        (
            "روى مُصور وكالة “رويترز” العالمية في لبنان، سامي نادر، قصة الصورة التي صورها في المدينة",
            [("agency", "وكالة “رويترز”"), ("creator", "سامي نادر")],
        ),
        (
            "وكشف مصور «الشرق الأوسط» سامي نادر، بعدسته، التي أطلق فلاشها حين المساء",
            [("agency", "الشرق الأوسط"), ("creator", "سامي نادر")],
        ),
        (
            "وهو ألبوم يتألف من 105 صور لمشاهد التقطها عالم الآثار والمستشرق الألماني سامي نادر (1859-1939).",
            [("creator", "سامي نادر")],
        ),
        ("هذه الصورة للمدينة التقطها طبيب العيون العراقي عبد الله نادر اثناء اداء فريضة الحج", [("creator", "عبد الله نادر")]),
        ("الميدالية عن صورة في المسابقة، التقطها الناصر لشبل وأمه في محمية في كينيا.", [("creator", "الناصر")]),
        ("شارك المصور الصحفي، سامي نادر صورة مؤثرة من المدينة القديمة في السودان", [("creator", "سامي نادر")]),
        ("قتل مصور رويترز سامي نادر في قصف على المدينة.", [("agency", "رويترز")]),
    ],
)
def test_a_photographer_is_named_behind_his_agency_where_a_picture_is_spoken_of(caption: str, expected: Parties) -> None:
    assert parties(find_credits_in_caption(caption)) == expected


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("بدوره، وثق المصور السعودي سامي نادر عبر عدسة الكاميرا من السماء مشاهد للمدينة", [("creator", "سامي نادر")]),
        ("صورة مؤلمة التقطها مصور لوكالة رويترز، ظهر فيها رجل محاصر تحت سيارة", [("agency", "رويترز")]),
    ],
)
def test_what_the_sentence_goes_on_with_is_no_name(caption: str, expected: Parties) -> None:
    assert parties(find_credits_in_caption(caption)) == expected
