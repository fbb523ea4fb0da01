"""Dates are written no more precisely than they are known."""

from __future__ import annotations

import pytest
from flask import Flask

from catalog.gallery.dates_view import (
    date_note,
    machine_date,
    written_date,
    written_moment,
    written_number,
    written_share,
    written_size,
    written_sureness,
    written_zone,
)
from catalog.records.partial_date import PartialDate


@pytest.mark.parametrize(
    ("language", "stated", "written"),
    [
        ("en", "2017", "2017"), ("en", "2017-01", "Jan 2017"), ("en", "2017-01-02", "2 Jan 2017"),
        ("en", "2017-01-02T09:30:00+03:00", "2 Jan 2017, 09:30"), ("en", "spring 2019", "spring 2019"),
        ("ru", "2017-01-02", "2 янв. 2017"), ("uk", "2017-01-02", "2 січ. 2017"),
        ("ar", "2017-01-02", "2 يناير 2017"), ("ar", "2017-01-02T09:30:00Z", "2 يناير 2017، 09:30"),
    ],
)  # fmt: skip
def test_a_date_is_written_at_its_own_precision(app: Flask, language: str, stated: str, written: str) -> None:
    with app.test_request_context(f"/?lang={language}"):
        assert written_date(PartialDate.parse(stated)) == written


def test_a_date_that_nobody_stated_is_nothing(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert written_date(None) == machine_date(None) == date_note(None) == ""


@pytest.mark.parametrize(
    ("stated", "zone", "note"),
    [("2017-01-02", None, ""), ("2017-01-02T09:30:00Z", None, "zone stated"),
     ("2017-01-02T09:30:00", "Europe/Kyiv", "zone assumed"),
     ("2017-01-02T09:30:00", None, "zone unknown"), ("spring", None, "as stated; could not be read as a date")],
)  # fmt: skip
def test_how_sure_a_date_is_stands_beside_it(app: Flask, stated: str, zone: str | None, note: str) -> None:
    with app.test_request_context("/?lang=en"):
        assert date_note(PartialDate.parse(stated, zone)) == note


@pytest.mark.parametrize(
    ("language", "stated", "assumed", "zone"),
    [
        ("en", "2017-01-02T09:30:00+03:00", None, "UTC+3"), ("en", "2017-01-02T09:30:00Z", None, "UTC"),
        ("en", "2017-01-02T09:30:00-05:30", None, "UTC-5:30"), ("en", "2017-01-02T09:30:00+11:00", None, "UTC+11"),
        ("en", "2017-01-02T09:30:00", None, "zone unknown"), ("en", "2017-01-02T09:30:00", "Europe/Kyiv", "zone assumed"),
        ("ru", "2017-01-02T09:30:00", None, "часовой пояс неизвестен"),
        ("ar", "2017-01-02T09:30:00", None, "المنطقة الزمنية مجهولة"),
        ("en", "2017-01-02", None, ""), ("en", "spring 2019", None, ""),
    ],
)  # fmt: skip
def test_the_zone_of_a_time_stands_beside_it(app: Flask, language: str, stated: str, assumed: str | None, zone: str) -> None:
    with app.test_request_context(f"/?lang={language}"):
        assert written_zone(PartialDate.parse(stated, assumed)) == zone


def test_numbers_are_written_as_the_reader_writes_them(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert (written_number(1204), written_share(0.62)) == ("1,204", "62%")
        sizes = [written_size(size).striptags() for size in (900, 12_000, 1_536_000)]
        assert sizes == ["900 B", "12 kB", "1.5 MB"]
        assert all(written_size(size).startswith('<bdi dir="ltr">') for size in (900, 12_000, 1_536_000))
        assert written_moment("2026-11-22T10:00:00.000000Z") == "22 Nov 2026, 10:00:00 UTC"
    with app.test_request_context("/?lang=ru"):
        assert written_number(1204) == "1\u00a0204"


def test_what_is_not_proved_is_never_a_hundred_per_cent(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert written_sureness(0.9999) == "> 99%"
        assert written_sureness(0.93) == "93%"
