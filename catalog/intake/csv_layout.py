"""How a CSV table is laid out: what parts its cells, and which printed header stands for which column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import ManifestError
from catalog.intake.cells import cell_of
from catalog.intake.manifest_rows import FILE_COLUMN, KNOWN_COLUMNS, doubled_names, is_known

# RFC 4180's comma first; the others are what spreadsheets write where the comma is the decimal sign, and database tools.
DELIMITERS = (",", ";", "\t", "|")
_WORDS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_GAPS = re.compile(r"[\s_-]+")
# What people call the column of files; a sentence names it when there is one such.
_LIKE_A_FILE = re.compile(r"file|image|img|photo|picture|path|файл|ملف", re.IGNORECASE)
_NAMES_SHOWN = 20
_OF_LANGUAGE = re.compile(r"(caption)\s*\.\s*(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold what parts the cells, the header as printed, the column that each header means, and warnings of what was assumed."""

    delimiter: str
    printed: tuple[str, ...]
    columns: tuple[str, ...]
    warnings: tuple[str, ...]


def layout_of(manifest: Path, headers: Mapping[str, Sequence[str]], line: int) -> Layout:
    """Choose the one reading of a header that has the column `file`; `headers` holds its cells by delimiter.

    Nothing is guessed: the comma is taken as it is, another sign only where no other reading has the column, with the warning
    `delimiter_not_comma`. A known column in other letters or with blanks is taken for it with `column_name_corrected`. Raises
    ManifestError: `no_file_column`, `ambiguous_delimiter`, `duplicate_column`.
    """
    readings = {delimiter: _names(cells) for delimiter, cells in headers.items()}
    found = {delimiter: names for delimiter, names in readings.items() if FILE_COLUMN in _columns(names)}
    if len(set(found.values())) > 1:
        signs = " and by ".join(_WORDS[delimiter] for delimiter in found)
        raise _refused(
            manifest, line, "ambiguous_delimiter",
            f"the header has a column `{FILE_COLUMN}` when parted by {signs}; part it by commas and put other signs in quotes",
        )  # fmt: skip
    if not found:
        printed = readings[DELIMITERS[0]][:_NAMES_SHOWN]
        likely = [name for name in printed if _LIKE_A_FILE.search(name)]
        right = f"`{likely[0]}`" if len(likely) == 1 else "the column that names the picture of each row"
        raise _refused(
            manifest, line, "no_file_column",
            f"the header has no column `{FILE_COLUMN}`; it has {', '.join(printed)}; rename {right} to `{FILE_COLUMN}`",
        )  # fmt: skip
    delimiter, printed = next(iter(found.items()))
    columns = _columns(printed)
    for doubled in (doubled_names(printed), doubled_names([column for column in columns if is_known(column)])):
        if doubled:
            raise _refused(manifest, line, "duplicate_column", f"the header names {doubled} more than once; rename or remove one")
    warnings = (("delimiter_not_comma", delimiter != DELIMITERS[0]), ("column_name_corrected", columns != printed))
    return Layout(delimiter, printed, columns, tuple(code for code, is_so in warnings if is_so))


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell_of(cell).text or f"column_{place}" for place, cell in enumerate(cells, start=1))


def _columns(printed: Sequence[str]) -> tuple[str, ...]:
    """Return what each printed name means; one that is right already keeps another one that looks like it from its place."""
    return tuple(name if is_known(name) or (meant := column_meant(name)) in printed else meant for name in printed)


def column_meant(name: str) -> str:
    """Return the known column that a printed header means, in other letters or with blanks; the header itself when it is none."""
    spoken = _OF_LANGUAGE.fullmatch(name.strip())
    if spoken and is_known(loose := f"{spoken[1].lower()}.{spoken[2]}"):
        return loose
    loose = _GAPS.sub("_", name.strip().casefold())
    return loose if loose in KNOWN_COLUMNS else name


def _refused(manifest: Path, line: int, code: str, why: str) -> ManifestError:
    return ManifestError(f"{manifest}: line {line}: {why}", code=code, path=str(manifest), row=line)
