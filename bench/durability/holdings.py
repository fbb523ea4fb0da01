"""What a catalogue holds, told so that two catalogues can be compared, and what lies in an instance that should not."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# What is of one run, and not of the photos: two imports that were cut differently differ in it.
_OF_RUNS = {"event", "import_run", "import_item", "attestation", "retraction", "inquiry", "alembic_version"}
_OF_MOMENTS = {"id", "event_sequence", "first_stored_at", "drawing_seconds"}
_EXPECTED = re.compile(
    r"catalog\.sqlite(-wal|-shm|\.writer)?|secret|staging/guard|arrays/[\w-]+\.bin|index/[\w./-]+"
    r"|originals/([0-9a-f]{2})/(?P<original>\2[0-9a-f]{62})|previews/([0-9a-f]{2})/(?P<preview>\4[0-9a-f]{62})\.jpg"
)
# The later stored photo of a pair is its query, so these rows do not tell in which order photos came.
_WITHOUT_ORDER = {
    "photo",
    "publication",
    "publication_statement",
    "caption",
    "credit",
    "file_metadata",
    "rendition",
    "descriptor",
}

Contents = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Harm:
    """Count what went wrong; all of it must be nothing.

    `lost`: acknowledged photos whose row or bytes are gone. `without_bytes`: rows whose original is missing or altered.
    `unexplained`: originals that neither a row nor an announcement explains. `doubled` and `missing`: rows against an import that
    nothing disturbed. `left_over`: files that nothing explains. `damaged`: databases that do not open or fail SQLite's own check.
    """

    lost: int = 0
    without_bytes: int = 0
    unexplained: int = 0
    doubled: int = 0
    missing: int = 0
    left_over: int = 0
    damaged: int = 0

    def __add__(self, other: Harm) -> Harm:
        return Harm(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


def harm_to(instance: Path, acknowledged: Mapping[str, str], expected: Contents | None = None, *, in_order: bool = True) -> Harm:
    """Look at an instance at rest; with `expected` it must hold exactly that and no file beside. Nothing in it is changed.

    Where photos were not stored `in_order`, what depends on the order is not compared.
    """
    if not (instance / "catalog.sqlite").exists():
        return Harm(lost=len(acknowledged), missing=0 if expected is None else expected.total())
    try:
        with opened_copy(instance) as database:
            return _harm(database, instance, acknowledged, expected, in_order=in_order)
    except sqlite3.DatabaseError:
        return Harm(lost=len(acknowledged), damaged=1)


@contextmanager
def opened_copy(instance: Path) -> Iterator[sqlite3.Connection]:
    """Open a copy of an instance's database: opening one after a crash mends it, and that is for the next command to do."""
    with TemporaryDirectory(dir=instance.parent) as folder:
        for name in ("catalog.sqlite", "catalog.sqlite-wal"):
            if (instance / name).exists():
                shutil.copyfile(instance / name, Path(folder, name))
        with closing(sqlite3.connect(Path(folder, "catalog.sqlite"))) as database:
            yield database


def evidence_in(contents: Contents) -> Contents:
    """Return what does not depend on the order in which photos were stored."""
    return Contents({(table, digest): count for (table, digest), count in contents.items() if table in _WITHOUT_ORDER})


def contents_of(instance: Path) -> Contents:
    """Tell everything an instance holds but for what belongs to runs and moments, with row numbers replaced by what they mean."""
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database:
        return _contents(database, instance)


