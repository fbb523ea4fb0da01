"""What people decided about sources, and what follows from it in the rows that name one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, select, union, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from catalog.errors import NotInCatalogueError
from catalog.records.event import canonical_json
from catalog.records.sources import Renaming, SourceDecision, SourceName, SourceRecord, UsedName
from catalog.store.evidence import EvidenceWriter
from catalog.store.intake_rows import storable
from catalog.store.tables.derived import caption_credit_party, credit_party, named_source, publisher_party
from catalog.store.tables.evidence import caption, credit, photo, publication, source_decision

# The texts that credit somebody, the parties read in them, and the column that ties these to those.
_PARTIES = (
    (credit, credit_party, credit_party.c.credit_id),
    (caption, caption_credit_party, caption_credit_party.c.caption_id),
)


def record_source_decision(writer: EvidenceWriter, made: SourceDecision) -> int:
    """Record a decision about a source under one event and return its number.

    Raises NotInCatalogueError when it takes back a decision that is not there.
    """
    if made.undoes:
        known = writer.connection.execute(select(source_decision.c.id).where(source_decision.c.id == made.undoes)).scalar()
        if known is None:
            raise NotInCatalogueError(f"there is no decision {made.undoes} about sources; `catalog sources show` lists them")
    number = writer.add(
        source_decision, verdict=made.verdict, source_id=storable(made.source), target_id=storable(made.target),
        undoes=made.undoes or None, record=storable(_written(made.record)) if made.record is not None else None,
        reason=storable(made.reason), agent=storable(made.agent), at=made.at,
    )  # fmt: skip
    writer.seal(f"source {made.verdict}", storable(made.source), agent=storable(made.agent), detail={"decision": number})
    return number


def source_decisions(connection: Connection) -> list[SourceDecision]:
    """Return every decision about sources, those taken back included, in the order made."""
    rows = connection.execute(select(source_decision).order_by(source_decision.c.id))
    return [
        SourceDecision(
            verdict=row.verdict, source=row.source_id, reason=row.reason, agent=row.agent, at=row.at,
            record=_read(row.record) if row.record else None, target=row.target_id, undoes=row.undoes or 0, number=row.id,
        )
        for row in rows
    ]  # fmt: skip


def used_names(connection: Connection) -> list[UsedName]:
    """Return every name that a credit or a publisher's line holds, once for each source it was resolved to."""
    credited = union(*(select(parties.c.name, parties.c.source_id) for _, parties, _ in _PARTIES))
    published = (
        select(publication.c.publisher, publisher_party.c.source_id)
        .join(publisher_party, publisher_party.c.publication_id == publication.c.id)
        .distinct()
    )
    return [UsedName(name, source) for name, source in [*connection.execute(credited), *connection.execute(published)]]


def printed_sources(connection: Connection, sources: Collection[str]) -> dict[str, str]:
    """Return the name, as shown, of those among the given ids that publish something or are credited for it."""
    uses = named_source.c.published_count + named_source.c.credited_count > 0
    rows = connection.execute(select(named_source.c.id, named_source.c.name).where(named_source.c.id.in_(sources) & uses))
    return {row.id: row.name for row in rows}


def rename_sources(connection: Connection, renamings: Sequence[Renaming]) -> list[str]:
    """Let names mean other sources and return the photos whose chains tell of it."""
    touched: set[str] = set()
    for one in renamings:
        named = select(publication.c.id).where(publication.c.publisher == one.name)
        of_publisher = publisher_party.c.publication_id.in_(named) & (publisher_party.c.source_id == one.before)
        photos = select(photo.c.sha256).join(publication, publication.c.photo_id == photo.c.id)
        connection.execute(insert_or(named_source).on_conflict_do_nothing(), [_unused(one.after, one.name)])
        for texts, parties, owner in _PARTIES:
            of_name = (parties.c.name == one.name) & (parties.c.source_id == one.before)
            crediting = select(texts.c.publication_id).join(parties, owner == texts.c.id).where(of_name)
            touched.update(connection.execute(photos.where(publication.c.id.in_(crediting))).scalars())
            connection.execute(update(parties).where(of_name).values(source_id=one.after))
        published = select(publisher_party.c.publication_id).where(of_publisher)
        touched.update(connection.execute(photos.where(publication.c.id.in_(published))).scalars())
        connection.execute(update(publisher_party).where(of_publisher).values(source_id=one.after))
    return sorted(touched)


def describe_sources(connection: Connection, known: Mapping[str, tuple[str, str | None]], named: Iterable[str]) -> None:
    """Write name and kind of the records that are known, and give every source among the named a row."""
    connection.execute(update(named_source).values(kind=None))
    rows = [{"known": source, "said": name, "sort": kind} for source, (name, kind) in known.items()]
    if rows:
        of_source = update(named_source).where(named_source.c.id == bindparam("known"))
        connection.execute(of_source.values(name=bindparam("said"), kind=bindparam("sort")), rows)
    fresh = [_unused(source, known[source][0]) for source in named if source in known]
    if fresh:
        connection.execute(insert_or(named_source).on_conflict_do_nothing(), fresh)


def _unused(source: str, name: str) -> dict[str, object]:
    return {"id": source, "name": name, "published_count": 0, "credited_count": 0}


def _written(record: SourceRecord) -> str:
    return canonical_json({
        "kind": record.kind, "domains": list(record.domains), "channels": list(record.channels), "parent": record.parent,
        "reference": record.reference, "credit_forms": list(record.credit_forms),
        "names": [[one.text, one.language, one.valid_from, one.valid_to] for one in record.names],
    })  # fmt: skip


def _read(text: str) -> SourceRecord:
    stated = json.loads(text)
    return SourceRecord(
        id="",
        kind=stated["kind"],
        names=tuple(SourceName(*one) for one in stated["names"]),
        domains=tuple(stated["domains"]),
        channels=tuple(stated["channels"]),
        credit_forms=tuple(stated["credit_forms"]),
        parent=stated["parent"],
        reference=stated["reference"],
    )
