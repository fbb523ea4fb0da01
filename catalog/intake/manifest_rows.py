"""One row of a manifest, and the item that it becomes: the meaning of every column, whatever the file's syntax."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from catalog.errors import ManifestError
from catalog.intake.cells import base64_of
from catalog.intake.folder import walk
from catalog.intake.interface import IntakeRequest
from catalog.intake.manifest_files import manifest_of
from catalog.intake.paths import find_file, printable, sidecar_of
from catalog.records.intake import IntakeItem, Problem, Unlisted
from catalog.records.partial_date import PartialDate
from catalog.records.publication import Caption, Credit, Publication
from catalog.records.text import RecordedText

FILE_COLUMN = "file"
CAPTION_COLUMNS = ("caption", "headline", "alt_text", "note")
CREDIT_COLUMNS = ("credit_line", "creator", "iptc_source", "rights")
OTHER_COLUMNS = ("publisher", "url", "published_at", "date_created", "location", "first_seen_at", "carrier")
KNOWN_COLUMNS = frozenset({FILE_COLUMN, *CAPTION_COLUMNS, *CREDIT_COLUMNS, *OTHER_COLUMNS})
_STATED_LANGUAGE = re.compile(r"caption\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)")  # BCP 47 without its rare singletons
# A sentence about columns names so many, and so many characters of each.
_NAMES_SHOWN, _NAME_SHOWN = 20, 80
# Made once; a flat object of texts has no circle to look for.
_write_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """Hold one row: the physical line it starts on, its cells that are not blank in order, and the whole row as JSON text.

    A column stands more than once where a JSON value was a list.
    """

    line: int
    cells: tuple[tuple[str, RecordedText], ...]
    raw_row: str
    problem: Problem | None = None
    warnings: tuple[str, ...] = ()


def is_known(column: str) -> bool:
    """Tell whether the manifest gives a column a meaning; others are kept as extras."""
    return column in KNOWN_COLUMNS or _STATED_LANGUAGE.fullmatch(column) is not None


def doubled_names(names: Sequence[str]) -> str:
    """Name what stands more than once, empty when nothing does; of many the first ones, of a long name its start."""
    doubled = sorted(name for name, times in Counter(names).items() if times > 1)
    return ", ".join(name[:_NAME_SHOWN] for name in doubled[:_NAMES_SHOWN])


def raw_row_of(cells: Iterable[tuple[str, RecordedText]]) -> str:
    """Return a row as one JSON object; a cell that is not valid UTF-8 stands as base64 under `<column>_base64`."""
    row: dict[str, str] = {}
    for column, cell in cells:
        try:
            row[column] = cell.raw.decode("utf-8")
        except UnicodeDecodeError:
            row[f"{column}_base64"] = base64_of(cell.raw)
    return _write_json(row)


def items_of(rows: Iterable[ManifestRow], manifest: Path, request: IntakeRequest) -> Iterator[IntakeItem | Unlisted]:
    """Turn rows into items and, at the end, name the files that no row lists."""
    listed: set[str] = set()
    for row in rows:
        item, file_path = _item_of(row, manifest, request)
        if file_path:
            listed.add(file_path)
        yield item
    unlisted = tuple(_unlisted(listed, manifest, request))
    if unlisted:
        yield Unlisted(unlisted)


def unreadable_manifest(error: ManifestError, request: IntakeRequest) -> IntakeItem:
    """Return the one item that a manifest becomes which cannot be read: refused, as are all its rows."""
    manifest = manifest_of(request)
    return IntakeItem(
        item=printable(str(manifest)) if error.row is None else f"{printable(manifest.name)}:{error.row}",
        path=None,
        root=manifest.parent,
        source_path=printable(manifest.name),
        publication=_publication((), request),
        problem=Problem(error.code, printable(str(error))),
    )


def _item_of(row: ManifestRow, manifest: Path, request: IntakeRequest) -> tuple[IntakeItem, str]:
    root = manifest.parent
    name = os.fsdecode(next((cell.raw for column, cell in row.cells if column == FILE_COLUMN), b""))
    file_path = PurePosixPath(name).as_posix() if name else ""
    path, problem = (None, row.problem) if row.problem else find_file(root, name, request.max_file_bytes)
    warnings = dict.fromkeys(row.warnings)
    if any(not _is_utf8(cell) for _, cell in row.cells):
        warnings["text_not_utf8"] = None
    item = IntakeItem(
        item=f"{printable(manifest.name)}:{row.line}",
        path=path,
        root=root,
        source_path=printable(file_path),
        publication=_publication(row.cells, request),
        raw_row=row.raw_row,
        sidecar=sidecar_of(path) if path else None,
        problem=problem,
        warnings=tuple(warnings),
    )
    return item, file_path


def _publication(cells: tuple[tuple[str, RecordedText], ...], request: IntakeRequest) -> Publication:
    first: dict[str, RecordedText] = {}
    captions: list[Caption] = []
    extras: list[tuple[str, str]] = []
    for column, cell in cells:
        language = _STATED_LANGUAGE.fullmatch(column)
        if language:
            captions.append(Caption("caption", cell, language[1]))
        elif column in CAPTION_COLUMNS:
            captions.append(Caption(column, cell, None))
        elif column not in KNOWN_COLUMNS:
            extras.extend(_extras(column, cell))
        else:
            first.setdefault(column, cell)

    def date(column: str) -> PartialDate | None:
        return PartialDate.parse(first[column].text, request.assumed_zone) if column in first else None

    return Publication(
        publisher=first.get("publisher") or (RecordedText.from_text(request.publisher) if request.publisher else None),
        url=first.get("url"),
        published_at=date("published_at"),
        carrier=first["carrier"].text if "carrier" in first else None,
        first_seen_at=date("first_seen_at"),
        date_created=date("date_created"),
        location=first.get("location"),
        captions=tuple(captions),
        credits=tuple(Credit(column, cell) for column, cell in cells if column in CREDIT_COLUMNS),
        extras=tuple(extras),
    )


def _extras(column: str, cell: RecordedText) -> Iterator[tuple[str, str]]:
    """Yield an extra as shown and, where showing it changed it, its bytes beside it."""
    yield column, cell.text
    if cell.text.encode("utf-8") != cell.raw:
        yield f"{column}_base64", base64_of(cell.raw)


def _is_utf8(cell: RecordedText) -> bool:
    try:
        cell.raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unlisted(listed: set[str], manifest: Path, request: IntakeRequest) -> Iterator[str]:
    root = manifest.parent.resolve()
    folder = request.path if request.path.is_dir() else manifest.parent
    is_inside = folder.resolve().is_relative_to(root)
    # A folder elsewhere lists nothing of this manifest's; its files are named as they were given.
    prefix = PurePosixPath(folder.resolve().relative_to(root)) if is_inside else PurePosixPath(folder)
    for path in walk(folder):
        relative = (prefix / path.relative_to(folder)).as_posix()
        if not is_inside or (relative not in listed and relative != manifest.name):
            yield printable(relative)
