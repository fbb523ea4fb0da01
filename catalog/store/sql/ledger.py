"""The ledger and the evidence under it, read at one moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from catalog.records.event import Event
from catalog.store import (
    ledger_rows,
)


class SqlLedgerReading:
    """Read the ledger at one moment, as `catalog.store.interface.catalogue.LedgerReading` promises."""

    def __init__(self, connection: Connection) -> None:
        """Read on one connection, inside one read transaction."""
        self._connection = connection

    def events(self, since: str | None = None) -> Iterator[Event]:
        """Yield the events in their order."""
        return ledger_rows.events(self._connection, since)

    def evidence_digests(self, sequences: Sequence[int]) -> dict[int, str]:
        """Compute anew the digest of every event in a run of sequence numbers from the rows as they are now."""
        return ledger_rows.evidence_digests(self._connection, sequences)

    def orphans(self) -> list[tuple[str, int]]:
        """Return table and event number of evidence rows whose event is not in the ledger."""
        return ledger_rows.orphans(self._connection)

    def stored_photos(self) -> Iterator[tuple[str, int]]:
        """Yield SHA-256 and size in bytes of every photo ever stored."""
        return ledger_rows.stored_photos(self._connection)
