"""The grid of picture groups: filters, order, and a constant number of queries a page, whatever the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select, true, union, union_all
from sqlalchemy.sql.expression import SelectBase

from catalog.records.pages.grid import FoundText, GridFilters, GridPage, NamedSource, Tile
from catalog.records.pages.publications import CaptionLine
from catalog.records.pages.turning import Place
from catalog.store.decided_rows import counted_findings
from catalog.store.pages.conditions import passes
from catalog.store.pages.matched import found_texts
from catalog.store.pages.publications import current_statements
from catalog.store.pages.rows import THUMB, FullRow, after_key, read_caption, read_thumb
from catalog.store.pages.turning import lost_place, turned
from catalog.store.recorded_dates import read_date
from catalog.store.standing import stands
from catalog.store.tables.derived import chain_member, finding, group_member, picture_group, rendition
from catalog.store.tables.evidence import caption, photo, publication

UNDATED = "~"  # what the writer of the groups puts where a date is missing; it sorts after every date
_CAPTION_COLUMNS = (
    caption.c.id, caption.c.publication_id, caption.c.photo_id, caption.c.role, caption.c.language, caption.c.origin,
    caption.c.revision, caption.c.text, caption.c.text_codec, caption.c.text_raw,
)  # fmt: skip
CAPTION_ORDER = ("caption", "headline", "title", "alt_text", "note")
# Counting stops here, so that a filter that lets a million through costs no more than one that lets this many through.
COUNT_LIMIT = 100_000


def grid_page(
    connection: Connection, filters: GridFilters, place: Place, size: int, named: tuple[NamedSource, ...] = ()
) -> GridPage:
    """Return one page of the grid in six queries, and up to three more for a search."""
    condition = passes(filters, named)
    total, key = _total_and_key(connection, filters, place)
    matching = total if condition is None else int(connection.execute(_count(condition)).scalar_one())
    words = GridFilters(text=filters.text, sort=filters.sort)
    alone = passes(words, named) if filters.text and words != filters else None
    searched = matching if filters.text else total
    if alone is not None:
        searched = int(connection.execute(_count(alone)).scalar_one())
    rows = _group_rows(connection, filters, condition, key, place, size)
    shown, turn = turned(rows, place, size, lambda row: str(row.sha256))
    found = found_texts(connection, [row.id for row in shown], filters.text, named) if filters.text else {}
    return GridPage(filters, _tiles(connection, shown, found), matching, total, turn, searched, named)


def _order(filters: GridFilters) -> tuple[list[ColumnElement[Any]], bool]:
    """Return the columns of the order and whether it ascends."""
    if filters.sort == "reuse":
        return [picture_group.c.publication_count, picture_group.c.id], False
    return [picture_group.c.first_published, picture_group.c.id], filters.sort == "oldest"


def _total_and_key(connection: Connection, filters: GridFilters, place: Place) -> tuple[int, tuple[Any, int] | None]:
    columns, _ = _order(filters)
    total = select(func.count()).select_from(picture_group).scalar_subquery()
    found = (
        select(*(column.label(f"key{number}") for number, column in enumerate(columns)))
        .join(group_member, group_member.c.group_id == picture_group.c.id)
        .join(photo, photo.c.id == group_member.c.photo_id)
        .where(photo.c.sha256 == place.key)
        .subquery()
    )
    row = connection.execute(
        select(total.label("total"), found.c.key0, found.c.key1).select_from(
            select(literal(1)).subquery().outerjoin(found, true())
        )
    ).one()
    if not place.key:
        return row.total, None
    if row.key1 is None:
        raise lost_place(place)
    return row.total, (row.key0, row.key1)


def _count(condition: ColumnElement[bool]) -> Select[Any]:
    passing = select(literal(1)).select_from(picture_group).where(condition).limit(COUNT_LIMIT)
    return select(func.count()).select_from(passing.subquery())


def _group_rows(
    connection: Connection,
    filters: GridFilters,
    condition: ColumnElement[bool] | None,
    key: tuple[Any, int] | None,
    place: Place,
    size: int,
) -> list[FullRow]:
    """Return up to size + 1 rows of the page, read from the key outwards, so backward pages come reversed."""
    base = select(picture_group.c.id) if condition is None else select(picture_group.c.id).where(condition)
    columns, ascending = _order(filters)
    forward = ascending != place.backward
    if filters.sort == "newest":
        wanted: SelectBase = _newest(base, columns, key, place.backward, size + 1)
    else:
        wanted = _slice(base, columns, key, forward, size + 1)
    chosen = wanted.subquery("chosen")
    cover, first = photo.alias("cover"), publication.alias("first")
    rows = connection.execute(
        select(
            picture_group.c.id, picture_group.c.photo_count, picture_group.c.publication_count, picture_group.c.cover_photo_id,
            picture_group.c.first_publication_id, picture_group.c.first_published, cover.c.sha256, *THUMB, first.c.publisher,
        )
        .select_from(
            chosen.join(picture_group, picture_group.c.id == chosen.c.id)
            .join(cover, cover.c.id == picture_group.c.cover_photo_id)
            .outerjoin(rendition, rendition.c.photo_id == cover.c.id)
            .outerjoin(first, first.c.id == picture_group.c.first_publication_id)
        )
    ).all()  # fmt: skip
    return sorted(rows, key=lambda row: _sort_key(row, filters), reverse=not forward)


def _newest(
    base: Select[Any], columns: Sequence[ColumnElement[Any]], key: tuple[Any, int] | None, backward: bool, size: int
) -> SelectBase:
    """Return the slice of the order that shows the newest first and the undated behind them.

    The mark of the undated sorts last, so they are a second stretch of the index, read after the first one (before it when
    reading backward).
    """
    dated = base.where(picture_group.c.first_published < UNDATED)
    undated = base.where(picture_group.c.first_published == UNDATED)
    in_undated = key is not None and key[0] == UNDATED
    if backward:
        stretches = [(undated, key)] * in_undated + [(dated, None if in_undated else key)]
    else:
        stretches = [(dated, key)] * (not in_undated) + [(undated, key if in_undated else None)]
    parts = []
    for number, (part, start) in enumerate(stretches):
        rows = _slice(part.add_columns(picture_group.c.first_published), columns, start, backward, size).subquery(f"part{number}")
        parts.append(select(rows.c.id, rows.c.first_published, literal(number).label("stretch")))
    both = union_all(*parts).subquery("both")
    order = [column.asc() if backward else column.desc() for column in (both.c.first_published, both.c.id)]
    return select(both.c.id).order_by(both.c.stretch, *order).limit(size)


def _sort_key(row: FullRow, filters: GridFilters) -> tuple[Any, ...]:
    if filters.sort == "reuse":
        return (row.publication_count, row.id)
    undated = row.first_published == UNDATED
    return (undated if filters.sort == "oldest" else not undated, row.first_published, row.id)


def _slice(
    base: Select[Any], columns: Sequence[ColumnElement[Any]], key: tuple[Any, int] | None, ascending: bool, size: int
) -> Select[Any]:
    if key is not None:
        base = base.where(after_key(columns, key, ascending=ascending))
    return base.order_by(*(column.asc() if ascending else column.desc() for column in columns)).limit(size)


def _tiles(connection: Connection, rows: Sequence[FullRow], found: Mapping[int, FoundText]) -> tuple[Tile, ...]:
    first_ids = [row.first_publication_id for row in rows if row.first_publication_id is not None]
    dates = current_statements(connection, first_ids)
    captions = _captions(connection, first_ids, [row.cover_photo_id for row in rows])
    findings = _findings(connection, [row.id for row in rows])
    return tuple(
        Tile(
            photo=read_thumb(row),
            photos=row.photo_count,
            publications=row.publication_count,
            findings=findings.get(row.id, ()),
            caption=captions.get((row.first_publication_id, None)) or captions.get((None, row.cover_photo_id)),
            publisher=row.publisher,
            published_at=read_date(dates[row.first_publication_id]._mapping, "published")
            if row.first_publication_id in dates
            else None,
            found=found.get(row.id),
        )
        for row in rows
    )


def _captions(
    connection: Connection, publications: Sequence[int], photos: Sequence[int]
) -> dict[tuple[int | None, int | None], CaptionLine]:
    """Return for each publication and each file the text that stands for it: as first published, a caption before others."""
    # Two index look-ups: asked as one condition with OR, SQLite's planner reads the whole table.
    parts = [
        select(*_CAPTION_COLUMNS).where(owner.in_(owners), stands("caption", caption.c.id))
        for owner, owners in ((caption.c.publication_id, publications), (caption.c.photo_id, photos))
    ]
    rows = connection.execute(union_all(*parts)).all()
    found: dict[tuple[int | None, int | None], CaptionLine] = {}
    for row in sorted(rows, key=lambda row: (CAPTION_ORDER.index(row.role), row.revision, row.id)):
        found.setdefault((row.publication_id, row.photo_id), read_caption(row))
    return found


def _findings(connection: Connection, groups: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the rules of the findings, but dismissed ones, that concern each group, the gravest first.

    A finding concerns a group by a photo or by a publication of one.
    """
    members = (
        select(group_member.c.group_id, photo.c.sha256, photo.c.id)
        .join(photo, photo.c.id == group_member.c.photo_id)
        .where(group_member.c.group_id.in_(groups))
        .subquery()
    )
    subjects = func.json_each(finding.c.subjects).table_valued("value", name="subject")
    joined = members.join(chain_member, chain_member.c.photo_id == members.c.id).join(
        finding, (finding.c.chain_id == chain_member.c.chain_id) & counted_findings()
    )
    concerned = union(
        select(members.c.group_id, finding.c.rule, finding.c.id).select_from(
            joined.join(subjects, subjects.c.value == members.c.sha256)
        ),
        select(members.c.group_id, finding.c.rule, finding.c.id).select_from(
            joined.join(publication, publication.c.photo_id == members.c.id)
            .join(subjects, subjects.c.value == publication.c.identity)
        ),
    ).subquery()  # fmt: skip
    # The findings of a chain are kept the gravest first.
    rules = select(concerned.c.group_id, concerned.c.rule).group_by(concerned.c.group_id, concerned.c.rule)
    found: dict[int, list[str]] = {}
    for group, rule in connection.execute(rules.order_by(concerned.c.group_id, func.min(concerned.c.id))):
        found.setdefault(group, []).append(rule)
    return {group: tuple(rules) for group, rules in found.items()}
