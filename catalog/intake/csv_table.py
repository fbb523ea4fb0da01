"""Read a manifest that is a CSV table with a header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from catalog.errors import ManifestError
from catalog.intake.cells import cell_of
from catalog.intake.csv_layout import DELIMITERS, Layout, layout_of
from catalog.intake.interface import IntakeRequest
from catalog.intake.manifest_files import manifest_of, open_manifest
from catalog.intake.manifest_rows import ManifestRow, is_known, items_of, raw_row_of
from catalog.records.intake import IntakeItem, Problem, Unlisted

# Longer cells and rows are no captions; a quote that is never closed ends here instead of filling the memory.
MAX_CELL_CHARACTERS = 1024 * 1024
MAX_ROW_CHARACTERS = 4 * MAX_CELL_CHARACTERS
_NAME_SHOWN = 80


class CsvTableReader:
    """Take every row below the header for one publication of the file it names."""

    name = "csv_table"

    def accepts(self, path: Path, manifest: Path | None) -> bool:
        """Take a file whose name ends in `.csv`."""
        return (manifest or path).suffix.lower() == ".csv"

    def count(self, request: IntakeRequest) -> int:
        """Count the rows, without looking at any file they name."""
        manifest = manifest_of(request)
        return sum(1 for _ in islice(_records(manifest, _layout(manifest).delimiter), 1, None))

    def read(self, request: IntakeRequest) -> Iterator[IntakeItem | Unlisted]:
        """Yield an item a row."""
        manifest = manifest_of(request)
        return items_of(_rows(manifest), manifest, request)


class _Lines:
    """Hand physical lines to the CSV parser and know how much of one record it has taken."""

    def __init__(self, text: io.TextIOWrapper, manifest: Path) -> None:
        self.text, self.manifest = text, manifest
        self.number = 0
        self.is_cut = False
        self._taken = 0

    def begin(self) -> int:
        """Begin a record and return the number of its first line."""
        self._taken = 0
        return self.number + 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.text.readline(MAX_ROW_CHARACTERS - self._taken + 1)
        if not line:
            # The parser asks for more inside a record only while a quote is open.
            self.is_cut = self._taken > 0
            raise StopIteration
        self._taken += len(line)
        self.number += 1
        if self._taken > MAX_ROW_CHARACTERS:
            raise _too_large(self.manifest, self.number, f"a row of more than {MAX_ROW_CHARACTERS} characters")
        return line


def _too_large(manifest: Path, line: int, what: str) -> ManifestError:
    return ManifestError(
        f"{manifest}: line {line}: {what}; a quote before it is probably not closed",
        code="cell_too_large",
        path=str(manifest),
        row=line,
    )


@contextmanager
def _opened(manifest: Path) -> Iterator[_Lines]:
    # The limit is one for the whole process; nothing else here parses CSV.
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    with open_manifest(manifest) as opened, io.TextIOWrapper(opened, "utf-8-sig", "surrogateescape", newline="") as text:
        yield _Lines(text, manifest)


def _records(manifest: Path, delimiter: str) -> Iterator[tuple[int, list[str], bool]]:
    """Yield of each record that is not blank its first line, its cells, and whether it ends inside an open quote."""
    with _opened(manifest) as lines:
        parser = csv.reader(lines, delimiter=delimiter)
        while True:
            start = lines.begin()
            try:
                cells = next(parser, None)
            except csv.Error as error:
                raise _too_large(manifest, start, str(error)) from error
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield start, cells, lines.is_cut


def _layout(manifest: Path) -> Layout:
    headers: dict[str, list[str]] = {}
    for delimiter in DELIMITERS:
        try:
            first = next(_records(manifest, delimiter), None)
        except ManifestError:
            # A header without end in one reading may have one in another; read with commas it is refused.
            if delimiter == DELIMITERS[0]:
                raise
            continue
        if first is None:
            raise ManifestError(
                f"{manifest}: holds no header; its first line must name the columns", code="empty_manifest", path=str(manifest)
            )
        line, headers[delimiter], _ = first
    return layout_of(manifest, headers, line)


def _rows(manifest: Path) -> Iterator[ManifestRow]:
    layout = _layout(manifest)
    names = len(layout.printed)
    warnings = layout.warnings
    for start, cells, is_cut in islice(_records(manifest, layout.delimiter), 1, None):
        excess = cells[names:]
        added = tuple(f"column_{place}" for place in range(names + 1, len(cells) + 1))
        recorded = [cell_of(cell) for cell in cells]
        problem = None
        if is_cut:
            # The quote is open in the last cell that was read, which has all that follows in it.
            where = f"line {start}, column `{(*layout.printed, *added)[len(cells) - 1][:_NAME_SHOWN]}`"
            problem = Problem("unclosed_quote", f"{where}: a quote opened here is never closed; close it or double it")
        elif any(cell.strip() for cell in excess):
            problem = Problem(
                "row_too_long",
                f"line {start}: the row has {len(cells)} cells and the header {names}; put text with commas in quotes",
            )
        columns = zip((*layout.columns, *added), recorded, strict=False)
        yield ManifestRow(
            line=start,
            cells=tuple((column, cell) for column, cell in columns if cell.text or (cell.raw and not is_known(column))),
            raw_row=raw_row_of(zip((*layout.printed, *added), recorded, strict=False)),
            problem=problem,
            warnings=(*warnings, *(("row_short",) if len(cells) < names else ())),
        )
        # What was assumed of the whole table is said once, with its first row.
        warnings = ()
