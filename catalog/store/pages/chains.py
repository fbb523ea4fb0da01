"""One chain: its photos, their publications and credits, the derivations between them, and the findings."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from catalog.records.pages.chains import ChainPage, InquiryLine
from catalog.records.pages.publications import PublicationLine
from catalog.records.pages.sources import SourceLine
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import Derivation
from catalog.store.chain_decisions import chain_decisions
from catalog.store.decided_rows import read_decision
from catalog.store.pages.findings import findings_of
from catalog.store.pages.photos import require_photo
from catalog.store.pages.publications import publication_lines, publication_numbers
from catalog.store.pages.rows import THUMB, read_thumb, texts
from catalog.store.said_rows import read_ledger, read_sayings
from catalog.store.tables.derived import chain, chain_member, derivation, named_source, rendition
from catalog.store.tables.evidence import inquiry, photo

INQUIRIES_SHOWN = 50


def chain_page(connection: Connection, sha256: str) -> ChainPage:
    """Return the chain that holds a photo; one that no derivation joins is shown as a chain of its own, undetermined."""
    asked = require_photo(connection, sha256)
    row = connection.execute(
        select(chain, photo.c.sha256)
        .join(photo, photo.c.id == chain.c.first_photo_id)
        .join(chain_member, chain_member.c.chain_id == chain.c.id)
        .where(chain_member.c.photo_id == asked.id)
    ).first()
    chain_id = row.id if row else None
    members = connection.execute(
        select(photo.c.id, photo.c.sha256, *THUMB)
        .outerjoin(rendition, rendition.c.photo_id == photo.c.id)
        .outerjoin(chain_member, chain_member.c.photo_id == photo.c.id)
        .where(chain_member.c.chain_id == chain_id if row else photo.c.id == asked.id)
        .order_by(photo.c.id)
    ).all()
    names = {member.id: member.sha256 for member in members}
    numbers, _ = publication_numbers(connection, list(names))
    publications = publication_lines(connection, numbers)
    return ChainPage(
        id=row.sha256 if row else sha256,
        state=row.state if row else "undetermined",
        reason=row.state_reason if row else "",
        sayings=read_sayings(row.state_sayings) if row else (),
        origin=texts(row.origin) if row else (),
        photos=tuple(read_thumb(member) for member in members),
        publications=publications,
        derivations=_derivations(connection, chain_id, names),
        findings=findings_of(connection, list(names)),
        sources=_sources(connection, publications),
        inquiries=inquiries(connection, list(names.values())),
        decisions=tuple(made for made in chain_decisions(connection, list(names.values())) if made.kind == "derivation"),
    )


def _derivations(connection: Connection, chain_id: int | None, names: dict[int, str]) -> tuple[Derivation, ...]:
    rows = connection.execute(select(derivation).where(derivation.c.chain_id == chain_id).order_by(derivation.c.id))
    return tuple(
        Derivation(
            parent=names[row.parent_photo_id],
            child=names[row.child_photo_id],
            directed=row.directed,
            changes=texts(row.changes),
            confidence=row.confidence,
            evidence=read_ledger(row.evidence),
            decision=read_decision(row.decision),
            or_from=texts(row.or_from),
        )
        for row in rows
    )


def inquiries(connection: Connection, photos: Sequence[str]) -> tuple[InquiryLine, ...]:
    """Return the searches that asked about one of the photos or found one, newest first, at most INQUIRIES_SHOWN."""
    found = func.json_each(inquiry.c.found).table_valued("value", name="one")
    named = func.json_extract(found.c.value, "$.photo").in_(photos)
    concerned = inquiry.c.query_sha256.in_(photos) | select(1).select_from(found).where(named).exists()
    rows = connection.execute(select(inquiry).where(concerned).order_by(inquiry.c.id.desc()).limit(INQUIRIES_SHOWN))
    return tuple(
        InquiryLine(
            PartialDate.parse(row.at, "UTC"),
            row.agent,
            row.place,
            row.scope,
            row.query_name,
            _answers(row.found, row.query_sha256),
        )
        for row in rows
    )


def _answers(text: str, asked: str | None) -> tuple[str, ...]:
    """Return what a search found: addresses, or photos other than the one asked about."""
    answers = (str(one.get("url") or one.get("photo") or "") for one in json.loads(text))
    return tuple(answer for answer in answers if answer and answer != asked)


def _sources(connection: Connection, publications: tuple[PublicationLine, ...]) -> tuple[SourceLine, ...]:
    """Return the sources that publish or are credited in the chain, by name."""
    wanted = {line.source for line in publications if line.source}
    wanted.update(party.source for line in publications for credit in line.credits for party in credit.parties)
    rows = connection.execute(select(named_source).where(named_source.c.id.in_(wanted)).order_by(named_source.c.name))
    return tuple(SourceLine(row.id, row.name, row.published_count, row.credited_count) for row in rows)
