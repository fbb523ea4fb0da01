from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records.partial_date import PartialDate


@pytest.mark.parametrize(
    ("raw", "edtf", "zone"),
    [
        ("2017", "2017", "unknown"),
        ("2017-01", "2017-01", "unknown"),
        ("2017-01-02", "2017-01-02", "unknown"),
        ("20170102", "2017-01-02", "unknown"),
        ("2017:01:02 03:04:05", "2017-01-02T03:04:05", "unknown"),
        ("2017-01-02T03:04:05Z", "2017-01-02T03:04:05Z", "stated"),
        ("2017-01-02 03:04+03:00", "2017-01-02T03:04:00+03:00", "stated"),
        ("2020-05-05T10:11:12.5+0530", "2020-05-05T10:11:12+05:30", "stated"),
    ],
)
def test_dates_are_read_with_the_precision_they_state(raw: str, edtf: str, zone: str) -> None:
    date = PartialDate.parse(raw)
    assert (date.edtf, date.zone, date.raw) == (edtf, zone, raw)


@pytest.mark.parametrize("raw", ["", "yesterday", "2017-13-01", "2017-02-30", "0000", "2017-1-2", "02.03.2024"])
def test_what_is_no_date_is_kept_unread(raw: str) -> None:
    date = PartialDate.parse(raw)
    assert date.raw == raw
    assert date.edtf is None
    assert not date.is_read


def test_without_a_zone_the_bounds_cover_every_zone_on_earth() -> None:
    date = PartialDate.parse("2017-01-02")
    assert date.earliest == datetime(2017, 1, 1, 10, tzinfo=UTC)
    assert date.latest == datetime(2017, 1, 3, 11, 59, 59, 999_999, tzinfo=UTC)


def test_an_assumed_zone_narrows_the_bounds_and_is_named() -> None:
    date = PartialDate.parse("2017-01-02", "Europe/Moscow")
    assert date.zone == "assumed"
    assert date.earliest == datetime(2017, 1, 1, 21, tzinfo=UTC)


def test_before_is_said_only_when_the_bounds_say_so() -> None:
    assert PartialDate.parse("2016").is_before(PartialDate.parse("2018"))
    assert not PartialDate.parse("2017-01-02").is_before(PartialDate.parse("2017-01-03"))
    assert not PartialDate.parse("unknown").is_before(PartialDate.parse("2018"))


@given(st.datetimes(min_value=datetime(2, 1, 2), max_value=datetime(9998, 12, 30)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_the_stated_moment_lies_within_the_bounds(moment: datetime, minutes: int) -> None:
    sign = "-" if minutes < 0 else "+"
    raw = f"{moment:%Y-%m-%dT%H:%M:%S}".rjust(19, "0") + f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    date = PartialDate.parse(raw)
    true = moment.replace(tzinfo=UTC, microsecond=0) - timedelta(minutes=minutes)
    assert date.earliest is not None
    assert date.latest is not None
    assert date.earliest <= true <= date.latest


@given(st.text())
def test_any_text_is_kept_as_it_was(raw: str) -> None:
    assert PartialDate.parse(raw).raw == raw
