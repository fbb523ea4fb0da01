"""Whatever is altered in a row of evidence, `verify` names the event it was written with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.store.tables.evidence import EVIDENCE
from tests.store.altering import TABLES, alter, other_value, rows, told

COLUMNS = [(table.name, column.name) for table in EVIDENCE for column in table.columns]


def altered_rows(instance: Path, table: str, column: str) -> Iterator[tuple[int, int, object]]:
    """Yield rowid, event number and value of one row where the column is filled and of one where it is not."""
    for condition in ("NOT NULL", "NULL"):
        yield from rows(instance, f"SELECT rowid, event_sequence, {column} FROM {table} WHERE {column} IS {condition} LIMIT 1")


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
