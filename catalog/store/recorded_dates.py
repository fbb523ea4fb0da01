"""A partial date, read from the five columns that keep it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause

from catalog.records.partial_date import PartialDate

PARTS = ("raw", "edtf", "from", "to", "zone")


def date_columns(table: FromClause, name: str) -> list[ColumnElement[Any]]:
    """Return the five columns of a partial date."""
    return [table.c[f"{name}_{part}"] for part in PARTS]


def read_date(row: Mapping[Any, Any], name: str) -> PartialDate | None:
    """Build a partial date from a row's mapping, None when nothing was stated."""
    raw, edtf, earliest, latest, zone = (row[f"{name}_{part}"] for part in PARTS)
    return None if raw is None else PartialDate(raw, edtf, _moment(earliest), _moment(latest), zone)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
