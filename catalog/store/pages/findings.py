"""Findings that concern photos or their publications."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from catalog.records.provenance import Finding
from catalog.store.said_rows import read_finding
from catalog.store.tables.derived import chain_member, finding
from catalog.store.tables.evidence import photo, publication


def findings_of(connection: Connection, photos: Sequence[int]) -> tuple[Finding, ...]:
    """Return the findings of the photos' chains whose subjects are among the photos and their publications, in three queries."""
    mine = set(connection.execute(select(photo.c.sha256).where(photo.c.id.in_(photos))).scalars())
    mine.update(connection.execute(select(publication.c.identity).where(publication.c.photo_id.in_(photos))).scalars())
    return tuple(found for found in _of_chains(connection, photos) if mine.intersection(found.subjects))


def _of_chains(connection: Connection, photos: Sequence[int]) -> list[Finding]:
    chains = select(chain_member.c.chain_id).where(chain_member.c.photo_id.in_(photos))
    rows = connection.execute(select(finding).where(finding.c.chain_id.in_(chains)).order_by(finding.c.id))
    return [read_finding(row) for row in rows]
