"""Pictures that pages name and that nobody saved: publications without a photo."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from catalog.records.pages.sources import NamedPicture
from catalog.store.pages.publications import current_statements
from catalog.store.pages.rows import read_caption
from catalog.store.recorded_dates import read_date
from catalog.store.standing import stands
from catalog.store.tables.derived import publisher_party
from catalog.store.tables.evidence import caption, credit, publication

NAMED_SHOWN = 50  # a page of a source lists so many


def named_pictures(connection: Connection, source: str) -> tuple[NamedPicture, ...]:
    """Return the first NAMED_SHOWN pictures that a source's pages name without a file, in the order seen, in four queries."""
    rows = connection.execute(
        select(publication)
        .join(publisher_party, publisher_party.c.publication_id == publication.c.id)
        .where(publisher_party.c.source_id == source, publication.c.photo_id.is_(None), stands("publication", publication.c.id))
        .order_by(publication.c.id)
        .limit(NAMED_SHOWN)
    ).all()
    ids = [row.id for row in rows]
    statements = current_statements(connection, ids)
    said = {
        table.name: {
            row.publication_id: row
            for row in connection.execute(
                select(table)
                .where(table.c.publication_id.in_(ids), table.c.role == role, stands(table.name, table.c.id))
                .order_by(table.c.id.desc())
            )
        }
        for table, role in ((caption, "caption"), (credit, "credit_line"))
    }
    return tuple(
        NamedPicture(
            id=row.identity,
            address=json.loads(statements[row.id].extras).get("picture_address", ""),
            publisher=row.publisher,
            url=row.url,
            published_at=read_date(statements[row.id]._mapping, "published"),
            caption=read_caption(said["caption"][row.id]) if row.id in said["caption"] else None,
            credit=said["credit"][row.id].text if row.id in said["credit"] else None,
        )
        for row in rows
        if row.id in statements
    )
