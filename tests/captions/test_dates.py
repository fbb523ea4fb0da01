from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.captions.calendar_words import months
from catalog.captions.dates import MENTION_KINDS, find_dates, read_date_text
from tests.growth import is_linear

ROWS = list(csv.DictReader(Path(__file__).with_name("dates.csv").read_text("utf-8").splitlines()))
PIECES = (
    "2|12|31|2017|٢٠١٧|٢|January|May.|мая|лютого|آذار|كانون|الثاني|رمضان|من"
    "|-|/|.|,|:|14:35|года|in|в|عام|today|FILE|st|PM|UTC|+03"
)
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES.split("|")), max_size=12).map(" ".join))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:30] for row in ROWS])
def test_the_dates_of_a_caption_are_found_where_they_stand(row: dict[str, str]) -> None:
    found = [
        (mention.text, mention.date.edtf) for mention in find_dates(row["text"]) if mention.kind == "absolute" and mention.date
    ]
    assert found == [tuple(date.split("=")) for date in row["dates"].split(";") if date]


def test_every_month_has_a_name_in_each_language() -> None:
    for number in range(1, 13):
        names = [" ".join(words) for words, month in months().items() if month == number]
        for first, last in (("a", "z"), ("а", "ї"), ("\u0620", "\u064a")):
            assert any(first <= name[0] <= last for name in names)


@pytest.mark.parametrize(
    ("text", "kind", "named"),
    [
        ("LONDON - MAY 06: the parade", "yearless", "MAY 06"),
        ("10 يناير/كانون الثاني الماضي", "yearless", "10 يناير/كانون الثاني"),
        ("seen 2/1/2017", "ambiguous", "2/1/2017"),
        ("взрыв сегодня утром", "relative", "сегодня"),
        ("seen here yesterday", "relative", "yesterday"),
        ("صباح اليوم", "relative", "اليوم"),
        ("15 رمضان 1440", "hijri", "15 رمضان 1440"),
    ],
)
def test_what_is_no_whole_date_is_noted_as_what_it_is(text: str, kind: str, named: str) -> None:
    (mention,) = find_dates(text)
    assert (mention.kind, mention.text) == (kind, named)
    assert (mention.date is None) == (kind != "ambiguous")


def test_the_first_date_of_a_file_photo_is_that_of_the_picture() -> None:
    mentions = find_dates("FILE - In this Feb. 10, 2017 file photo, a street. The truce ended on March 3, 2018.")
    assert [mention.is_of_file for mention in mentions] == [True, False]
    assert not any(mention.is_of_file for mention in find_dates("A street, Feb. 10, 2017."))


@pytest.mark.parametrize(
    ("text", "edtf", "zone", "earliest"),
    [
        ("2 января 2017", "2017-01-02", "assumed", "2017-01-01T22:00:00+00:00"),
        ("2 января 2017, 14:35", "2017-01-02T14:35:00", "assumed", "2017-01-02T12:35:00+00:00"),
        ("14:35, 2 січня 2017", "2017-01-02T14:35:00", "assumed", "2017-01-02T12:35:00+00:00"),
        ("02.01.2017 14:35", "2017-01-02T14:35:00", "assumed", "2017-01-02T12:35:00+00:00"),
        ("January 2, 2017 2:35 PM", "2017-01-02T14:35:00", "assumed", "2017-01-02T12:35:00+00:00"),
        ("Jan 2, 2017, 12:05 a.m. UTC", "2017-01-02T00:05:00Z", "stated", "2017-01-02T00:05:00+00:00"),
        ("Monday, 2 January 2017 14:35 +03:00", "2017-01-02T14:35:00+03:00", "stated", "2017-01-02T11:35:00+00:00"),
        ("Опубликовано: 2 января 2017 г. в 14:35 МСК", "2017-01-02T14:35:00", "stated", "2017-01-02T11:35:00+00:00"),
        ("٢ كانون الثاني ٢٠١٧", "2017-01-02", "assumed", "2017-01-01T22:00:00+00:00"),
        ("تاريخ النشر: 2 يناير 2017", "2017-01-02", "assumed", "2017-01-01T22:00:00+00:00"),
        ("январь 2017", "2017-01", "assumed", "2016-12-31T22:00:00+00:00"),
        ("2017-01-02T14:35Z", "2017-01-02T14:35:00Z", "stated", "2017-01-02T14:35:00+00:00"),
    ],
)
def test_a_date_line_is_read_with_its_time_and_zone(text: str, edtf: str, zone: str, earliest: str) -> None:
    date = read_date_text(text, "Europe/Kyiv")
    assert (date.raw, date.edtf, date.zone) == (text, edtf, zone)
    assert date.earliest is not None
    assert date.earliest.isoformat() == earliest


@pytest.mark.parametrize(
    "text",
    [
        "2/1/2017",
        "yesterday",
        "2 January 2017 and 3 January 2017",
        "5 hours ago",
        "in the year of the flood",
        "31 июня 2017",
        "",
        "May 5",
    ],
)
def test_a_text_that_is_not_one_date_is_kept_unread(text: str) -> None:
    date = read_date_text(text, "Europe/Kyiv")
    assert (date.raw, date.is_read) == (text, False)


@given(TEXTS)
def test_spans_point_at_what_they_name_and_do_not_overlap(text: str) -> None:
    end = 0
    for mention in find_dates(text):
        assert text[slice(*mention.span)] == mention.text
        assert mention.span[0] >= end
        assert mention.kind in MENTION_KINDS
        assert mention.date is None or mention.date.is_read
        end = mention.span[1]


@given(TEXTS)
def test_any_text_is_kept_whole_by_the_date_line_reader(text: str) -> None:
    assert read_date_text(text).raw == text


@pytest.mark.parametrize("piece", ["1 ", "1/", "May ", "2017-", "كانون ", "14:", "a"])
def test_time_does_not_grow_faster_than_the_text(piece: str) -> None:
    def work_on(letters: int) -> Callable[[], object]:
        text = (piece * letters)[:letters]
        return lambda: (find_dates(text), read_date_text(text))

    assert is_linear(work_on, 4_000)
