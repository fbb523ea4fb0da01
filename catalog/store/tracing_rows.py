"""Read what provenance works on, and the chains it made."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Subquery, Table, func, select

from catalog.records.metadata import MetadataValue
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import Chain, Claim, Derivation
from catalog.records.reading import READ_CREDIT_ROLES, CaptionText, CreditLine
from catalog.records.sources import OFFICIAL_KINDS
from catalog.records.traces import TRACES_ALGORITHM, CreditedSource, StatedFacts, TracedPhoto, TracedPublication, Traces
from catalog.store.decided_rows import read_decision
from catalog.store.recorded_dates import read_date
from catalog.store.said_rows import read_finding, read_ledger, read_sayings
from catalog.store.slices import slices
from catalog.store.standing import standing_of
from catalog.store.tables.derived import (
    caption_credit_party,
    caption_credit_reading,
    chain,
    chain_member,
    credit_party,
    credit_reading,
    derivation,
    descriptor,
    finding,
    named_source,
    publisher_party,
    rendition,
    standing,
)
from catalog.store.tables.evidence import caption, credit, file_metadata, import_item, photo, publication, publication_statement

CHAINS_AT_ONCE = 100
# Texts that credit somebody, with what was read in them and the column that names the text.
_CREDIT_TEXTS = (
    (credit, credit_party, credit_reading, "credit_id"),
    (caption, caption_credit_party, caption_credit_reading, "caption_id"),
)


def traced_photos(
    connection: Connection, sha256s: Sequence[str], facts_of: Callable[[Sequence[MetadataValue]], StatedFacts],
    preview_of: Callable[[str], bytes],
) -> list[TracedPhoto]:  # fmt: skip
    """Return everything provenance is told about the given photos, in stored order.

    `facts_of` reads the stated facts out of metadata values; `preview_of` is called only when a preview is wanted.
    """
    made = []
    for part in slices(sha256s):
        photos = list(connection.execute(select(photo).where(photo.c.sha256.in_(part)).order_by(photo.c.id)))
        ids = [row.id for row in photos]
        sizes = {row.photo_id: row for row in connection.execute(select(rendition).where(rendition.c.photo_id.in_(ids)))}
        traces = _traces(connection, ids)
        stated = _metadata(connection, ids)
        publications = _publications(connection, ids)
        credits = _credited_in_files(connection, ids)
        for row in photos:
            size = sizes.get(row.id)
            width, height = (size.width, size.height) if size else (0, 0)
            facts = facts_of(stated[row.id])
            made.append(
                TracedPhoto(
                    row.sha256, row.id, width, height, row.size_bytes, row.media_type, traces.get(row.id), facts,
                    tuple(publications[row.id]), partial(preview_of, row.sha256), tuple(credits[row.id]),
                )
            )  # fmt: skip
    return made


def credit_lines(connection: Connection) -> Iterator[CreditLine]:
    """Yield every credit statement that stands and is to be read."""
    rows = (
        select(credit.c.id, credit.c.role, credit.c.text).join(standing, standing_of("credit", credit.c.id)).order_by(credit.c.id)
    )
    for row in connection.execute(rows.where(credit.c.role.in_(READ_CREDIT_ROLES)).execution_options(yield_per=2000)):
        yield CreditLine(row.id, row.role, row.text)


def caption_texts(connection: Connection) -> Iterator[CaptionText]:
    """Yield every caption that stands."""
    rows = select(caption.c.id, caption.c.text).join(standing, standing_of("caption", caption.c.id)).order_by(caption.c.id)
    for row in connection.execute(rows.where(caption.c.role == "caption").execution_options(yield_per=2000)):
        yield CaptionText(row.id, row.text)


def publishers(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield identity and publisher's name of every publication that stands and states one."""
    rows = select(publication.c.identity, publication.c.publisher).join(standing, standing_of("publication", publication.c.id))
    for row in connection.execute(rows.where(publication.c.publisher.is_not(None)).order_by(publication.c.id)):
        yield row.identity, row.publisher


