"""Whatever is altered in the ledger itself, or cut off its end, `verify` names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.records.custody import Anchor
from catalog.records.event import GENESIS_HASH, Event, event_hash
from catalog.store.tables.evidence import EVIDENCE, event
from tests.store.altering import alter, head, other_value, rows, told
from tests.store.keeping import Keeping


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
