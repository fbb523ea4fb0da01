"""Read a table of labelled pairs: two pictures a row, and what they are to each other."""

from __future__ import annotations

import csv
from pathlib import Path

from catalog.errors import LabelsError
from catalog.records.evaluation import LINKED, UNLINKED, LabelledPair

COLUMNS = ("first", "second", "label")


def read_labels(path: Path) -> list[LabelledPair]:
    """Return the pairs of a CSV with the columns `first`, `second` and `label`, in order; other columns are left alone.

    Raises LabelsError, with the row, for what is no such table, for an empty cell and for a label nobody knows.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, strict=True)
            missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
            if missing:
                raise LabelsError(f"{path}: no column {', '.join(missing)}; a header first,second,label is needed", row=1)
            pairs = [_pair(path, table.line_num, row) for row in table]
    except UnicodeDecodeError as error:
        raise LabelsError(f"{path}: not UTF-8; save the table as UTF-8", row=None) from error
    except csv.Error as error:
        raise LabelsError(f"{path}: not a CSV table: {error}", row=None) from error
    if not pairs:
        raise LabelsError(f"{path}: no labelled pair stands below the header", row=1)
    return pairs


def _pair(path: Path, row: int, cells: dict[str, str | None]) -> LabelledPair:
    first, second, label = ((cells[name] or "").strip() for name in COLUMNS)
    if not first or not second:
        raise LabelsError(f"{path}, row {row}: two pictures are needed, by path or by SHA-256", row=row)
    if label not in LINKED + UNLINKED:
        raise LabelsError(f"{path}, row {row}: {label!r} is no label; use one of {', '.join(LINKED + UNLINKED)}", row=row)
    return LabelledPair(row, first, second, label)
