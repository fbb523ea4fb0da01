"""What somebody without respect for our rules may do to a catalogue, one thing at a time, and what must be named for it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Integer, LargeBinary, Table

from catalog.records.event import Event, canonical_json, event_hash
from catalog.records.inquiry import Inquiry
from catalog.records.match import Decision
from catalog.records.metadata import EmbeddedText, MetadataValue
from catalog.records.provenance import ChainDecision
from catalog.records.sources import SourceDecision, SourceName, SourceRecord
from catalog.records.text import RecordedText
from catalog.store.tables.derived import DERIVED
from catalog.store.tables.evidence import EVIDENCE, event
from tests.store.keeping import Keeping
from tests.store.test_intake_rows import stated

Named = tuple[set[tuple[str, str]], str]
ANOTHER = "another"


@dataclass(frozen=True)
class Tampered:
    """Hold one alteration: its kind, what it was, and whether it was named."""

    kind: str
    what: str
    is_named: bool


def everything_kept(folder: Path, items: int) -> None:
    """Keep so many items, with something in every evidence table, and a copy of the whole as it was before the last run."""
    keeping = Keeping(folder)
    run = keeping.begin()
    value = MetadataValue("xmp", "creator", 0, "en", b"Mara", "Mara", "utf-8", "creator")
    text = EmbeddedText("credit", "creator", "xmp", None, RecordedText.from_text("Mara"))
    photos = []
    for number in range(items):
        if number == items // 2:
            keeping.begin()
        published = stated(url=f"https://courier.example/{number}", location="Pskov", language="en")
        photos.append(keeping.keep(b"photo %d" % number, published, metadata=[value], embedded=[text]).photo)
    with keeping.store.write() as change:
        change.finish_run(keeping.run, {"read": items})
        for first, second in zip(photos[::7], photos[1::7], strict=False):
            change.decide(Decision((str(first), str(second)), "reject", "two walls", "editor", "2026-11-22T10:00:00Z"))
            pair = (str(first), str(second))
            change.decide_chain(ChainDecision("derivation", pair, "made_from", "they told us", "editor", "2026-11-22T10:00:01Z"))
            asked = Inquiry("2026-11-22", "editor", "this catalogue", "all photos", "q.jpg", "c" * 64, ({"photo": first},))
            change.inquire(asked)
        change.decide_source(added_source())
        change.undo(run, "wrong folder")
    keeping.close()


def added_source() -> SourceDecision:
    """Return a person's decision that a source be known."""
    record = SourceRecord("new-wire", "agency", (SourceName("New Wire", "en"),))
    return SourceDecision("add", record.id, "they told us", "editor", "2026-11-22T10:00:02Z", record)


@contextmanager
def opened(instance: Path) -> Iterator[sqlite3.Connection]:
    """Open a database as somebody would who has the file: no rule of the schema stands in the way."""
    with closing(sqlite3.connect(instance / "catalog.sqlite", isolation_level=None)) as database:
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute("PRAGMA ignore_check_constraints=ON")
        yield database


def filled(instance: Path) -> list[Table]:
    """Return the evidence tables that hold something."""
    with opened(instance) as database:
        return [one for one in EVIDENCE if database.execute(f"SELECT count(*) FROM {one.name}").fetchone()[0]]


def other_value(table: Table, column: str, value: object, chance: Random) -> object:
    """Return another value that the column can hold: one bit, letter or number off, empty, or not there."""
    kind = table.c[column].type
    if value is None:
        return 7 if isinstance(kind, Integer) else b"7" if isinstance(kind, LargeBinary) else "7"
    if isinstance(value, int | float):
        # A number stays one: "0.5 " in a column of real numbers is read as 0.5 again (sqlite.org/datatype3.html §3).
        return chance.choice([value + 1, value + 1000, -value - 1])
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:] if value else b"x"
    text = str(value)
    at = chance.randrange(len(text) + 1)
    made: list[str] = [text[:at] + "x" + text[at:], text + " ", text.swapcase(), text[:-1]]
    return chance.choice([one for one in made if one != text])


