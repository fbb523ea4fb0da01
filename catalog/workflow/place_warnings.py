"""Tell in which columns of its row a warning of an import stands, from the row as it was read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from catalog.intake.csv_layout import column_meant
from catalog.intake.manifest_rows import is_known
from catalog.records.partial_date import PartialDate
from catalog.records.publication import Publication
from catalog.workflow.read_dates import warnings_of_dates

DATE_COLUMNS = ("published_at", "first_seen_at", "date_created")
_NOT_UTF8 = "_base64"


def columns_of_warning(code: str, raw_row: str | None, at: datetime) -> tuple[str, ...]:
    """Return the columns as they are printed, none where the warning is of the whole row or of the file, or nobody can tell.

    `raw_row` is the row as JSON text, as the record of an import keeps it; `at` is the moment of the import.
    """
    row = _read_row(raw_row)
    if code == "text_not_utf8":
        return tuple(name.removesuffix(_NOT_UTF8) for name in row if name.endswith(_NOT_UTF8))
    if code == "value_not_text":
        return tuple(name for name, value in row.items() if is_known(column_meant(name)) and not isinstance(value, str))
    if code == "column_name_corrected":
        return tuple(name for name in row if column_meant(name) != name)
    return tuple(
        name
        for name, value in row.items()
        if column_meant(name) in DATE_COLUMNS and isinstance(value, str) and code in _odd(column_meant(name), value, at)
    )


def _odd(column: str, value: str, at: datetime) -> tuple[str, ...]:
    stated = {column: PartialDate.parse(value)} if value.strip() else {}
    alone = Publication(
        None, None, stated.get("published_at"), None, stated.get("first_seen_at"), stated.get("date_created"), None, (), (), ()
    )
    return warnings_of_dates(alone, None, at)


def _read_row(raw_row: str | None) -> Mapping[str, object]:
    try:
        row = json.loads(raw_row) if raw_row else {}
    except ValueError:
        # A line of a manifest that is no JSON is kept as it was read.
        return {}
    return row if isinstance(row, dict) else {}
