"""Read what the duplicate report tells of whole groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, LargeBinary, Table, cast, func, select

from catalog.records.duplicates import ReportTotals, UndecodedText
from catalog.records.reading import PhotoFacts
from catalog.store.slices import slices
from catalog.store.standing import standing_of
from catalog.store.tables.derived import group_member, picture_group, rendition, standing, verification
from catalog.store.tables.evidence import caption, credit, photo, publication, publication_statement

# Pairs worth telling: somebody may rely on them or has to look at them.
TOLD = verification.c.state.in_(("accepted", "suggested")) & (verification.c.relation != "none")


def report_groups(connection: Connection) -> list[list[str]]:
    """Return the photos of every group that has several of them, then of those that only have a pair worth telling.

    Both run from the earliest published to the undated.
    """
    rows = (
        select(group_member.c.group_id, photo.c.sha256)
        .join(picture_group, picture_group.c.id == group_member.c.group_id)
        .join(photo, photo.c.id == group_member.c.photo_id)
        .where((picture_group.c.photo_count > 1) | group_member.c.group_id.in_(_groups_with_pairs()))
        .order_by((picture_group.c.photo_count > 1).desc(), picture_group.c.first_published, group_member.c.group_id, photo.c.id)
    )
    return [[row.sha256 for row in owned] for _, owned in groupby(connection.execute(rows), key=lambda row: row.group_id)]


def weakest_link(connection: Connection, sha256: str) -> float | None:
    """Return the lowest score that holds the group of a photo together, None where nothing does."""
    held = picture_group.join(group_member, group_member.c.group_id == picture_group.c.id)
    asked = select(picture_group.c.weakest_score).select_from(held.join(photo, photo.c.id == group_member.c.photo_id))
    found: float | None = connection.execute(asked.where(photo.c.sha256 == sha256)).scalar()
    return found


def report_totals(connection: Connection) -> ReportTotals:
    """Count what stands in the catalogue and what the report tells."""

    def count(rows: Any) -> int:
        return int(connection.execute(rows).scalar_one())

    several = picture_group.c.photo_count > 1
    told = select(picture_group.c.id).where(several | picture_group.c.id.in_(_groups_with_pairs()))
    of_kind = select(func.count()).select_from(standing)
    pairs = select(func.count()).select_from(verification)
    return ReportTotals(
        photos=count(of_kind.where(standing.c.kind == "photo")),
        publications=count(of_kind.where(standing.c.kind == "publication")),
        groups=count(select(func.count()).select_from(picture_group).where(several)),
        grouped_photos=count(select(func.coalesce(func.sum(picture_group.c.photo_count), 0)).where(several)),
        accepted=count(pairs.where(verification.c.state == "accepted", verification.c.relation != "none")),
        suggested=count(pairs.where(verification.c.state == "suggested", verification.c.relation != "none")),
        findings=count(select(func.coalesce(func.sum(picture_group.c.finding_count), 0)).where(picture_group.c.id.in_(told))),
    )


def photo_facts(connection: Connection, sha256s: Sequence[str]) -> dict[str, PhotoFacts]:
    """Return size, type and decoded dimensions of photos."""
    columns = (photo.c.sha256, photo.c.size_bytes, photo.c.media_type, rendition.c.width, rendition.c.height)
    rows = select(*columns).outerjoin(rendition, rendition.c.photo_id == photo.c.id)
    found = {}
    for part in slices(sha256s):
        for row in connection.execute(rows.where(photo.c.sha256.in_(part))):
            found[row.sha256] = PhotoFacts(row.width or 0, row.height or 0, row.size_bytes, row.media_type)
    return found


def undecoded_texts(connection: Connection, sha256s: Sequence[str]) -> dict[str, list[UndecodedText]]:
    """Return, by publication id, the bytes of published texts that are not the UTF-8 of what is shown."""
    found: dict[str, list[UndecodedText]] = defaultdict(list)
    for part in slices(sha256s):
        owned = (
            select(publication.c.id, publication.c.identity)
            .join(photo, photo.c.id == publication.c.photo_id)
            .where(photo.c.sha256.in_(part))
            .subquery()
        )
        for name in ("publisher", "url"):
            _take(connection, found, owned, publication, publication.c.id, name, name)
        _take(connection, found, owned, publication_statement, publication_statement.c.publication_id, "location", "location")
        _take_listed(connection, found, owned, caption, "captions")
        _take_listed(connection, found, owned, credit, "credits")
    return dict(found)


def _take(
    connection: Connection,
    found: dict[str, list[UndecodedText]],
    owned: Any,
    table: Table,
    owner: ColumnElement[int],
    name: str,
    said: str,
) -> None:
    rows = select(owned.c.identity, table.c[f"{name}_raw"].label("raw")).join(table, owner == owned.c.id)
    # A text can be valid UTF-8 and yet be shown without some of it: a NUL, a lone surrogate, white space at its end.
    for row in connection.execute(rows.where(table.c[f"{name}_raw"] != cast(table.c[name], LargeBinary))):
        found[row.identity].append(UndecodedText(said, 0, row.raw))


def _take_listed(connection: Connection, found: dict[str, list[UndecodedText]], owned: Any, table: Table, said: str) -> None:
    rows = (
        select(owned.c.identity, table.c.text_raw, table.c.text)
        .join(table, table.c.publication_id == owned.c.id)
        .join(standing, standing_of(table.name, table.c.id))
        .order_by(owned.c.id, table.c.id)
    )
    for identity, texts in groupby(connection.execute(rows), key=lambda row: row.identity):
        for position, row in enumerate(texts):
            if row.text_raw != row.text.encode("utf-8"):
                found[identity].append(UndecodedText(said, position, row.text_raw))


def _groups_with_pairs() -> Any:
    sides = (verification.c.query_photo_id, verification.c.reference_photo_id)
    first, second = (
        select(group_member.c.group_id).join(verification, side == group_member.c.photo_id).where(TOLD) for side in sides
    )
    return first.union(second)
