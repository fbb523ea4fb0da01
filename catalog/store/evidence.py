"""Write evidence rows together with the one event that accounts for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from catalog.records.event import GENESIS_HASH, Event, canonical_json, event_hash, row_digest, rows_digest
from catalog.store.tables.evidence import EVIDENCE, event


def utc_now() -> str:
    """Return this moment as it is stored: UTC, ISO 8601, microseconds, so that it sorts as text."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class EvidenceWriter:
    """Collect evidence rows and seal them with an event, inside one write transaction.

    Row numbers are given here, not by the database, because the event's digest covers them; that is safe because a write
    transaction is the only one. Rows can be read in the transaction once they are sealed.
    """

    def __init__(self, connection: Connection) -> None:
        """Start where the ledger ends."""
        self.connection = connection
        last = connection.execute(select(event.c.sequence, event.c.hash).order_by(event.c.sequence.desc()).limit(1)).first()
        self._sequence: int = last.sequence if last else 0
        self._last_hash: str = last.hash if last else GENESIS_HASH
        self._next_ids: dict[str, int] = {}
        self._rows: list[tuple[Table, dict[str, Any]]] = []

    def add(self, table: Table, **values: Any) -> int:
        """Add a row to what the next event accounts for and return its number (0 for tables with a name as key)."""
        row = {column.name: values.get(column.name) for column in table.columns}
        row["event_sequence"] = self._sequence + 1
        if row.get("id") is None:
            row["id"] = self._next_id(table)
        self._rows.append((table, row))
        return row["id"] if isinstance(row["id"], int) else 0

    def seal(
        self, action: str, subject: str, *, agent: str, outcome: str = "success", detail: Mapping[str, object] | None = None
    ) -> Event:
        """Write the event and the rows added since the last one."""
        draft = Event(
            sequence=self._sequence + 1, at=utc_now(), agent=agent, action=action, outcome=outcome, subject=subject,
            detail=canonical_json(detail or {}), digest=rows_digest(row_digest(table.name, row) for table, row in self._rows),
            previous_hash=self._last_hash, hash="",
        )  # fmt: skip
        sealed = replace(draft, hash=event_hash(draft))
        self.connection.execute(insert(event), {name: getattr(sealed, name) for name in Event.__slots__})
        for table in EVIDENCE:
            rows = [row for owner, row in self._rows if owner is table]
            if rows:
                self.connection.execute(insert(table), rows)
        self._sequence, self._last_hash, self._rows = sealed.sequence, sealed.hash, []
        return sealed

    def _next_id(self, table: Table) -> int:
        number = self._next_ids.get(table.name)
        if number is None:
            number = (self.connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1
        self._next_ids[table.name] = number + 1
        return number
