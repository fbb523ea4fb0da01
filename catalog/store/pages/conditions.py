"""What the filters of the grid mean, as one condition over picture groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, false, func, literal_column, or_, select, true, union
from sqlalchemy import table as table_clause
from sqlalchemy.sql.expression import CompoundSelect, Select

from catalog.records.match import CHANGES
from catalog.records.pages.grid import GridFilters, NamedSource
from catalog.store.decided_rows import counted_findings
from catalog.store.search import query_letters, query_words
from catalog.store.standing import stands
from catalog.store.tables.derived import (
    caption_claim,
    caption_credit_party,
    caption_place,
    credit_party,
    finding,
    group_member,
    picture_group,
    publisher_party,
    verification,
)
from catalog.store.tables.evidence import caption, credit, photo, publication, publication_statement

Photos = Select[Any] | CompoundSelect[Any]


def passes(filters: GridFilters, named: Sequence[NamedSource] = ()) -> ColumnElement[bool] | None:
    """Return the condition that a picture group passes the filters, None when they ask nothing.

    `named` are the sources that words of the searched text name: those words are also held by what shows or credits them.
    """
    conditions = list(_conditions(filters, named))
    return and_(*conditions) if conditions else None


def _conditions(filters: GridFilters, named: Sequence[NamedSource]) -> Iterator[ColumnElement[bool]]:
    if filters.text:
        yield _holds(_photos_searched(filters.text, named))
    if filters.publisher:
        yield _holds(_photos_published_by(filters.publisher))
    if filters.credited or filters.role:
        yield _holds(union(*_photos_crediting(filters.credited, filters.role)))
    if filters.language:
        # "ar" asks for "ar-SY" too; the range serves the index, which LIKE would not under SQLite's rules for it.
        spoken = or_(
            caption.c.language == filters.language,
            caption.c.language.between(f"{filters.language}-", f"{filters.language}-~"),
        )
        yield _holds(
            select(_photo_of(caption.c.photo_id))
            .select_from(caption.outerjoin(publication, publication.c.id == caption.c.publication_id))
            .where(spoken, stands("caption", caption.c.id))
        )
    if filters.change:
        yield _holds(_photos_changed(filters.change)) if filters.change in CHANGES else false()
    if filters.finding:
        yield _holds(_photos_with_finding(filters.finding))
    if filters.published_from or filters.published_to:
        yield _holds(_photos_published(filters.published_from, filters.published_to))
    if filters.shown_date:
        yield _holds(_captioned(_captions_dated(filters.shown_date)))
    if filters.shown_place:
        placed = select(caption_place.c.caption_id).where(caption_place.c.place == filters.shown_place)
        yield _holds(_captioned(placed))


def _captioned(captions: Select[Any]) -> Photos:
    return (
        select(_photo_of(caption.c.photo_id))
        .select_from(caption.outerjoin(publication, publication.c.id == caption.c.publication_id))
        .where(caption.c.id.in_(captions), stands("caption", caption.c.id))
    )


def _captions_dated(day: str) -> Select[Any]:
    """Return captions that date their picture inside the asked span, or to a span that holds the asked one."""
    wider = [day[:length] for length in (4, 7, 10) if length <= len(day)]
    dated = or_(caption_claim.c.value.in_(wider), caption_claim.c.value.between(f"{day}-", f"{day}-~"))
    return select(caption_claim.c.caption_id).where(caption_claim.c.kind == "date", caption_claim.c.role == "shown", dated)


def _photos_published_by(source: str) -> Select[Any]:
    return (
        select(publication.c.photo_id)
        .join(publisher_party, publisher_party.c.publication_id == publication.c.id)
        .where(publisher_party.c.source_id == source, stands("publication", publication.c.id))
    )


def _photos_crediting(source: str, role: str = "") -> tuple[Select[Any], Select[Any]]:
    """Return the photos with a credit line, and those with a caption, that credit a source or anybody in a role."""
    in_lines = (
        select(_photo_of(credit.c.photo_id))
        .select_from(credit.join(credit_party).outerjoin(publication, publication.c.id == credit.c.publication_id))
        .where(_is_credited(credit_party, source, role), stands("credit", credit.c.id))
    )
    in_captions = (
        select(_photo_of(caption.c.photo_id))
        .select_from(caption.join(caption_credit_party).outerjoin(publication, publication.c.id == caption.c.publication_id))
        .where(_is_credited(caption_credit_party, source, role), stands("caption", caption.c.id))
    )
    return in_lines, in_captions


def _is_credited(parties: Table, source: str, role: str) -> ColumnElement[bool]:
    asked = ((parties.c.source_id, source), (parties.c.role, role))
    return and_(*(column == value for column, value in asked if value))


def _holds(photos: Photos) -> ColumnElement[bool]:
    return picture_group.c.id.in_(select(group_member.c.group_id).where(group_member.c.photo_id.in_(photos)))


def _photo_of(own: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the photo of a text that belongs to a publication or to a file."""
    return func.coalesce(own, publication.c.photo_id)


