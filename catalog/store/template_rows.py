"""Read and write templates, and the pairs in which they may be found."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, cast, delete, func, insert, or_, select
from sqlalchemy.types import Float

from catalog.records.template import Template
from catalog.store.tables.derived import template, verification
from catalog.store.tables.evidence import photo

# So many points agree where a banner or a frame is shared, and so little of the picture does.
LEAST_POINTS = 10
MOST_AGREEING = 0.85


def templates(connection: Connection) -> list[Template]:
    """Return the templates, by digest."""
    rows = connection.execute(select(template).order_by(template.c.digest))
    return [
        Template(row.digest, row.version, row.points, row.aspect, tuple(json.loads(row.room)), row.photo_count) for row in rows
    ]  # fmt: skip


def replace_templates(connection: Connection, found: Sequence[Template]) -> None:
    """Replace the templates."""
    connection.execute(delete(template))
    rows = [
        {
            "digest": one.digest, "version": one.version, "points": one.points, "aspect": one.aspect,
            "room": json.dumps(one.room), "photo_count": one.photos,
        }
        for one in found
    ]  # fmt: skip
    if rows:
        connection.execute(insert(template), rows)


def doubtful_pairs(connection: Connection, beside: str) -> list[tuple[str, str]]:
    """Return the pairs that share many points but not all of the picture, and those decided by the rung `beside`."""
    query, reference = photo.alias(), photo.alias()

    def number(name: str) -> ColumnElement[float]:
        return cast(func.json_extract(verification.c.evidence, f"$.{name}"), Float)

    shares_a_part = (number("points") >= LEAST_POINTS) & (number("cells_share") < MOST_AGREEING)
    rows = (
        select(query.c.sha256, reference.c.sha256)
        .select_from(verification)
        .join(query, query.c.id == verification.c.query_photo_id)
        .join(reference, reference.c.id == verification.c.reference_photo_id)
        .where(or_(verification.c.rung == beside, shares_a_part))
        .distinct()
        .order_by(query.c.sha256, reference.c.sha256)
    )
    return [(row[0], row[1]) for row in connection.execute(rows)]
