"""Which text of each picture group on a page of the grid holds the searched words, and where they stand in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, literal, null, select, union_all

from catalog.records.pages.grid import FoundText, NamedSource
from catalog.store.search import AskedWords
from catalog.store.standing import stands
from catalog.store.tables.derived import caption_credit_party, credit_party, group_member, publisher_party
from catalog.store.tables.evidence import caption, credit, publication

# A text is looked through to here, and so many of a group: a page must not read a library to show a line of it.
LETTERS, TEXTS_A_GROUP = 4000, 100
# Around the first word that was found, so many letters are shown.
BEFORE, SHOWN = 50, 180
_Row = tuple[str, str, str | None, str | None, tuple[tuple[int, int], ...]]


def found_texts(connection: Connection, groups: Sequence[int], words: str, named: Sequence[NamedSource]) -> dict[int, FoundText]:
    """Return for each group the text that holds most of the searched words, or credits a source that they name.

    A caption goes before a credit, a credit before who published; an earlier text before a later one. What was found in an
    address alone has none. One query, and one more where words name a source.
    """
    asked = AskedWords(words)
    texts: dict[int, list[_Row]] = defaultdict(list)
    for group, *row in connection.execute(_texts(groups)):
        texts[group].append((*row, ()))
    credited: dict[int, _Row] = {}
    if named:
        for group, start, end, *row in connection.execute(_credits(groups, [one.source for one in named])):
            credited.setdefault(group, (*row, ((start, end),) if end else ()))
    found: dict[int, FoundText] = {}
    for group in groups:
        best = max(texts[group], key=lambda row: asked.held_by(row[1]), default=None)
        if best is not None and asked.held_by(best[1]):
            found[group] = _shown(*best[:4], asked.spans_in(best[1]))
        elif group in credited:
            kind, text, language, publisher, spans = credited[group]
            found[group] = _shown(kind, text, language, publisher, spans or ((0, len(text)),))
    return found


def _shown(kind: str, text: str, language: str | None, publisher: str | None, spans: Sequence[tuple[int, int]]) -> FoundText:
    """Cut a text to the words around the first span, at the ends of words, on one line."""
    first = spans[0][0] if spans else 0
    start = 0 if first <= BEFORE else text.rfind(" ", 0, first - BEFORE) + 1
    end = len(text) if len(text) <= start + SHOWN else max(text.rfind(" ", 0, start + SHOWN), spans[0][1] if spans else 0)
    inside = tuple((a - start, b - start) for a, b in spans if start <= a and b <= end)
    # Line ends become spaces of the same length, so that the spans still fit.
    flat = text[start:end].replace("\r", " ").replace("\n", " ")
    return FoundText(kind, flat, inside, language, publisher, start > 0, end < len(text))


def _texts(groups: Sequence[int]) -> Select[Any]:
    """Return the texts of groups, those that a publication shows and those that files state, the first ones of each group."""
    every = union_all(*_sources(groups)).subquery("every")
    number = func.row_number().over(partition_by=every.c.group_id, order_by=(every.c.rank, every.c.id)).label("number")
    counted = select(every, number).subquery("counted")
    columns = (counted.c.group_id, counted.c.kind, counted.c.text, counted.c.language, counted.c.publisher)
    return select(*columns).where(counted.c.number <= TEXTS_A_GROUP).order_by(counted.c.group_id, counted.c.number)


def _sources(groups: Sequence[int]) -> Iterator[Select[Any]]:
    shown = group_member.c.group_id.in_(groups)
    of_photo = group_member.join(publication, publication.c.photo_id == group_member.c.photo_id)
    for rank, table, language in ((0, caption, caption.c.language), (1, credit, null())):
        text = func.substr(table.c.text, 1, LETTERS).label("text")
        kind = literal(table.name).label("kind")
        columns = (group_member.c.group_id, table.c.id, literal(rank).label("rank"), kind, text, language.label("language"))
        yield (
            select(*columns, publication.c.publisher.label("publisher"))
            .select_from(of_photo.join(table, table.c.publication_id == publication.c.id))
            .where(shown, stands(table.name, table.c.id))
        )
        yield (
            select(*columns, null().label("publisher"))
            .select_from(group_member.join(table, table.c.photo_id == group_member.c.photo_id))
            .where(shown, stands(table.name, table.c.id))
        )
    yield (
        select(
            group_member.c.group_id, publication.c.id, literal(2).label("rank"), literal("publisher").label("kind"),
            publication.c.publisher.label("text"), null().label("language"), publication.c.publisher.label("publisher"),
        )
        .select_from(of_photo)
        .where(shown, publication.c.publisher.is_not(None), stands("publication", publication.c.id))
    )  # fmt: skip


def _credits(groups: Sequence[int], sources: Sequence[str]) -> Select[Any]:
    """Return where groups credit or were published by some sources: the span of the name, and the text it stands in."""
    shown = group_member.c.group_id.in_(groups)
    of_photo = group_member.join(publication, publication.c.photo_id == group_member.c.photo_id)
    parts: list[Select[Any]] = []
    for table, party, language in ((caption, caption_credit_party, caption.c.language), (credit, credit_party, null())):
        parts.append(
            select(
                group_member.c.group_id, party.c.span_from, party.c.span_to, literal(table.name).label("kind"), table.c.text,
                language.label("language"), publication.c.publisher,
            )
            .select_from(of_photo.join(table, table.c.publication_id == publication.c.id).join(party))
            .where(shown, party.c.source_id.in_(sources), stands(table.name, table.c.id))
        )  # fmt: skip
    parts.append(
        select(
            group_member.c.group_id, literal(0), literal(0), literal("publisher"), publication.c.publisher, null(),
            publication.c.publisher,
        )
        .select_from(of_photo.join(publisher_party, publisher_party.c.publication_id == publication.c.id))
        .where(shown, publisher_party.c.source_id.in_(sources), publication.c.publisher.is_not(None))
    )  # fmt: skip
    every = union_all(*parts).subquery("credited")
    return select(every).order_by(every.c.group_id)
