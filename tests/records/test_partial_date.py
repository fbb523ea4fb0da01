from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records.partial_date import PartialDate, place_in_time


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


def test_what_is_stated_to_the_minute_comes_before_a_day_that_it_may_lie_in_and_what_has_no_date_comes_last() -> None:
    stated = ["2019-05-03T18:00:00+02:00", "2019-05-04", "2019-05", "2019", "some day"]
    dates = [*map(PartialDate.parse, stated), None]
    assert sorted([*dates[3:], *dates[:3]], key=place_in_time)[:4] == dates[:4]
    assert {place_in_time(date) for date in dates[4:]} == {max(map(place_in_time, dates))}


STATED = st.builds(
    lambda moment, letters, zone: moment.isoformat(timespec="seconds")[:letters] + (zone if letters > 10 else ""),
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(1990, 3, 1)),  # noqa: DTZ001
    st.sampled_from([4, 7, 10, 16, 19]),
    st.sampled_from(["", "Z", "+02:00", "-11:00"]),
)


@given(STATED, STATED)
def test_what_is_surely_before_comes_first(one: str, other: str) -> None:
    first, second = PartialDate.parse(one), PartialDate.parse(other)
    assert not first.is_before(second) or place_in_time(first) < place_in_time(second)


@given(st.text())
def test_any_text_is_kept_as_it_was(raw: str) -> None:
    assert PartialDate.parse(raw).raw == raw
