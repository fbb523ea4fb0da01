"""The chain of custody of one photo, and the ledger page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, union

from catalog.errors import NotInCatalogueError
from catalog.records.custody import Anchor
from catalog.records.event import GENESIS_HASH, Event
from catalog.records.pages.custody import EVENTS_SHOWN, AuditLine, AuditPage, CustodyEvent, CustodyPage
from catalog.records.pages.turning import Place
from catalog.store.ledger_rows import CHECKED, digests_of
from catalog.store.pages.rows import FullRow, texts
from catalog.store.pages.turning import lost_place, turned
from catalog.store.standing import stands
from catalog.store.tables.evidence import chain_decision, decision, event, import_item, import_run, inquiry, photo, retraction

DECIDED = (
    "decision accept", "decision reject", "decision same_scene", "decision undo",
    "derivation made_from", "derivation not_made_from", "derivation undo",
    "finding confirmed", "finding dismissed", "finding undo",
)  # fmt: skip


def custody_page(connection: Connection, sha256: str) -> CustodyPage:
    """Return every event that concerns a photo that was ever stored, each with whether its seal holds."""
    row = connection.execute(select(photo, stands("photo", photo.c.id).label("stands")).where(photo.c.sha256 == sha256)).first()
    if row is None:
        raise NotInCatalogueError(f"no photo {sha256} was ever stored in this catalogue")
    concerned = _concerned(sha256, row.id, row.event_sequence)
    count = connection.execute(select(func.count()).select_from(concerned.subquery())).scalar() or 0
    wanted = select(event).where(event.c.sequence.in_(concerned)).order_by(event.c.sequence).limit(EVENTS_SHOWN)
    events = [Event(*(getattr(found, name) for name in Event.__slots__)) for found in connection.execute(wanted)]
    last = connection.execute(select(event.c.sequence, event.c.hash).order_by(event.c.sequence.desc()).limit(1)).first()
    return CustodyPage(
        photo=sha256,
        size_bytes=row.size_bytes,
        media_type=row.media_type,
        first_stored_at=row.first_stored_at,
        stands=bool(row.stands),
        events=tuple(_custody_events(connection, events, sha256)),
        event_count=count,
        head=Anchor(last.sequence, last.hash) if last else Anchor(0, GENESIS_HASH),
    )


def _concerned(sha256: str, photo_id: int, stored: int) -> Any:
    """Return the question for the numbers of all events that concern a photo."""
    items = or_(import_item.c.photo_id == photo_id, import_item.c.sha256 == sha256)
    runs = select(import_item.c.run_id).where(items)
    return union(
        select(event.c.sequence).where(event.c.subject == sha256),
        select(import_item.c.event_sequence).where(items),
        select(import_run.c.event_sequence).where(import_run.c.id.in_(runs)),
        select(event.c.sequence).where(event.c.subject.in_(runs)),
        # By the event's own words, so that a decision whose row was taken away is still seen, with a seal that does not hold.
        select(event.c.sequence).where(event.c.action.in_(DECIDED), event.c.subject.contains(sha256)),
        select(inquiry.c.event_sequence).where(inquiry.c.query_sha256 == sha256),
        # A check of the whole catalogue is one of this photo too, once it was stored.
        select(event.c.sequence).where(event.c.action == CHECKED, event.c.sequence >= stored),
    )


def _custody_events(connection: Connection, events: Sequence[Event], sha256: str) -> list[CustodyEvent]:
    numbers = [one.sequence for one in events]
    digests = digests_of(connection, numbers)
    hashes = _hashes(connection, [number - 1 for number in numbers])
    items = _by_event(connection, import_item, numbers)
    kept = [_by_event(connection, table, numbers) for table in (decision, chain_decision, retraction)]
    reasons = {number: row for rows in kept for number, row in rows.items()}
    runs = {number: found.id for number, found in _by_event(connection, import_run, numbers).items()}
    found = []
    for one in events:
        item, reason = items.get(one.sequence), reasons.get(one.sequence)
        is_sealed = (
            one.expected_hash() == one.hash
            and one.previous_hash == hashes.get(one.sequence - 1, GENESIS_HASH)
            and digests.get(one.sequence) == one.digest
        )
        run = (
            item.run_id if item else runs.get(one.sequence) or (reason.run_id if reason and "run_id" in reason._mapping else None)
        )
        found.append(
            CustodyEvent(
                one.sequence, one.at, one.agent, one.action, one.outcome, one.subject, one.detail, run,
                item.item if item else None, item.source_path if item else None, item.raw_row if item else None,
                texts(item.warnings) if item else (), reason.reason if reason else None, one.digest, one.previous_hash, one.hash,
                is_sealed,
            )
        )  # fmt: skip
    return found


def _by_event(connection: Connection, table: Any, numbers: Sequence[int]) -> dict[int, FullRow]:
    return {row.event_sequence: row for row in connection.execute(select(table).where(table.c.event_sequence.in_(numbers)))}


def _hashes(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    rows = connection.execute(select(event.c.sequence, event.c.hash).where(event.c.sequence.in_(numbers)))
    return {row.sequence: row.hash for row in rows}


def audit_page(connection: Connection, action: str, place: Place, size: int) -> AuditPage:
    """Return one page of the ledger, newest first; keys are the numbers of events."""
    of_kind: list[ColumnElement[bool]] = [event.c.action == action] if action else []
    wanted = (
        select(event, photo.c.sha256.label("photo"), import_run.c.id.label("run"))
        .outerjoin(photo, photo.c.sha256 == event.c.subject)
        .outerjoin(import_run, import_run.c.id == event.c.subject)
        .where(*of_kind)
    )
    if place.key:
        if not place.key.isdecimal() or len(place.key) > 18:
            raise lost_place(place)
        number = int(place.key)
        wanted = wanted.where(event.c.sequence > number if place.backward else event.c.sequence < number)
    order = event.c.sequence.asc() if place.backward else event.c.sequence.desc()
    rows = connection.execute(wanted.order_by(order).limit(size + 1)).all()
    entries, turn = turned(rows, place, size, lambda row: str(row.sequence))
    actions = connection.execute(select(event.c.action).distinct().order_by(event.c.action)).scalars()
    total = connection.execute(select(func.count()).select_from(event).where(*of_kind)).scalar() or 0
    return AuditPage(tuple(_audit_line(row) for row in entries), action, tuple(actions), total, turn)


def _audit_line(row: FullRow) -> AuditLine:
    return AuditLine(
        row.sequence, row.at, row.agent, row.action, row.outcome, row.subject, row.detail, row.hash, row.photo, row.run
    )
