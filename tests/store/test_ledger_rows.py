"""Every change is sealed by one event over the rows written with it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import NotInCatalogueError
from catalog.records.event import GENESIS_HASH, Event, row_digest, rows_digest
from catalog.records.match import Decision
from tests.store.altering import TABLES, rows
from tests.store.keeping import Keeping
from tests.store.test_intake_rows import stated


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
