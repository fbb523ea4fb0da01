"""Read the chains that provenance made."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select

from catalog.records.provenance import Chain, Claim, Derivation
from catalog.store.decided_rows import read_decision
from catalog.store.said_rows import read_finding, read_ledger, read_sayings
from catalog.store.slices import slices
from catalog.store.tables.derived import (
    chain,
    chain_member,
    derivation,
    finding,
)
from catalog.store.tables.evidence import photo
from catalog.store.tracing_rows import traced_publications

CHAINS_AT_ONCE = 100


def chains(connection: Connection, sha256: str | None = None, *, worth_showing: bool = False) -> Iterator[Chain]:
    """Yield the chains in the order of their first stored photo, or only the one that holds a photo.

    `worth_showing` leaves out chains of one photo without a finding.
    """
    rows = (
        select(chain, photo.c.sha256.label("first"))
        .join(photo, photo.c.id == chain.c.first_photo_id)
        .order_by(chain.c.first_photo_id)
    )
    if sha256 is not None:
        held = select(chain_member.c.chain_id).join(photo, photo.c.id == chain_member.c.photo_id).where(photo.c.sha256 == sha256)
        rows = rows.where(chain.c.id.in_(held))
    if worth_showing:
        several = select(chain_member.c.chain_id).group_by(chain_member.c.chain_id).having(func.count() > 1)
        rows = rows.where(chain.c.id.in_(several) | chain.c.id.in_(select(finding.c.chain_id)))
    found = connection.execute(rows).all()
    for part in slices(found, CHAINS_AT_ONCE):
        yield from _chains(connection, part)


def _chains(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Chain]:
    ids = [row.id for row in rows]
    members: dict[int, dict[int, str]] = defaultdict(dict)
    held = select(chain_member.c.chain_id, photo.c.id, photo.c.sha256).join(photo, photo.c.id == chain_member.c.photo_id)
    for chain_id, photo_id, sha256 in connection.execute(held.where(chain_member.c.chain_id.in_(ids)).order_by(photo.c.id)):
        members[chain_id][photo_id] = sha256
    edges, findings = _owned(connection, derivation, ids), _owned(connection, finding, ids)
    publications = traced_publications(connection, [photo_id for names in members.values() for photo_id in names])
    for row in rows:
        names = members[row.id]
        claims = (
            Claim(one.id, one.publisher, tuple(dict.fromkeys(party.source for party in one.credits)))
            for photo_id in names
            for one in publications[photo_id]
        )
        yield Chain(
            row.first, tuple(names.values()), tuple(json.loads(row.origin)),
            tuple(_derivation(edge, names) for edge in edges[row.id]), tuple(claims),
            tuple(read_finding(one) for one in findings[row.id]),
            row.state, row.state_reason, read_sayings(row.state_sayings), row.drawing_seconds,
        )  # fmt: skip


def _owned(connection: Connection, table: Table, chain_ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(select(table).where(table.c.chain_id.in_(chain_ids)).order_by(table.c.id)):
        found[row.chain_id].append(row)
    return found


def _derivation(edge: Row[Any], names: Mapping[int, str]) -> Derivation:
    evidence = read_ledger(edge.evidence)
    changes = tuple(json.loads(edge.changes))
    return Derivation(
        names[edge.parent_photo_id], names[edge.child_photo_id], edge.directed, changes, edge.confidence, evidence,
        read_decision(edge.decision), tuple(json.loads(edge.or_from)),
    )  # fmt: skip
