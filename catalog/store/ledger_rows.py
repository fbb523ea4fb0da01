"""Read the ledger and the evidence under it, record decisions and inquiries, and retract runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from catalog.errors import NotInCatalogueError, UsageError
from catalog.records.event import Event, canonical_json, row_digest, rows_digest
from catalog.records.inquiry import Inquiry
from catalog.records.match import Decision, strength
from catalog.records.reading import Undone
from catalog.store.evidence import EvidenceWriter, utc_now
from catalog.store.intake_rows import storable
from catalog.store.slices import slices
from catalog.store.tables.derived import verification
from catalog.store.tables.evidence import (
    EVIDENCE,
    attestation,
    decision,
    event,
    import_item,
    import_run,
    inquiry,
    photo,
    publication,
    retraction,
)

BATCH = 500
# What is kept of the verdict that a person had before their eyes when they decided.
SEEN = (verification.c.relation, verification.c.state, verification.c.score, verification.c.rung, verification.c.version)
# The action of an event that records a check of the whole catalogue.
CHECKED = "catalogue checked"


def events(connection: Connection, since: str | None = None) -> Iterator[Event]:
    """Yield the events in their order; `since` is a UTC moment as stored."""
    rows = select(event).order_by(event.c.sequence).execution_options(yield_per=BATCH)
    for row in connection.execute(rows if since is None else rows.where(event.c.at >= since)):
        yield Event(*(getattr(row, name) for name in Event.__slots__))


def evidence_digests(connection: Connection, sequences: Sequence[int]) -> dict[int, str]:
    """Compute anew, from the rows as they are now, the digest of every event in a run of sequence numbers.

    Rows of a number in between that has no event are passed over; `orphans` tells of them.
    """
    digests: dict[int, list[str]] = {sequence: [] for sequence in sequences}
    for table in EVIDENCE:
        rows = select(table).where(table.c.event_sequence.between(min(sequences), max(sequences)))
        for row in connection.execute(rows).mappings():
            if row["event_sequence"] in digests:
                digests[row["event_sequence"]].append(row_digest(table.name, dict(row)))
    return {sequence: rows_digest(found) for sequence, found in digests.items()}


def digests_of(connection: Connection, sequences: Sequence[int]) -> dict[int, str]:
    """Compute anew the digest of each of these events, wherever in the ledger they stand, from the rows as they are now."""
    digests: dict[int, list[str]] = {sequence: [] for sequence in sequences}
    for table in EVIDENCE:
        for part in slices(sequences):
            rows = select(table).where(table.c.event_sequence.in_(part))
            for row in connection.execute(rows).mappings():
                digests[row["event_sequence"]].append(row_digest(table.name, dict(row)))
    return {sequence: rows_digest(found) for sequence, found in digests.items()}


def orphans(connection: Connection) -> list[tuple[str, int]]:
    """Return table and event number of evidence rows whose event is not in the ledger."""
    found = []
    for table in EVIDENCE:
        rows = select(table.c.event_sequence).where(table.c.event_sequence.not_in(select(event.c.sequence))).distinct()
        found += [(table.name, sequence) for sequence in connection.execute(rows).scalars()]
    return found


def stored_photos(connection: Connection) -> Iterator[tuple[str, int]]:
    """Yield SHA-256 and size in bytes of every photo ever stored, standing or not, in stored order."""
    for row in connection.execute(
        select(photo.c.sha256, photo.c.size_bytes).order_by(photo.c.id).execution_options(yield_per=BATCH)
    ):
        yield row.sha256, row.size_bytes


def events_of_photos(connection: Connection) -> dict[int, str]:
    """Return for each event that stored a photo the photo's SHA-256, to name what an altered event concerns."""
    rows = select(photo.c.event_sequence, photo.c.sha256)
    return {row.event_sequence: row.sha256 for row in connection.execute(rows)}


def record_decision(writer: EvidenceWriter, made: Decision) -> None:
    """Record what a person decided about a pair of photos; raises NotInCatalogueError when one of them is not kept."""
    for sha256 in made.photos:
        if writer.connection.execute(select(photo.c.id).where(photo.c.sha256 == sha256)).scalar() is None:
            raise NotInCatalogueError(f"{sha256}: no such photo is kept; `catalog search` finds what is")
    first, second = sorted(made.photos)
    writer.add(
        decision, first_sha256=first, second_sha256=second, verdict=made.verdict, reason=storable(made.reason),
        agent=storable(made.agent), at=made.decided_at,
    )  # fmt: skip
    seen = _measured(writer.connection, first, second)
    writer.seal(f"decision {made.verdict}", f"{first}-{second}", agent=made.agent, detail={"seen": seen} if seen else None)