def _photos_searched(text: str, named: Sequence[NamedSource]) -> Photos:
    """Return the photos that hold every word; words that name a source are also held by what it shows or is credited for."""
    if not named:
        return _photos_with_words(text)
    rest = text.split()
    conditions = []
    for number, one in enumerate(named):
        words = one.words.split()
        start = next(place for place in range(len(rest)) if rest[place : place + len(words)] == words)
        rest[start : start + len(words)] = []
        held = (
            _photos_with_words(one.words, f"named{number}_"),
            _photos_published_by(one.source),
            *_photos_crediting(one.source),
        )
        conditions.append(or_(*(photo.c.id.in_(photos) for photos in held)))
    if rest:
        conditions.append(photo.c.id.in_(_photos_with_words(" ".join(rest))))
    return select(photo.c.id).where(*conditions)


def _photos_with_words(words: str, prefix: str = "") -> Photos:
    asked = [("photo_words", query_words(words)), ("photo_letters", query_letters(words))]
    # FTS5 is not in SQLAlchemy's language; the two table names are ours and the query travels as a bound parameter.
    parts: list[Select[Any]] = [
        select(literal_column(f"{table}.rowid")).select_from(table_clause(table)).where(
            literal_column(table).op("MATCH")(bindparam(f"{prefix}{table}_query", query))
        )
        for table, query in asked
        if query is not None
    ]  # fmt: skip
    return union(*parts) if parts else select(photo.c.id).where(false())


def _photos_changed(change: str) -> Photos:
    # The names in CHANGES are plain letters, so that no wildcard can come in; they stand quoted in a JSON array.
    changed = and_(verification.c.state == "accepted", verification.c.changes.like(f'%"{change}"%'))
    return union(select(verification.c.query_photo_id).where(changed), select(verification.c.reference_photo_id).where(changed))


def _photos_with_finding(rule: str) -> Photos:
    subject = func.json_each(finding.c.subjects).table_valued("value", name="subject")
    subjects = (
        select(subject.c.value).select_from(finding.join(subject, true())).where(finding.c.rule == rule, counted_findings())
    )
    return union(
        select(photo.c.id).where(photo.c.sha256.in_(subjects)),
        select(publication.c.photo_id).where(publication.c.identity.in_(subjects)),
    )


def _photos_published(earliest: str, latest: str) -> Photos:
    """Return photos with a publication whose stated span of time touches the asked one."""
    shown = [stands("publication_statement", publication_statement.c.id)]
    if earliest:
        shown.append(publication_statement.c.published_to >= earliest)
    if latest:
        # "2017-01" must reach to the end of that month: every moment in it begins with those letters.
        shown.append(publication_statement.c.published_from <= f"{latest}~")
    return (
        select(publication.c.photo_id)
        .join(publication_statement, publication_statement.c.publication_id == publication.c.id)
        .where(*shown, publication_statement.c.published_from.is_not(None))
    )
