"""Examined pairs: the queue that waits for a person, two photos side by side, and what a person said of them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, or_, select

from catalog.records.match import PARTING_VERDICTS, RELATIONS, STATES, strength
from catalog.records.pages.pairs import ComparePage, PairsPage
from catalog.records.pages.turning import Place
from catalog.store.pages.examined import decisions_of, in_order, pair_between
from catalog.store.pages.photos import require_photo, versions_of
from catalog.store.pages.publications import publication_lines, publication_numbers
from catalog.store.pages.rows import PAIR_COLUMNS, PAIR_JOIN, QUERY_PHOTO, REFERENCE_PHOTO, after_key, read_pair
from catalog.store.pages.turning import lost_place, turned
from catalog.store.tables.derived import verification
from catalog.store.tables.evidence import decision, event

COUNT_LIMIT = 10_000
_QUEUE = (verification.c.score, verification.c.id)


def pairs_page(connection: Connection, state: str, place: Place, size: int) -> PairsPage:
    """Return one page of pairs in four queries, the surest first."""
    condition = _in_state(state)
    key = _key(connection, place)
    wanted = select(*PAIR_COLUMNS).select_from(PAIR_JOIN).where(condition)
    if key is not None:
        wanted = wanted.where(after_key(_QUEUE, key, ascending=place.backward))
    order = [column.asc() if place.backward else column.desc() for column in _QUEUE]
    rows = connection.execute(wanted.order_by(*order).limit(size + 1)).all()
    entries, turn = turned(rows, place, size, lambda row: f"{row.query_sha256}-{row.reference_sha256}")
    names = [(row.query_sha256, row.reference_sha256) for row in entries]
    decisions = decisions_of(connection, names)
    pairs = tuple(read_pair(row, decisions.get(in_order(*name))) for row, name in zip(entries, names, strict=True))
    waiting = connection.execute(
        select(func.count()).select_from(
            select(verification.c.id).select_from(PAIR_JOIN).where(_in_state("suggested")).limit(COUNT_LIMIT).subquery()
        )
    ).scalar_one()
    return PairsPage(state, pairs, waiting, turn)


def compare_page(connection: Connection, first: str, second: str) -> ComparePage:
    """Return two photos and what was found between them."""
    first_id, second_id = (require_photo(connection, sha256).id for sha256 in (first, second))
    versions = {version.photo.sha256: version for version in versions_of(connection, [first_id, second_id], first_id)}
    numbers, _ = publication_numbers(connection, [first_id, second_id])
    decided = decisions_of(connection, [(first, second)]).get(in_order(first, second))
    pair = pair_between(connection, first_id, second_id, decided)
    return ComparePage(versions[first], versions[second], pair, decided, publication_lines(connection, numbers))


def _in_state(state: str) -> ColumnElement[bool]:
    """Return the condition that a pair waits for a person, is accepted by the machine, or was decided by a person."""
    if state == "decided":
        return _is_decided()
    open_pair = and_(verification.c.state == state, ~_is_decided())
    if state == "suggested":
        return or_(open_pair, _has_new_evidence())
    return open_pair


def _has_new_evidence() -> ColumnElement[bool]:
    """Return the condition that a person said the two are no copies when less spoke for it than does now."""
    seen = func.json_extract(event.c.detail, "$.seen.relation"), func.json_extract(event.c.detail, "$.seen.state")
    weaker = _strength(*seen) < _strength(verification.c.relation, verification.c.state)
    kept = event.c.sequence == decision.c.event_sequence
    parts = decision.c.verdict.in_(PARTING_VERDICTS)
    return exists(select(1).where(_last_word(), kept, parts, seen[0].is_not(None), weaker))


def _strength(relation: ColumnElement[str], state: ColumnElement[str]) -> ColumnElement[int]:
    """Return `catalog.records.match.strength` of two columns."""
    every = [(and_(relation == one, state == other), strength(one, other)) for one in RELATIONS for other in STATES]
    return case(*every, else_=0)


def _is_decided() -> ColumnElement[bool]:
    return exists(select(1).where(_last_word(), decision.c.verdict != "undo"))


def _last_word() -> ColumnElement[bool]:
    """Return the condition that a row of `decision` is the last one on the pair."""
    later = decision.alias("later")
    names = or_(
        and_(decision.c.first_sha256 == QUERY_PHOTO.c.sha256, decision.c.second_sha256 == REFERENCE_PHOTO.c.sha256),
        and_(decision.c.first_sha256 == REFERENCE_PHOTO.c.sha256, decision.c.second_sha256 == QUERY_PHOTO.c.sha256),
    )
    superseded = exists(
        select(1).where(
            later.c.first_sha256 == decision.c.first_sha256,
            later.c.second_sha256 == decision.c.second_sha256,
            later.c.id > decision.c.id,
        )
    )
    return and_(names, ~superseded)


def _key(connection: Connection, place: Place) -> tuple[float, int] | None:
    if not place.key:
        return None
    query, _, reference = place.key.partition("-")
    row = connection.execute(
        select(verification.c.score, verification.c.id)
        .select_from(PAIR_JOIN)
        .where(QUERY_PHOTO.c.sha256 == query, REFERENCE_PHOTO.c.sha256 == reference)
        .order_by(verification.c.version.desc())
    ).first()
    if row is None:
        raise lost_place(place)
    return (row.score, row.id)
