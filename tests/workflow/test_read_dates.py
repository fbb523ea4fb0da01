from __future__ import annotations

from datetime import UTC, datetime

import pytest

from catalog.records.partial_date import PartialDate
from catalog.records.publication import Publication
from catalog.workflow.read_dates import DATE_FAULTS, fault_of_date, warnings_of_dates, with_read_dates


def publication(published: str) -> Publication:
    return Publication(None, None, PartialDate.parse(published), None, None, None, None, (), (), ())


def test_a_date_written_in_words_is_read_and_its_text_kept() -> None:
    date = with_read_dates(publication("2 января 2017"), None).published_at
    assert date is not None
    assert (date.raw, date.edtf) == ("2 января 2017", "2017-01-02")


def test_a_date_that_was_read_is_left_alone() -> None:
    stated = publication("2017-01-02T03:04:05Z")
    assert with_read_dates(stated, "Europe/Moscow") == stated


def test_what_is_no_date_stays_unread() -> None:
    date = with_read_dates(publication("yesterday"), None).published_at
    assert date is not None
    assert not date.is_read


@pytest.mark.parametrize(
    ("published", "codes"),
    [
        ("2017-01-02", ()),
        ("2 января 2017", ()),
        ("2026-11-28", ()),
        ("2026-11-29", ()),  # it has begun already where clocks are fourteen hours ahead
        ("2026-11-30", ("date_in_future",)),
        ("2026-11-28T15:00:00Z", ("date_in_future",)),
        ("2027", ("date_in_future",)),
        ("2017-02-30", ("date_not_read",)),
        ("some day", ("date_not_read",)),
        ("1017-01-02", ("date_before_photography",)),
        ("1826", ()),
    ],
)
def test_a_date_that_cannot_be_right_is_named(published: str, codes: tuple[str, ...]) -> None:
    assert warnings_of_dates(publication(published), None, datetime(2026, 11, 28, 12, tzinfo=UTC)) == codes


def test_a_day_before_photography_is_kept_as_text_and_leads_no_chain() -> None:
    date = with_read_dates(publication("1017-01-02"), None).published_at
    assert date is not None
    assert (date.raw, date.is_read) == ("1017-01-02", False)


def test_an_old_thing_may_be_dated_before_photography() -> None:
    stated = Publication(None, None, None, None, None, PartialDate.parse("1750"), None, (), (), ())
    assert warnings_of_dates(stated, None, datetime(2026, 11, 28, tzinfo=UTC)) == ()
    assert with_read_dates(stated, None) == stated


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2017-01-02", None), ("2026-11", None), ("2 января 2017", None), ("2027-01-01", "date_in_future"),
        ("1017-01-02", "date_before_photography"),
        ("2017-02-30", "date_not_in_calendar"), ("31.02.2017", "date_not_in_calendar"),
        ("2017:13:01 10:00:00", "date_not_in_calendar"),
        ("spring 2019", "date_not_read"), ("yesterday", "date_not_read"), ("12345-1", "date_not_read"),
    ],
)  # fmt: skip
def test_each_way_in_which_a_date_is_wrong_has_its_code(text: str, code: str | None) -> None:
    now = datetime(2026, 11, 28, 12, tzinfo=UTC)
    date = with_read_dates(publication(text), None).published_at
    assert fault_of_date(date, now) == code
    assert code is None or code in DATE_FAULTS


def test_no_date_has_no_fault_and_an_old_thing_in_a_picture_neither() -> None:
    now = datetime(2026, 11, 28, tzinfo=UTC)
    assert fault_of_date(None, now) is None
    assert fault_of_date(PartialDate.parse("1017-01-02"), now) is None
