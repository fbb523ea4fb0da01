"""Sources: all of them by name, and one with what it published and where it is credited."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, func, select, union

from catalog.errors import NotInCatalogueError
from catalog.records.pages.grid import Facets
from catalog.records.pages.sources import SourceLine, SourcePage, SourcesPage
from catalog.records.pages.thumb import Thumb
from catalog.records.pages.turning import Place
from catalog.store.pages.named import named_pictures
from catalog.store.pages.publications import publication_lines
from catalog.store.pages.rows import THUMB, FullRow, after_key, read_thumb
from catalog.store.pages.turning import lost_place, turned
from catalog.store.standing import stands
from catalog.store.tables.derived import caption_credit_party, credit_party, finding, named_source, publisher_party, rendition
from catalog.store.tables.evidence import caption, credit, photo, publication, publication_statement, source_decision

FACET_SOURCES = 200  # the filter lists so many; the page of sources leads to the rest
_BY_NAME = (named_source.c.name, named_source.c.id)


def facets(connection: Connection) -> Facets:
    """Return what the filters of the grid can be set to, in four queries that walk indexes, not tables."""
    return Facets(
        publishers=_most(connection, named_source.c.published_count),
        credited=_most(connection, named_source.c.credited_count),
        languages=_distinct(connection, caption.c.language),
        findings=_distinct(connection, finding.c.rule),
    )


def sources_page(connection: Connection, place: Place, size: int) -> SourcesPage:
    """Return one page of the sources by name, in three queries."""
    total = connection.execute(select(func.count()).select_from(named_source).where(_is_used())).scalar_one()
    wanted = select(named_source).where(_is_used())
    if place.key:
        key = connection.execute(select(*_BY_NAME).where(named_source.c.id == place.key)).first()
        if key is None:
            raise lost_place(place)
        wanted = wanted.where(after_key(_BY_NAME, tuple(key), ascending=not place.backward))
    rows = connection.execute(
        wanted.order_by(*(column.desc() if place.backward else column.asc() for column in _BY_NAME)).limit(size + 1)
    ).all()
    lines, turn = turned([_source_line(row) for row in rows], place, size, lambda line: line.id)
    return SourcesPage(tuple(lines), total, turn)


def source_page(connection: Connection, source: str, place: Place, size: int) -> SourcePage:
    """Return one source with one page of its publications, newest first, and whom it credits."""
    row = connection.execute(select(named_source).where(named_source.c.id == source, _is_used())).first()
    if row is None:
        raise NotInCatalogueError(f"no source {source!r} stands in this catalogue")
    shown = (
        select(publication.c.id, publication.c.identity, func.coalesce(_past(), "").label("moment"))
        .where(_appeared(source), publication.c.photo_id.is_not(None))
        .subquery()
    )
    order = (shown.c.moment, shown.c.id)
    wanted = select(shown)
    if place.key:
        key = connection.execute(select(*order).where(shown.c.identity == place.key)).first()
        if key is None:
            raise lost_place(place)
        wanted = wanted.where(after_key(order, tuple(key), ascending=place.backward))
    rows = connection.execute(
        wanted.order_by(*(column.asc() if place.backward else column.desc() for column in order)).limit(size + 1)
    ).all()
    entries, turn = turned(rows, place, size, lambda entry: str(entry.identity))
    lines = {line.id: line for line in publication_lines(connection, [entry.id for entry in entries])}
    publications = tuple(lines[entry.identity] for entry in entries if entry.identity in lines)
    return SourcePage(
        source=_source_line(row),
        credits=_credited_by(connection, source),
        publications=publications,
        thumbs=_thumbs(connection, [line.photo for line in publications]),
        turn=turn,
        named=named_pictures(connection, source),
    )


def _is_used() -> ColumnElement[bool]:
    # A source whose every publication and credit was undone keeps its row and its id, but is nowhere to be seen, unless a person
    # added it.
    decided = select(source_decision.c.source_id).where(source_decision.c.verdict == "add")
    return (named_source.c.published_count > 0) | (named_source.c.credited_count > 0) | named_source.c.id.in_(decided)


def _source_line(row: FullRow) -> SourceLine:
    return SourceLine(row.id, row.name, row.published_count, row.credited_count)


def _most(connection: Connection, count: ColumnElement[int]) -> tuple[SourceLine, ...]:
    rows = connection.execute(
        select(named_source).where(count > 0).order_by(count.desc(), named_source.c.name).limit(FACET_SOURCES)
    )
    return tuple(_source_line(row) for row in rows)


def _distinct(connection: Connection, column: ColumnElement[Any]) -> tuple[str, ...]:
    """Return the distinct texts of an indexed column by stepping from each to the next, instead of reading every row."""
    first = select(func.min(column).label("value")).cte("step", recursive=True)
    following = select(func.min(column)).where(column > first.c.value).correlate(first).scalar_subquery()
    steps = first.union_all(select(following).where(first.c.value.is_not(None)))
    return tuple(connection.execute(select(steps.c.value).where(steps.c.value.is_not(None))).scalars())


def _past() -> ColumnElement[str]:
    return (
        select(func.min(publication_statement.c.published_to))
        .where(
            publication_statement.c.publication_id == publication.c.id,
            stands("publication_statement", publication_statement.c.id),
        )
        .scalar_subquery()
    )


def _appeared(source: str) -> ColumnElement[bool]:
    return publication.c.id.in_(_appearances(source)) & stands("publication", publication.c.id)


def _appearances(source: str) -> CompoundSelect[Any]:
    """Return the publications that a source made or whose credit names it."""
    published = select(publisher_party.c.publication_id).where(publisher_party.c.source_id == source)
    credited = (
        select(credit.c.publication_id)
        .join(credit_party, credit_party.c.credit_id == credit.c.id)
        .where(credit_party.c.source_id == source, credit.c.publication_id.is_not(None), stands("credit", credit.c.id))
    )
    inside = (
        select(caption.c.publication_id)
        .join(caption_credit_party, caption_credit_party.c.caption_id == caption.c.id)
        .where(
            caption_credit_party.c.source_id == source, caption.c.publication_id.is_not(None), stands("caption", caption.c.id)
        )
    )  # fmt: skip
    return union(published, credited, inside)


def _credited_by(connection: Connection, source: str) -> tuple[SourceLine, ...]:
    """Return whom the publications of a source credit, the most often credited first; `credited` counts only those."""
    rows = connection.execute(
        select(named_source.c.id, named_source.c.name, func.count(credit.c.id.distinct()).label("times"))
        .select_from(
            publisher_party.join(credit, credit.c.publication_id == publisher_party.c.publication_id)
            .join(credit_party, credit_party.c.credit_id == credit.c.id)
            .join(named_source, named_source.c.id == credit_party.c.source_id)
        )
        .where(publisher_party.c.source_id == source, stands("credit", credit.c.id))
        .group_by(named_source.c.id, named_source.c.name)
        .order_by(func.count(credit.c.id.distinct()).desc(), named_source.c.name)
        .limit(FACET_SOURCES)
    )
    return tuple(SourceLine(row.id, row.name, 0, row.times) for row in rows)


def _thumbs(connection: Connection, photos: list[str]) -> tuple[Thumb, ...]:
    rows = connection.execute(
        select(photo.c.sha256, *THUMB)
        .outerjoin(rendition, rendition.c.photo_id == photo.c.id)
        .where(photo.c.sha256.in_(photos))
        .order_by(photo.c.id)
    )
    return tuple(read_thumb(row) for row in rows)