def _measured(connection: Connection, first: str, second: str) -> dict[str, object]:
    """Return what the strongest verdict on a pair says, for whoever asks later what a person had before their eyes."""
    ids = select(photo.c.id).where(photo.c.sha256.in_([first, second]))
    both = verification.c.query_photo_id.in_(ids) & verification.c.reference_photo_id.in_(ids)
    found = [dict(row) for row in connection.execute(select(*SEEN).where(both)).mappings()]
    return max(found, key=lambda one: strength(one["relation"], one["state"]), default={})


def record_check(writer: EvidenceWriter, agent: str, head: str, outcome: str, numbers: Mapping[str, object]) -> None:
    """Record that the whole catalogue was checked up to an event, given by its hash, and what came of it."""
    writer.seal(CHECKED, head, agent=agent, outcome=outcome, detail=numbers)


def record_inquiry(writer: EvidenceWriter, made: Inquiry) -> None:
    """Record a search for a picture and what it found, nothing included; the event says when it was recorded."""
    writer.add(
        inquiry, at=made.made_at, agent=storable(made.agent), place=storable(made.place), scope=storable(made.scope),
        query_name=storable(made.query_name), query_sha256=made.query_sha256, found=canonical_json(list(made.found)),
    )  # fmt: skip
    writer.seal("inquiry made", made.query_sha256 or storable(made.query_name), agent=made.agent)


def retract(writer: EvidenceWriter, run: str, agent: str, reason: str) -> tuple[Undone, dict[str, list[int]]]:
    """Retract a run by a counter-entry and return what loses its standing by it: photos, and row numbers by kind.

    Evidence that another run attests keeps its standing. Raises NotInCatalogueError for a run nobody knows, UsageError for one
    that is retracted already.
    """
    connection = writer.connection
    if connection.execute(select(import_run.c.id).where(import_run.c.id == run)).scalar() is None:
        raise NotInCatalogueError(f"{run}: there is no such import run; the gallery lists them under Imports")
    if connection.execute(select(retraction.c.id).where(retraction.c.run_id == run)).scalar() is not None:
        raise UsageError(f"{run}: this run is undone already; importing again adds it again")
    writer.add(retraction, run_id=run, agent=storable(agent), reason=storable(reason), at=utc_now())
    writer.seal("import undone", run, agent=agent)
    lost = _unattested(connection, run)
    gone = _photos(connection, lost.get("photo", []))
    named = publication.c.id.in_(select(_subjects(run, "publication")))
    owners = select(publication.c.photo_id).where(named, publication.c.photo_id.is_not(None))
    touched = sorted(
        set(connection.execute(owners).scalars()) | set(connection.execute(select(_subjects(run, "photo"))).scalars())
    )
    return Undone(run, tuple(gone), tuple(name for name in _photos(connection, touched) if name not in set(gone))), lost


def _unattested(connection: Connection, run: str) -> dict[str, list[int]]:
    """Return, by kind, what this run attested and no run that stands attests."""
    mine = (
        select(attestation.c.kind, attestation.c.subject_id)
        .join(import_item, import_item.c.id == attestation.c.item_id)
        .where(import_item.c.run_id == run)
        .distinct()
        .subquery()
    )
    others = (
        select(attestation.c.id)
        .join(import_item, import_item.c.id == attestation.c.item_id)
        .where(
            attestation.c.kind == mine.c.kind,
            attestation.c.subject_id == mine.c.subject_id,
            import_item.c.run_id.not_in(select(retraction.c.run_id)),
        )
        .exists()
    )
    found: dict[str, list[int]] = {}
    for row in connection.execute(select(mine.c.kind, mine.c.subject_id).where(~others)):
        found.setdefault(row.kind, []).append(row.subject_id)
    return found


def _subjects(run: str, kind: str) -> Any:
    rows = (
        select(attestation.c.subject_id)
        .join(import_item, import_item.c.id == attestation.c.item_id)
        .where(import_item.c.run_id == run, attestation.c.kind == kind)
    )
    return rows.subquery().c.subject_id


def _photos(connection: Connection, ids: Sequence[int]) -> list[str]:
    names: list[str] = []
    for part in slices(ids):
        rows = select(photo.c.sha256).where(photo.c.id.in_(part)).order_by(photo.c.id)
        names += connection.execute(rows).scalars()
    return names


def last_event(connection: Connection) -> int:
    """Return the number of the last event, 0 when the ledger is empty."""
    return connection.execute(select(func.max(event.c.sequence))).scalar() or 0
