"""What was found between photos, and what a person said of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, or_, select, tuple_

from catalog.records.pages.pairs import DecisionLine, PairLine
from catalog.store.pages.rows import PAIR_COLUMNS, PAIR_JOIN, read_pair
from catalog.store.tables.derived import verification
from catalog.store.tables.evidence import decision, event


def pair_between(connection: Connection, first_id: int, second_id: int, decided: DecisionLine | None = None) -> PairLine | None:
    """Return what was found between two photos, in whichever order they were examined, by the newest version."""
    either = tuple_(verification.c.query_photo_id, verification.c.reference_photo_id).in_(
        [(first_id, second_id), (second_id, first_id)]
    )
    row = connection.execute(
        select(*PAIR_COLUMNS).select_from(PAIR_JOIN).where(either).order_by(verification.c.version.desc()).limit(1)
    ).first()
    return read_pair(row, decided) if row else None


def decisions_of(connection: Connection, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], DecisionLine]:
    """Return the decision in force for each pair, by the two SHA-256 in order; undone ones are none."""
    wanted = [in_order(*pair) for pair in pairs]
    rows = connection.execute(
        select(decision, event.c.detail)
        .join(event, event.c.sequence == decision.c.event_sequence)
        .where(tuple_(decision.c.first_sha256, decision.c.second_sha256).in_(wanted))
        .order_by(decision.c.id)
    )
    last = {(row.first_sha256, row.second_sha256): row for row in rows}
    return {
        pair: DecisionLine(row.verdict, row.reason, row.agent, row.at, _seen(row.detail))
        for pair, row in last.items()
        if row.verdict != "undo"
    }


def _seen(detail: str) -> tuple[str, str] | None:
    seen = json.loads(detail).get("seen")
    return (str(seen["relation"]), str(seen["state"])) if seen else None


def in_order(first: str, second: str) -> tuple[str, str]:
    """Return the two SHA-256 of a pair in the order in which decisions name them, the smaller first."""
    return (first, second) if first < second else (second, first)


def pairs_among(connection: Connection, photo_id: int, others: Sequence[int]) -> dict[str, PairLine]:
    """Return what was found between one photo and others, by the SHA-256 of the other."""
    beside = or_(
        and_(verification.c.query_photo_id == photo_id, verification.c.reference_photo_id.in_(others)),
        and_(verification.c.reference_photo_id == photo_id, verification.c.query_photo_id.in_(others)),
    )
    rows = connection.execute(select(*PAIR_COLUMNS).select_from(PAIR_JOIN).where(beside).order_by(verification.c.version)).all()
    found: dict[str, PairLine] = {}
    for row in rows:
        other = row.reference_sha256 if row.query_photo_id == photo_id else row.query_sha256
        found[other] = read_pair(row, None)
    return found
