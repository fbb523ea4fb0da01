"""Whatever is altered in evidence, ledger or originals, `verify` names it; whatever happens to derived rows, it is silent."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Integer, LargeBinary, Table

from catalog.errors import NotInCatalogueError
from catalog.records.custody import Anchor, AnchorStatement
from catalog.records.event import GENESIS_HASH, Event, event_hash, row_digest, rows_digest
from catalog.records.inquiry import Inquiry
from catalog.records.match import Decision
from catalog.records.metadata import EmbeddedText, MetadataValue
from catalog.records.provenance import ChainDecision
from catalog.records.text import RecordedText
from catalog.store.tables.derived import DERIVED
from catalog.store.tables.evidence import EVIDENCE, event
from catalog.workflow.anchor_ledger import head_of_ledger
from catalog.workflow.verify_catalogue import VerifyOrder, verify_catalogue
from tests.store.keeping import Keeping
from tests.store.tampering import added_source
from tests.store.test_intake_rows import stated

COLUMNS = [(table.name, column.name) for table in EVIDENCE for column in table.columns]
TABLES = {table.name: table for table in EVIDENCE}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep something in every evidence table; whoever alters it takes a copy."""
    folder = tmp_path_factory.mktemp("whole") / "instance"
    keeping = Keeping(folder)
    first = keeping.begin()
    value = MetadataValue("xmp", "creator", 0, "en", b"Mara", "Mara", "utf-8", "creator")
    text = EmbeddedText("credit", "creator", "xmp", None, RecordedText.from_text("Mara"))
    one = keeping.keep(b"one", stated(location="Pskov", language="en"), metadata=[value], embedded=[text])
    other = keeping.keep(b"other", stated(url="https://courier.example/2"))
    keeping.begin()
    keeping.keep(b"third", stated(url="https://courier.example/3"))
    with keeping.store.write() as change:
        change.finish_run(keeping.run, {"read": 1})
        change.undo(first, "wrong folder")
        pair = (str(one.photo), str(other.photo))
        change.decide(Decision(pair, "accept", "the same wall", "editor", "2026-11-22T10:00:00Z"))
        change.decide_chain(ChainDecision("derivation", pair, "made_from", "they told us", "editor", "2026-11-22T10:00:01Z"))
        change.inquire(
            Inquiry("2026-11-22", "editor", "this catalogue", "all photos", "q.jpg", "c" * 64, ({"photo": one.photo},))
        )
        change.decide_source(added_source())
    for table in EVIDENCE:
        assert keeping.ask(f"SELECT count(*) FROM {table.name}")[0][0] > 0, table.name
    keeping.close()
    with closing(sqlite3.connect(folder / "catalog.sqlite")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def instance(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "instance"))


def told(instance: Path, anchor: Anchor | None = None, **limits: Any) -> list[tuple[str, str]]:
    """Return code and subject of everything that `verify` names."""
    keeping = Keeping(instance)
    unsigned = None if anchor is None else AnchorStatement(anchor, "", None)
    verdict = verify_catalogue(keeping.catalogue, VerifyOrder(anchor=unsigned, **limits), lambda _done, _total: None)
    keeping.close()
    covered = (verdict.originals_read, verdict.originals_not_readable, verdict.originals_skipped)
    assert verdict.originals_expected == sum(covered)
    assert verdict.is_whole == (not verdict.alterations and not verdict.originals_skipped)
    return [(found.code, found.subject) for found in verdict.alterations]


