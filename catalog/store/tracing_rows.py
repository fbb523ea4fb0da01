"""Read what provenance works on: photos, their publications, and who is credited in them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, Table, func, select

from catalog.records.metadata import MetadataValue
from catalog.records.partial_date import PartialDate
from catalog.records.sources import OFFICIAL_KINDS
from catalog.records.traces import TRACES_ALGORITHM, CreditedSource, StatedFacts, TracedPhoto, TracedPublication, Traces
from catalog.store.recorded_dates import read_date
from catalog.store.slices import slices
from catalog.store.standing import standing_of
from catalog.store.tables.derived import (
    caption_credit_party,
    caption_credit_reading,
    credit_party,
    credit_reading,
    descriptor,
    named_source,
    publisher_party,
    rendition,
    standing,
)
from catalog.store.tables.evidence import caption, credit, file_metadata, import_item, photo, publication, publication_statement

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
        publications = traced_publications(connection, ids)
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


def traced_publications(connection: Connection, photo_ids: Sequence[int]) -> dict[int, list[TracedPublication]]:
    """Return the publications that stand of photos, both by row number, as provenance is told of them."""
    statements = _latest_statements(photo_ids)
    credits, flags, lined = _credited(connection, photo_ids)
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
                location=row["location"], has_credit_line=row["publication_id"] in lined,
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


def _credited(
    connection: Connection, photo_ids: Sequence[int]
) -> tuple[dict[int, list[CreditedSource]], dict[int, set[str]], set[int]]:
    """Return by publication whom it credits, in its credit line first and then inside its captions, and the flags of both.

    Last come the publications that print a credit, whether it names anybody or not.
    """
    lined: set[int] = set()
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
            if text is credit:
                lined.add(publication_id)
    return parties, flags, lined


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