def a_row(database: sqlite3.Connection, table: str, chance: Random) -> dict[str, Any]:
    cursor = database.execute(f"SELECT rowid AS rowid_, * FROM {table} ORDER BY random() LIMIT 1")
    names = [one[0] for one in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


def _value_of_a_row(instance: Path, chance: Random) -> Named:
    table = chance.choice(filled(instance))
    column = chance.choice([one.name for one in table.columns])
    with opened(instance) as database:
        row = a_row(database, table.name, chance)
        value = other_value(table, column, row[column], chance)
        database.execute(f"UPDATE OR REPLACE {table.name} SET {column} = ? WHERE rowid = ?", (value, row["rowid_"]))
    return {("row_altered", f"event {row['event_sequence']}")}, f"{table.name}.{column} of row {row['rowid_']}: {value!r}"


def _row_deleted(instance: Path, chance: Random) -> Named:
    table = chance.choice(filled(instance))
    with opened(instance) as database:
        row = a_row(database, table.name, chance)
        database.execute(f"DELETE FROM {table.name} WHERE rowid = ?", (row["rowid_"],))
    return {("row_altered", f"event {row['event_sequence']}")}, f"row {row['rowid_']} of {table.name}"


def _row_added(instance: Path, chance: Random) -> Named:
    table = chance.choice([one for one in filled(instance) if isinstance(one.c.id.type, Integer)])
    with opened(instance) as database:
        row = a_row(database, table.name, chance)
        row.pop("rowid_")
        row["id"] = 1_000_000
        for unique in ("sha256", "identity", "run_id", "revision", "position"):
            if unique in row:
                row[unique] = other_value(table, unique, row[unique], chance)
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO {table.name} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    return {("row_altered", f"event {row['event_sequence']}")}, f"a row of {table.name}"


def _row_moved(instance: Path, chance: Random) -> Named:
    table = chance.choice(filled(instance))
    with opened(instance) as database:
        row = a_row(database, table.name, chance)
        moved = 1_000_000 + chance.randrange(1000)
        database.execute(f"UPDATE {table.name} SET event_sequence = ? WHERE rowid = ?", (moved, row["rowid_"]))
    return {("row_unaccounted", f"event {moved}")}, f"row {row['rowid_']} of {table.name}"


def _value_of_an_event(instance: Path, chance: Random) -> Named:
    column = chance.choice([one.name for one in event.columns if one.name != "sequence"])
    with opened(instance) as database:
        row = a_row(database, "event", chance)
        value = other_value(event, column, row[column], chance)
        database.execute(f"UPDATE event SET {column} = ? WHERE sequence = ?", (value, row["sequence"]))
    return {("event_altered", f"event {row['sequence']}")}, f"event {row['sequence']}.{column}: {value!r}"


def _clock_of_an_event(instance: Path, chance: Random) -> Named:
    """Set the clock of an event back and give it a hash that fits: the next one no longer continues it."""
    with opened(instance) as database:
        last = database.execute("SELECT max(sequence) FROM event").fetchone()[0]
        sequence = chance.randrange(1, last)
        _resealed(database, sequence, at="2017-01-02T00:00:00.000000Z")
    return {("event_reordered", f"event {sequence + 1}")}, f"event {sequence}"


def _event_deleted(instance: Path, chance: Random) -> Named:
    with opened(instance) as database:
        last = database.execute("SELECT max(sequence) FROM event").fetchone()[0]
        sequence = chance.randrange(1, last)
        database.execute("DELETE FROM event WHERE sequence = ?", (sequence,))
    return {("event_deleted", f"event {sequence}")}, f"event {sequence}"


def _events_exchanged(instance: Path, chance: Random) -> Named:
    with opened(instance) as database:
        last = database.execute("SELECT max(sequence) FROM event").fetchone()[0]
        one, other = sorted(chance.sample(range(1, last + 1), 2))
        for at, to in ((one, -1), (other, one), (-1, other)):
            database.execute("UPDATE event SET sequence = ? WHERE sequence = ?", (to, at))
    return {("event_altered", f"event {one}"), ("event_altered", f"event {other}")}, f"events {one} and {other}"


def _ledger_cut_off(instance: Path, chance: Random) -> Named:
    """Cut off the last events with all their rows, as putting back an older copy does."""
    with opened(instance) as database:
        last = database.execute("SELECT max(sequence) FROM event").fetchone()[0]
        since = chance.randrange(last - 10, last + 1)
        for table in (*EVIDENCE, event):
            column = "sequence" if table is event else "event_sequence"
            database.execute(f"DELETE FROM {table.name} WHERE {column} >= ?", (since,))
    return {("ledger_rolled_back", f"event {last}")}, f"from event {since} on"


def _ledger_written_anew(instance: Path, chance: Random) -> Named:
    """Alter an event and give it and all that follow hashes that fit, as a forger with a program of ours would."""
    with opened(instance) as database:
        last = database.execute("SELECT max(sequence) FROM event").fetchone()[0]
        sequence = chance.randrange(1, last + 1)
        database.execute("BEGIN")
        _resealed(database, sequence, agent="somebody else")
        for later in range(sequence + 1, last + 1):
            before = database.execute("SELECT hash FROM event WHERE sequence = ?", (later - 1,)).fetchone()[0]
            _resealed(database, later, previous_hash=before)
        database.execute("COMMIT")
    return {("ledger_rolled_back", f"event {last}")}, f"from event {sequence} on"


def _resealed(database: sqlite3.Connection, sequence: int, **changed: object) -> None:
    names = ", ".join(Event.__slots__)
    kept = database.execute(f"SELECT {names} FROM event WHERE sequence = ?", (sequence,)).fetchone()
    values = {**dict(zip(Event.__slots__, kept, strict=True)), **changed}
    values["hash"] = event_hash(Event(**values))
    database.execute(
        f"UPDATE event SET {', '.join(f'{name} = ?' for name in values)} WHERE sequence = ?", (*values.values(), sequence)
    )


def _an_original(instance: Path, chance: Random) -> Path:
    path = chance.choice(sorted((instance / "originals").glob("*/*")))
    path.chmod(0o600)
    return path


def _original_changed(instance: Path, chance: Random) -> Named:
    path = _an_original(instance, chance)
    content = bytearray(path.read_bytes())
    how = chance.choice(["bit", "end", "more", "empty"])
    if how == "bit":
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes({"bit": content, "end": content[:-1], "more": content + b"\0", "empty": b""}[how]))
    return {("original_altered", path.name)}, f"{how} of {path.name}"