def alter(instance: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Change the database as somebody would who has the file and no respect for our rules."""
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database, database:
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute("PRAGMA ignore_check_constraints=ON")
        for statement, values in statements:
            database.execute(statement, values)


def rows(instance: Path, question: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database:
        return [tuple(row) for row in database.execute(question, values)]


def other_value(table: Table, column: str, value: object) -> object:
    kind = table.c[column].type
    if isinstance(kind, Integer):
        return (value if isinstance(value, int) else 0) + 1000
    if isinstance(kind, LargeBinary):
        return (value if isinstance(value, bytes) else b"") + b"x"
    return ("" if value is None else str(value)) + "x"


def altered_rows(instance: Path, table: str, column: str) -> Iterator[tuple[int, int, object]]:
    """Yield rowid, event number and value of one row where the column is filled and of one where it is not."""
    for condition in ("NOT NULL", "NULL"):
        yield from rows(instance, f"SELECT rowid, event_sequence, {column} FROM {table} WHERE {column} IS {condition} LIMIT 1")


# ---- evidence rows ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_value_in_any_column_of_any_evidence_table_is_named(instance: Path, table: str, column: str) -> None:
    found = list(altered_rows(instance, table, column))
    assert found
    for rowid, sequence, value in found:
        changed = other_value(TABLES[table], column, value)
        alter(instance, (f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (changed, rowid)))
        assert ("row_altered", f"event {sequence}") in told(instance)
        # A numeric key is the rowid itself.
        moved = changed if column == "id" and isinstance(changed, int) else rowid
        alter(instance, (f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, moved)))
        assert told(instance) == []


@pytest.mark.parametrize("table", TABLES)
def test_a_deleted_row_of_any_evidence_table_is_named(instance: Path, table: str) -> None:
    rowid, sequence = rows(instance, f"SELECT rowid, event_sequence FROM {table} LIMIT 1")[0]
    alter(instance, (f"DELETE FROM {table} WHERE rowid = ?", (rowid,)))
    assert ("row_altered", f"event {sequence}") in told(instance)


@pytest.mark.parametrize("table", TABLES)
def test_an_added_row_in_any_evidence_table_is_named(instance: Path, table: str) -> None:
    names = [column.name for column in TABLES[table].columns]
    unique = {"id", "sha256", "identity", "run_id", "revision", "position"}
    copied = rows(instance, f"SELECT {', '.join(names)} FROM {table} LIMIT 1")[0]
    made = [
        other_value(TABLES[table], name, value) if name in unique else value for name, value in zip(names, copied, strict=True)
    ]
    sequence = made[names.index("event_sequence")]
    added = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    alter(instance, (added, tuple(made)))
    assert ("row_altered", f"event {sequence}") in told(instance)


def test_a_row_under_an_event_that_does_not_exist_is_named(instance: Path) -> None:
    alter(instance, ("INSERT INTO decision SELECT 99, 999, 'a', 'b', 'accept', 'r', 'x', 'now'", ()))
    assert ("row_unaccounted", "event 999") in told(instance)


def test_bytes_that_became_text_are_named(instance: Path) -> None:
    alter(instance, ("UPDATE caption SET text_raw = CAST(text_raw AS TEXT) WHERE id = 1", ()))
    sequence = rows(instance, "SELECT event_sequence FROM caption WHERE id = 1")[0][0]
    assert told(instance) == [("row_altered", f"event {sequence}")]


@pytest.mark.parametrize("value", ["CAST(x'ff' AS TEXT)", "x'00'", "9e999", "NULL", "0.5"])
@pytest.mark.parametrize("column", ["text", "revision"])
def test_a_value_that_nothing_of_ours_would_write_is_named(instance: Path, column: str, value: str) -> None:
    alter(instance, ("CREATE TABLE copied AS SELECT * FROM caption", ()), ("DROP TABLE caption", ()))
    alter(instance, ("ALTER TABLE copied RENAME TO caption", ()), (f"UPDATE caption SET {column} = {value} WHERE id = 1", ()))
    sequence = rows(instance, "SELECT event_sequence FROM caption WHERE id = 1")[0][0]
    assert told(instance) == [("row_altered", f"event {sequence}")]


@pytest.mark.parametrize("value", ["CAST(x'ff' AS TEXT)", "x'00'", "''"])
@pytest.mark.parametrize("column", ["detail", "subject", "digest", "previous_hash", "hash"])
def test_a_value_in_an_event_that_nothing_of_ours_would_write_is_named(instance: Path, column: str, value: str) -> None:
    alter(instance, (f"UPDATE event SET {column} = {value} WHERE sequence = 3", ()))
    assert ("event_altered", "event 3") in told(instance)


def test_values_that_changed_places_between_two_rows_are_named(instance: Path) -> None:
    (one, first), (two, second) = rows(instance, "SELECT text, event_sequence FROM credit ORDER BY id LIMIT 2")
    assert one != two
    alter(
        instance,
        ("UPDATE credit SET text = ? WHERE id = 1", (two,)),
        ("UPDATE credit SET text = ? WHERE id = 2", (one,)),
    )
    assert {subject for _, subject in told(instance)} == {f"event {first}", f"event {second}"}


# ---- events -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", [column.name for column in event.columns])
def test_a_changed_value_in_any_column_of_an_event_is_named(instance: Path, column: str) -> None:
    value = rows(instance, f"SELECT {column} FROM event WHERE sequence = 3")[0][0]
    changed = other_value(event, column, value)
    alter(instance, (f"UPDATE event SET {column} = ? WHERE sequence = 3", (changed,)))
    named = told(instance)
    subject = "event 1003" if column == "sequence" else "event 3"
    assert ("event_altered", subject) in named
    if column == "sequence":
        assert ("event_deleted", "event 3") in named
        assert ("event_deleted", "events 12 to 1002") in named


@pytest.mark.parametrize("sequence", [1, 3])
def test_a_deleted_event_is_named_and_so_are_the_rows_it_accounted_for(instance: Path, sequence: int) -> None:
    alter(instance, ("DELETE FROM event WHERE sequence = ?", (sequence,)))
    named = told(instance)
    assert ("event_deleted", f"event {sequence}") in named
    assert ("row_unaccounted", f"event {sequence}") in named


def resealed(instance: Path, sequence: int, **changed: object) -> tuple[str, tuple[object, ...]]:
    """Return the statement that alters an event and gives it a hash that fits, as a careful forger would."""
    kept = rows(instance, f"SELECT {', '.join(Event.__slots__)} FROM event WHERE sequence = ?", sequence)[0]
    values = {**dict(zip(Event.__slots__, kept, strict=True)), **changed}
    values["hash"] = event_hash(Event(**values))
    names = ", ".join(f"{name} = ?" for name in values)
    return f"UPDATE event SET {names} WHERE sequence = ?", (*values.values(), sequence)


def test_an_event_altered_with_a_hash_that_fits_no_longer_leads_to_the_next(instance: Path) -> None:
    alter(instance, resealed(instance, 3, agent="somebody else"))
    assert told(instance) == [("event_reordered", "event 4")]


def test_two_events_that_changed_places_are_named_even_with_hashes_that_fit(instance: Path) -> None:
    names = [name for name in Event.__slots__ if name not in ("sequence", "hash", "previous_hash")]
    two = [dict(zip(names, row, strict=True)) for row in rows(
        instance, f"SELECT {', '.join(names)} FROM event WHERE sequence IN (2, 3) ORDER BY sequence"
    )]  # fmt: skip
    alter(instance, resealed(instance, 2, **two[1]), resealed(instance, 3, **two[0]))
    named = told(instance)
    assert ("event_reordered", "event 3") in named
    assert ("row_altered", "event 2") in named


def test_two_events_that_changed_places_without_new_hashes_are_named(instance: Path) -> None:
    moves = ((2, -1), (3, 2), (-1, 3))
    alter(instance, *(("UPDATE event SET sequence = ? WHERE sequence = ?", (to, at)) for at, to in moves))
    assert {("event_altered", "event 2"), ("event_altered", "event 3")} <= set(told(instance))


# ---- the end of the ledger ----------------------------------------------------------------------------------------


def head(instance: Path) -> Anchor:
    keeping = Keeping(instance)
    found = head_of_ledger(keeping.catalogue)
    keeping.close()
    return found


def cut_off(instance: Path, since: int) -> None:
    """Delete the last events with every row they account for."""
    tables = [*(table.name for table in EVIDENCE)]
    alter(
        instance,
        *((f"DELETE FROM {table} WHERE event_sequence >= ?", (since,)) for table in tables),
        ("DELETE FROM event WHERE sequence >= ?", (since,)),
    )


def test_a_ledger_rolled_back_is_named_by_an_anchor_kept_elsewhere_and_only_by_it(instance: Path) -> None:
    anchor = head(instance)
    cut_off(instance, anchor.sequence)
    assert told(instance) == []
    assert told(instance, anchor) == [("ledger_rolled_back", f"event {anchor.sequence}")]


def test_a_ledger_written_anew_from_some_event_on_is_named_by_an_anchor(instance: Path) -> None:
    anchor = head(instance)
    cut_off(instance, anchor.sequence)
    keeping = Keeping(instance, runs=7)
    keeping.begin()
    keeping.close()
    assert head(instance).sequence == anchor.sequence
    assert told(instance) == []
    assert told(instance, anchor) == [("ledger_rolled_back", f"event {anchor.sequence}")]


def test_an_anchor_still_holds_after_the_ledger_has_grown(instance: Path) -> None:
    anchor = head(instance)
    keeping = Keeping(instance, runs=7)
    keeping.begin()
    keeping.close()
    assert told(instance, anchor) == told(instance, Anchor(0, GENESIS_HASH)) == []


# ---- originals ----------------------------------------------------------------------------------------------------


def changed_bit(path: Path) -> str:
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)
    return path.name


def removed(path: Path) -> str:
    path.unlink()
    return path.name


def truncated(path: Path) -> str:
    path.write_bytes(path.read_bytes()[:-1])
    return path.name


def added(path: Path) -> str:
    path.with_name("f" * 64).write_bytes(b"nobody imported this")
    return "f" * 64


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (changed_bit, "original_altered"),
        (truncated, "original_altered"),
        (removed, "original_missing"),
        (added, "original_unexpected"),
    ],
)
def test_a_harmed_original_is_named(instance: Path, harm: Callable[[Path], str], code: str) -> None:
    name = harm(sorted((instance / "originals").glob("*/*"))[0])
    assert told(instance) == [(code, name)]


def test_two_originals_that_changed_places_are_both_named(instance: Path) -> None:
    one, other = sorted((instance / "originals").glob("*/*"))[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert sorted(told(instance)) == sorted([("original_altered", one.name), ("original_altered", other.name)])


def test_a_sample_reads_so_many_and_says_how_many_it_skipped(instance: Path) -> None:
    keeping = Keeping(instance)
    verdict = verify_catalogue(keeping.catalogue, VerifyOrder(sample=1), lambda _done, _total: None)
    keeping.close()
    assert (verdict.originals_expected, verdict.originals_read, verdict.originals_skipped) == (3, 1, 2)


# ---- silence ------------------------------------------------------------------------------------------------------


def test_an_untouched_catalogue_raises_no_alarm(instance: Path) -> None:
    assert told(instance) == told(instance, head(instance)) == []


@pytest.mark.parametrize("table", [table.name for table in DERIVED])
def test_emptied_or_changed_derived_rows_raise_no_alarm(instance: Path, table: str) -> None:
    columns = [row[1] for row in rows(instance, f"PRAGMA table_info({table})") if row[5] == 0]
    if columns:
        alter(instance, (f"UPDATE OR REPLACE {table} SET {columns[0]} = '1'", ()))
        assert told(instance) == []
    alter(instance, (f"DELETE FROM {table}", ()))
    assert told(instance) == []


# ---- sealing ------------------------------------------------------------------------------------------------------


def test_every_event_is_sealed_over_the_rows_written_with_it_and_leads_to_the_next(instance: Path) -> None:
    previous = GENESIS_HASH
    for values in rows(instance, f"SELECT {', '.join(Event.__slots__)} FROM event ORDER BY sequence"):
        one = Event(*values)
        digests = []
        for name, table in TABLES.items():
            columns = [column.name for column in table.columns]
            held = rows(instance, f"SELECT {', '.join(columns)} FROM {name} WHERE event_sequence = ?", one.sequence)
            digests += [row_digest(name, dict(zip(columns, row, strict=True))) for row in held]
        assert one.digest == rows_digest(digests)
        assert (one.previous_hash, one.hash) == (previous, one.expected_hash())
        previous = one.hash


def test_every_change_of_state_is_one_event(instance: Path) -> None:
    assert [row[0] for row in rows(instance, "SELECT action FROM event ORDER BY sequence")] == [
        "import started", "item added", "item added", "import started", "item added", "import ended", "import undone",
        "decision accept", "derivation made_from", "inquiry made", "source add",
    ]  # fmt: skip


def test_a_transaction_that_fails_leaves_no_event_and_no_row(keeping: Keeping) -> None:
    before = keeping.ask("SELECT * FROM event")

    def write_and_fail() -> None:
        item = keeping.item(b"photo", stated())
        with keeping.store.write() as change:
            change.keep(keeping.run, item)
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        write_and_fail()
    assert keeping.ask("SELECT * FROM event") == before
    assert keeping.ask("SELECT count(*) FROM photo") == [(0,)]


def test_a_decision_on_a_photo_that_is_not_kept_is_refused(keeping: Keeping) -> None:
    with pytest.raises(NotInCatalogueError), keeping.store.write() as change:
        change.decide(Decision(("a" * 64, "b" * 64), "accept", "r", "editor", "2026-11-22T10:00:00Z"))


scalars = st.one_of(st.none(), st.integers(), st.text(), st.binary())


@given(row=st.dictionaries(st.text(min_size=1), scalars, min_size=1), data=st.data())
def test_the_digest_of_a_row_covers_its_table_its_names_and_every_value(row: dict[str, object], data: st.DataObject) -> None:
    digest = row_digest("caption", row)
    assert digest != row_digest("credit", row)
    assert digest == row_digest("caption", dict(reversed(row.items())))
    name = data.draw(st.sampled_from(sorted(row)))
    other = data.draw(scalars)
    assert (digest == row_digest("caption", {**row, name: other})) == (other == row[name])
    assert digest != row_digest("caption", {key: value for key, value in row.items() if key != name})


@given(st.lists(st.binary(min_size=1).map(lambda content: hashlib.sha256(content).hexdigest()), min_size=1, unique=True))
def test_the_digest_of_several_rows_does_not_depend_on_their_order_but_on_each_of_them(digests: list[str]) -> None:
    assert rows_digest(digests) == rows_digest(reversed(digests))
    assert rows_digest(digests) != rows_digest(digests[1:])
