"""Read the dates of a publication that its reader could only keep as text, and name those that cannot be right."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from catalog.captions.dates import read_date_text
from catalog.records.partial_date import PartialDate
from catalog.records.publication import Publication

# The oldest photograph that is kept, Niépce's view from his window at Le Gras, is of 1826 or 1827 (Harry Ransom Center).
FIRST_PHOTOGRAPH = datetime(1826, 1, 1, tzinfo=UTC)
DATE_FAULTS = ("date_in_future", "date_before_photography", "date_not_in_calendar", "date_not_read")
# Year, month and day in digits, in either order, with or without a time behind them.
_DAY_FORM = re.compile(r"(?:\d{4}([-:./]?)\d{2}\1\d{2}|\d{1,2}([-./])\d{1,2}\2\d{4})(?:[T ]\d{1,2}:?\d{2}.{0,20})?")


def with_read_dates(stated: Publication, assumed_zone: str | None) -> Publication:
    """Return the publication with dates read that are written in words ("2 января 2017"); the raw text stays what it was.

    A day before photography, on which no photo can have been shown, is left unread, so that it leads no chain.
    """
    return replace(
        stated,
        published_at=_shown(_read(stated.published_at, assumed_zone)),
        first_seen_at=_shown(_read(stated.first_seen_at, assumed_zone)),
        date_created=_read(stated.date_created, assumed_zone),
    )


def warnings_of_dates(stated: Publication, assumed_zone: str | None, now: datetime) -> tuple[str, ...]:
    """Return the codes of what is odd about the dates of a publication, each once.

    They are `date_not_read`, `date_before_photography` and `date_in_future`: a date lies in the future when it has begun nowhere
    on Earth at `now`.
    """
    shown = [_read(date, assumed_zone) for date in (stated.published_at, stated.first_seen_at)]
    dates = [*shown, _read(stated.date_created, assumed_zone)]
    warnings = (
        ("date_not_read", any(date is not None and not date.is_read for date in dates)),
        ("date_before_photography", any(_is_before_photography(date) for date in shown)),
        ("date_in_future", any(_is_in_future(date, now) for date in dates)),
    )
    return tuple(code for code, is_so in warnings if is_so)


def fault_of_date(date: PartialDate | None, now: datetime) -> str | None:
    """Return the code of why a date cannot be right, or could not be read, None where nothing speaks against it.

    It is one of DATE_FAULTS. A text in the form of a day that no calendar has (30 February) is told from one that is no date.
    """
    if date is None:
        return None
    if date.is_read:
        return "date_in_future" if _is_in_future(date, now) else None
    if _is_before_photography(_read(PartialDate.parse(date.raw), None)):
        return "date_before_photography"
    return "date_not_in_calendar" if _DAY_FORM.fullmatch(date.raw.strip()) else "date_not_read"


def _is_in_future(date: PartialDate | None, now: datetime) -> bool:
    return date is not None and date.earliest is not None and date.earliest > now


def _read(date: PartialDate | None, assumed_zone: str | None) -> PartialDate | None:
    return date if date is None or date.is_read else read_date_text(date.raw, assumed_zone)


def _shown(date: PartialDate | None) -> PartialDate | None:
    return PartialDate.unread(date.raw) if date is not None and _is_before_photography(date) else date


def _is_before_photography(date: PartialDate | None) -> bool:
    return date is not None and date.latest is not None and date.latest < FIRST_PHOTOGRAPH