def _harm(
    database: sqlite3.Connection, instance: Path, acknowledged: Mapping[str, str], expected: Contents | None, *, in_order: bool
) -> Harm:
    damaged = database.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
    has_photos = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'photo'").fetchone()
    rows = {row[0] for row in database.execute("SELECT sha256 FROM photo")} if has_photos else set()
    sound = {sha256 for sha256 in rows if _is_sound(instance / "originals" / sha256[:2] / sha256, sha256)}
    lost = len({sha256 for sha256 in acknowledged.values() if sha256 not in sound})
    announced = {path.name for path in (instance / "arriving").glob("*")}
    unexplained = {path.name for path in (instance / "originals").glob("*/*")} - rows - announced
    harm = Harm(lost=lost, without_bytes=len(rows - sound), unexplained=len(unexplained), damaged=int(damaged))
    if expected is None or damaged:
        return harm
    held = _contents(database, instance) if has_photos else Contents()
    if not in_order:
        held, expected = evidence_in(held), evidence_in(expected)
    return harm + Harm(
        doubled=(held - expected).total(), missing=(expected - held).total(), left_over=len(left_over_in(instance, rows))
    )


def left_over_in(instance: Path, photos: set[str]) -> list[str]:
    """Return the files of an instance that no photo and nothing else explains."""
    found = []
    for path in sorted(path for path in instance.rglob("*") if not path.is_dir()):
        name = str(path.relative_to(instance))
        told = _EXPECTED.fullmatch(name)
        of_photo = told and (told["original"] or told["preview"])
        if not told or (of_photo and of_photo not in photos):
            found.append(name)
    return found


def _is_sound(path: Path, sha256: str) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _contents(database: sqlite3.Connection, instance: Path) -> Contents:
    database.row_factory = sqlite3.Row
    listed = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    names = [row[0] for row in listed]
    told = _Telling(database, instance)
    return Contents(
        (name, told.digest(name, row))
        for name in names
        if name not in _OF_RUNS and not name.startswith(("photo_words", "photo_letters"))
        for row in database.execute(f"SELECT rowid AS _row, * FROM {name}")
    )


class _Telling:
    """Tell rows by what they say instead of by their numbers."""

    def __init__(self, database: sqlite3.Connection, instance: Path) -> None:
        self._database, self._arrays = database, instance / "arrays"
        self._references: dict[str, dict[str, str]] = {}
        self._digests: dict[tuple[str, int], str] = {}

    def digest(self, table: str, row: Mapping[str, Any]) -> str:
        number = row["_row"]
        if (table, number) not in self._digests:
            self._digests[table, number] = hashlib.sha256(repr(self._said(table, row)).encode()).hexdigest()
        return self._digests[table, number]

    def _said(self, table: str, row: Mapping[str, Any]) -> list[tuple[str, object]]:
        references = self._referred(table)
        if table == "standing":
            return [("kind", row["kind"]), ("subject", self._digest_of(row["kind"], row["subject_id"]))]
        said: list[tuple[str, object]] = []
        for name in row.keys():  # noqa: SIM118 – a row of sqlite3 yields its values
            value = row[name]
            if name in {"_row", *_OF_MOMENTS, "array_offset"} and not (name == "id" and isinstance(value, str)):
                continue
            said.append((name, value if name not in references or value is None else self._digest_of(references[name], value)))
        if table == "descriptor" and row["array_offset"] is not None:
            packed = (self._arrays / f"{row['algorithm']}-{row['version']}.bin").read_bytes()
            part = packed[row["array_offset"] : row["array_offset"] + row["array_length"]]
            said.append(("packed", hashlib.sha256(part).hexdigest()))
        return said

    def _digest_of(self, table: str, number: object) -> str:
        rows = self._database.execute(f"SELECT rowid AS _row, * FROM {table} WHERE {self._key(table)} = ?", (number,))
        return self.digest(table, rows.fetchone())

    def _key(self, table: str) -> str:
        return next(str(row[1]) for row in self._database.execute(f"PRAGMA table_info({table})") if row[5])

    def _referred(self, table: str) -> dict[str, str]:
        if table not in self._references:
            listed = self._database.execute(f"PRAGMA foreign_key_list({table})")
            self._references[table] = {row["from"]: row["table"] for row in listed} | (
                {"through_photo_id": "photo"} if table == "stage" else {}
            )
        return self._references[table]