def source_paths(connection: Connection, sha256s: Sequence[str]) -> dict[str, str]:
    """Return for each photo the path it was first imported as."""
    found: dict[str, str] = {}
    for part in slices(sha256s):
        first = (
            select(func.min(import_item.c.id))
            .join(photo, photo.c.id == import_item.c.photo_id)
            .where(photo.c.sha256.in_(part))
            .group_by(import_item.c.photo_id)
        )
        rows = select(import_item.c.sha256, import_item.c.source_path).where(import_item.c.id.in_(first))
        found.update((row.sha256, row.source_path) for row in connection.execute(rows))
    return found


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
    publications = _publications(connection, [photo_id for names in members.values() for photo_id in names])
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
        read_decision(edge.decision),
    )  # fmt: skip


def _publications(connection: Connection, photo_ids: Sequence[int]) -> dict[int, list[TracedPublication]]:
    statements = _latest_statements(photo_ids)
    credits, flags = _credited(connection, photo_ids)
    languages = _languages(connection, photo_ids)
    texts = _captions(connection, photo_ids)
    found: dict[int, list[TracedPublication]] = defaultdict(list)
    for row in connection.execute(statements).mappings():
        found[row["photo_id"]].append(
            TracedPublication(
                id=row["identity"], publisher=row["source_id"], publisher_name=row["publisher"],
                publisher_kind="official" if row["kind"] in OFFICIAL_KINDS else row["kind"],
                published_at=read_date(row, "published"), first_seen_at=read_date(row, "first_seen"),
                date_created=read_date(row, "created"), credits=tuple(credits[row["publication_id"]]),
                flags=tuple(sorted(flags[row["publication_id"]])), languages=tuple(languages[row["publication_id"]]),
                # What a publication states of the day it shows; what its caption says of days is read by the workflow.
                event_dates=_read(read_date(row, "created")), captions=tuple(texts[row["publication_id"]].values()),
            )
        )  # fmt: skip
    return found


def _latest_statements(photo_ids: Sequence[int]) -> Select[Any]:
    revision = (
        select(func.max(publication_statement.c.revision))
        .join(standing, standing_of("publication_statement", publication_statement.c.id))
        .where(publication_statement.c.publication_id == publication.c.id)
        .scalar_subquery()
    )
    return (
        select(
            publication.c.photo_id,
            publication.c.identity,
            publication.c.publisher,
            publisher_party.c.source_id,
            named_source.c.kind,
            publication_statement,
        )
        .join(standing, standing_of("publication", publication.c.id))
        .join(
            publication_statement,
            (publication_statement.c.publication_id == publication.c.id) & (publication_statement.c.revision == revision),
        )
        .outerjoin(publisher_party, publisher_party.c.publication_id == publication.c.id)
        .outerjoin(named_source, named_source.c.id == publisher_party.c.source_id)
        .where(publication.c.photo_id.in_(photo_ids))
        .order_by(publication.c.id)
    )


def _credited(connection: Connection, photo_ids: Sequence[int]) -> tuple[dict[int, list[CreditedSource]], dict[int, set[str]]]:
    """Return by publication whom it credits, in its credit line first and then inside its captions, and the flags of both."""
    parties: dict[int, list[CreditedSource]] = defaultdict(list)
    flags: dict[int, set[str]] = defaultdict(set)
    for text, party, reading, key in _CREDIT_TEXTS:
        owned = (
            select(text.c.publication_id, text.c.id, text.c.role.label("statement"))
            .join(publication, publication.c.id == text.c.publication_id)
            .join(standing, standing_of(text.name, text.c.id))
            .where(publication.c.photo_id.in_(photo_ids))
            .subquery()
        )
        for owner, one in _parties(connection, owned, owned.c.publication_id, party, key):
            parties[owner].append(one)
        read = select(owned.c.publication_id, reading.c.flags).join(reading, reading.c[key] == owned.c.id)
        for publication_id, raised in connection.execute(read):
            flags[publication_id].update(json.loads(raised))
    return parties, flags