def _originals_exchanged(instance: Path, chance: Random) -> Named:
    one, other = chance.sample(sorted((instance / "originals").glob("*/*")), 2)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    return {("original_altered", one.name), ("original_altered", other.name)}, f"{one.name} and {other.name}"


def _original_removed(instance: Path, chance: Random) -> Named:
    path = _an_original(instance, chance)
    if chance.random() < 0.5:
        path.unlink()
    else:
        path.rename(path.with_name(path.name[:-1] + ("0" if path.name[-1] != "0" else "1")))
    return {("original_missing", path.name)}, path.name


def _file_added(instance: Path, chance: Random) -> Named:
    path = _an_original(instance, chance)
    name = chance.choice([f"{chance.randrange(16**64):064x}", "notes.txt", ".hidden", path.name])
    target = instance / "originals" / "zz" / name
    target.parent.mkdir()
    shutil.copy(path, target)
    return {("original_unexpected", name)}, name


ALTERATIONS: dict[str, Callable[[Path, Random], Named]] = {
    "value of a row": _value_of_a_row, "row deleted": _row_deleted, "row added": _row_added, "row moved": _row_moved,
    "value of an event": _value_of_an_event, "clock of an event": _clock_of_an_event, "event deleted": _event_deleted,
    "events exchanged": _events_exchanged, "ledger cut off": _ledger_cut_off, "ledger written anew": _ledger_written_anew,
    "original changed": _original_changed, "originals exchanged": _originals_exchanged, "original removed": _original_removed,
    "file added": _file_added,
}  # fmt: skip


def compared(table: Table) -> list[str]:
    """Return the columns of a derived table that another making gives the same values.

    These are all but a time that was measured, and the number of a verification, which nothing names: one made anew has the next.
    """
    left_out = {"drawing_seconds", *(("id",) if table.name == "verification" else ())}
    return [column.name for column in table.columns if column.name not in left_out]


def alter_derived(path: Path, chance: Random) -> str:
    """Change one value of one derived row, or remove or double a row, and say what."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA ignore_check_constraints=ON")
        held = [one for one in DERIVED if database.execute(f"SELECT count(*) FROM {one.name}").fetchone()[0]]
        table = chance.choice(held)
        row = a_row(database, table.name, chance)
        if chance.random() < 0.2:
            database.execute(f"DELETE FROM {table.name} WHERE rowid = ?", (row["rowid_"],))
            return f"row {row['rowid_']} of {table.name} deleted"
        column = chance.choice(compared(table))
        value = other_value(table, column, row[column], chance)
        database.execute(f"UPDATE OR REPLACE {table.name} SET {column} = ? WHERE rowid = ?", (value, row["rowid_"]))
        return canonical_json([table.name, column, repr(value)])
