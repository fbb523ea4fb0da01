"""Read the dates of a publication that its reader could only keep as text."""

from __future__ import annotations

from dataclasses import replace

from catalog.captions.dates import read_date_text
from catalog.records.partial_date import PartialDate
from catalog.records.publication import Publication


def with_read_dates(stated: Publication, assumed_zone: str | None) -> Publication:
    """Return the publication with dates read that are written in words ("2 января 2017"); the raw text stays what it was."""
    return replace(
        stated,
        published_at=_read(stated.published_at, assumed_zone),
        first_seen_at=_read(stated.first_seen_at, assumed_zone),
        date_created=_read(stated.date_created, assumed_zone),
    )


def _read(date: PartialDate | None, assumed_zone: str | None) -> PartialDate | None:
    return date if date is None or date.is_read else read_date_text(date.raw, assumed_zone)