def _credited_in_files(connection: Connection, photo_ids: Sequence[int]) -> dict[int, list[CreditedSource]]:
    """Return by photo whom its file itself credits, in its metadata or its sidecar."""
    parties: dict[int, list[CreditedSource]] = defaultdict(list)
    for text, party, _, key in _CREDIT_TEXTS:
        owned = (
            select(text.c.photo_id, text.c.id, text.c.role.label("statement"))
            .join(standing, standing_of(text.name, text.c.id))
            .where(text.c.photo_id.in_(photo_ids))
            .subquery()
        )
        for owner, one in _parties(connection, owned, owned.c.photo_id, party, key):
            parties[owner].append(one)
    return parties


def _parties(
    connection: Connection, owned: Subquery, owner: ColumnElement[int], party: Table, key: str
) -> Iterator[tuple[int, CreditedSource]]:
    rows = (
        select(owner.label("owner"), owned.c.statement, party, named_source.c.name.label("source_name"))
        .join(party, party.c[key] == owned.c.id)
        .join(named_source, named_source.c.id == party.c.source_id)
        .order_by(party.c.id)
    )
    for row in connection.execute(rows):
        span = (row.span_from, row.span_to)
        yield row.owner, CreditedSource(row.role, row.source_id, row.source_name, row.statement, row.name, span, row.confidence)


def _languages(connection: Connection, photo_ids: Sequence[int]) -> dict[int, list[str]]:
    rows = (
        select(caption.c.publication_id, caption.c.language)
        .join(publication, publication.c.id == caption.c.publication_id)
        .join(standing, standing_of("caption", caption.c.id))
        .where(publication.c.photo_id.in_(photo_ids), caption.c.language.is_not(None))
        .order_by(caption.c.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(rows):
        if row.language not in found[row.publication_id]:
            found[row.publication_id].append(row.language)
    return found


def _captions(connection: Connection, photo_ids: Sequence[int]) -> dict[int, dict[tuple[str | None, str], str]]:
    """Return the captions of publications, the last revision of each language and origin."""
    rows = (
        select(caption.c.publication_id, caption.c.language, caption.c.origin, caption.c.text)
        .join(publication, publication.c.id == caption.c.publication_id)
        .join(standing, standing_of("caption", caption.c.id))
        .where(publication.c.photo_id.in_(photo_ids), caption.c.role == "caption")
        .order_by(caption.c.revision, caption.c.id)
    )
    found: dict[int, dict[tuple[str | None, str], str]] = defaultdict(dict)
    for row in connection.execute(rows):
        found[row.publication_id][row.language, row.origin] = row.text
    return found


def _traces(connection: Connection, photo_ids: Sequence[int]) -> dict[int, Traces]:
    rows = select(descriptor).where(descriptor.c.photo_id.in_(photo_ids), descriptor.c.algorithm == TRACES_ALGORITHM)
    return {row.photo_id: Traces.from_json(row.data.decode("ascii")) for row in connection.execute(rows)}


def _metadata(connection: Connection, photo_ids: Sequence[int]) -> dict[int, list[MetadataValue]]:
    found: dict[int, list[MetadataValue]] = defaultdict(list)
    rows = select(file_metadata).where(file_metadata.c.photo_id.in_(photo_ids), file_metadata.c.meaning.is_not(None))
    for row in connection.execute(rows.order_by(file_metadata.c.id)):
        found[row.photo_id].append(
            MetadataValue(row.vocabulary, row.property, row.position, row.language, row.raw, row.text, row.codec, row.meaning)
        )
    return found


def _read(date: PartialDate | None) -> tuple[PartialDate, ...]:
    return (date,) if date is not None and date.is_read else ()
