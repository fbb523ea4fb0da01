"""Read what matching and grouping work on: descriptors in stored order, examined pairs, decisions, touched neighbourhoods."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, or_, select

from catalog.records.comparable import Comparable
from catalog.records.descriptor import Descriptor
from catalog.records.match import Decision, Overlap, Verification
from catalog.records.reading import PhotoState
from catalog.records.traces import TRACES_ALGORITHM
from catalog.store.arrays import FeatureArrays
from catalog.store.slices import slices
from catalog.store.standing import standing_of
from catalog.store.tables.derived import MATCHED, OUTDATED, TRACED, descriptor, rendition, stage, standing, verification
from catalog.store.tables.evidence import decision, photo

NUMBERS = 10_000


def standing_photos() -> Select[tuple[int, str]]:
    """Ask for the photos that stand, in stored order."""
    return select(photo.c.id, photo.c.sha256).join(standing, standing_of("photo", photo.c.id)).order_by(photo.c.id)


def photo_state(connection: Connection, sha256: str) -> PhotoState | None:
    """Return how far a stored photo got, None when it is not stored."""
    row = connection.execute(select(photo).where(photo.c.sha256 == sha256)).first()
    if row is None:
        return None
    stands = select(standing.c.subject_id).where(standing.c.kind == "photo", standing.c.subject_id == row.id)
    kinds = connection.execute(select(descriptor.c.algorithm, descriptor.c.version).where(descriptor.c.photo_id == row.id))
    recipe = connection.execute(select(rendition.c.recipe).where(rendition.c.photo_id == row.id)).scalar()
    outdated = select(stage.c.photo_id).where(stage.c.photo_id == row.id, stage.c.stage == OUTDATED)
    return PhotoState(
        sha256, row.size_bytes, row.media_type, connection.execute(stands).scalar() is not None, recipe,
        frozenset((found.algorithm, found.version) for found in kinds), connection.execute(outdated).scalar() is not None,
    )  # fmt: skip


def find_photos(connection: Connection, prefix: str) -> list[str]:
    """Return the photos that stand whose SHA-256 begins with the given digits, at most 10."""
    rows = standing_photos().where(photo.c.sha256.startswith(prefix, autoescape=True)).limit(10)
    return [row.sha256 for row in connection.execute(rows)]


def pixels_digest(connection: Connection, sha256: str) -> str | None:
    """Return the cached digest of a photo's full pixels, None when nobody asked for it yet."""
    rows = select(rendition.c.pixels_sha256).join(photo, photo.c.id == rendition.c.photo_id)
    return connection.execute(rows.where(photo.c.sha256 == sha256)).scalar()


def plain_photos(connection: Connection, width: int, height: int) -> list[str]:
    """Return the plain photos of this oriented size that stand, in stored order."""
    alike = standing_photos().join(rendition, rendition.c.photo_id == photo.c.id).where(rendition.c.is_plain)
    return [row.sha256 for row in connection.execute(alike.where(rendition.c.width == width, rendition.c.height == height))]


def unmatched(version: int) -> Select[tuple[int, str]]:
    """Ask for the described photos that stand and have not been matched by this version, in stored order."""
    described = standing_photos().join(rendition, rendition.c.photo_id == photo.c.id)
    return described.where(~_reached(MATCHED, version))


def untraced(version: int) -> Select[tuple[int, str]]:
    """Ask for the photos that stand whose groups and chains this version has still to make, in stored order."""
    return standing_photos().where(~_reached(TRACED, version))


def _reached(name: str, version: int) -> ColumnElement[bool]:
    # Asked photo by photo: a list of all that are done would be made anew for every slice of those that are not.
    return exists().where(stage.c.photo_id == photo.c.id, stage.c.stage == name, stage.c.version == version)


def counted(connection: Connection, rows: Select[tuple[int, str]]) -> int:
    """Count the photos that are asked for."""
    return connection.execute(select(func.count()).select_from(rows.order_by(None).subquery())).scalar_one()


def first_of(connection: Connection, rows: Select[tuple[int, str]], most: int, after: str | None = None) -> list[str]:
    """Return the first of the photos that are asked for, or the first stored after another photo."""
    if after is not None:
        rows = rows.where(photo.c.id > select(photo.c.id).where(photo.c.sha256 == after).scalar_subquery())
    return [row.sha256 for row in connection.execute(rows.limit(most))]


def described_photos(connection: Connection) -> Iterator[list[int]]:
    """Yield the row numbers of the described photos that stand, in stored order, some thousands at a time."""
    rows = (
        select(photo.c.id)
        .join(standing, standing_of("photo", photo.c.id))
        .join(rendition, rendition.c.photo_id == photo.c.id)
        .order_by(photo.c.id)
    )
    for part in connection.execute(rows.execution_options(yield_per=NUMBERS)).scalars().partitions(NUMBERS):
        yield list(part)


def undescribed_count(connection: Connection) -> int:
    """Count the photos that stand and are not described, so that no search finds them."""
    rows = (
        select(func.count())
        .select_from(photo)
        .join(standing, standing_of("photo", photo.c.id))
        .outerjoin(rendition, rendition.c.photo_id == photo.c.id)
    )
    return int(connection.execute(rows.where(rendition.c.photo_id.is_(None))).scalar_one())


def outdated_count(connection: Connection) -> int:
    """Count the described photos that stand and have to be described anew."""
    rows = select(func.count()).select_from(stage).join(standing, standing_of("photo", stage.c.photo_id))
    described = rows.join(rendition, rendition.c.photo_id == stage.c.photo_id)
    return int(connection.execute(described.where(stage.c.stage == OUTDATED)).scalar_one())


def descriptor_bytes(connection: Connection) -> int:
    """Sum the bytes of the descriptors that photos are found and compared by."""
    size = func.coalesce(func.length(descriptor.c.data), descriptor.c.array_length)
    return connection.execute(select(func.sum(size)).where(descriptor.c.algorithm != TRACES_ALGORITHM)).scalar() or 0


def comparables(connection: Connection, arrays: FeatureArrays, only: Sequence[str]) -> Iterator[Comparable]:
    """Yield those of the photos that stand with their descriptors, without previews."""
    for _, one in _numbered(connection, arrays, photo.c.sha256, only):
        yield one


def numbered_comparables(
    connection: Connection, arrays: FeatureArrays, numbers: Sequence[int]
) -> Iterator[tuple[int, Comparable]]:
    """Yield those of the photos that stand, by their row numbers, with their descriptors, without previews."""
    yield from _numbered(connection, arrays, photo.c.id, numbers)


def _numbered(
    connection: Connection, arrays: FeatureArrays, column: ColumnElement[Any], wanted: Sequence[Any]
) -> Iterator[tuple[int, Comparable]]:
    columns = (
        photo.c.id, photo.c.sha256, photo.c.size_bytes, rendition.c.image_data_sha256, rendition.c.width, rendition.c.height,
        rendition.c.is_plain, descriptor.c.algorithm, descriptor.c.version, descriptor.c.bits, descriptor.c.data,
        descriptor.c.array_offset, descriptor.c.array_length,
    )  # fmt: skip
    rows = (
        select(*columns)
        .join(standing, standing_of("photo", photo.c.id))
        .join(rendition, rendition.c.photo_id == photo.c.id)
        .outerjoin(descriptor, descriptor.c.photo_id == photo.c.id)
        .order_by(photo.c.id, descriptor.c.algorithm)
    )
    for part in slices(wanted):
        yield from _comparables(connection.execute(rows.where(column.in_(part))), arrays)


def _comparables(rows: Iterable[Row[Any]], arrays: FeatureArrays) -> Iterator[tuple[int, Comparable]]:
    for number, owned in groupby(rows, key=lambda row: row.id):
        found = list(owned)
        first = found[0]
        yield number, Comparable(
            first.sha256, first.image_data_sha256, first.size_bytes, first.width, first.height, first.is_plain,
            tuple(_descriptor(row, arrays) for row in found if row.algorithm is not None), b"",
        )  # fmt: skip


def _descriptor(row: Row[Any], arrays: FeatureArrays) -> Descriptor:
    if row.data is not None:
        return Descriptor(row.algorithm, row.version, row.bits, row.data)
    packed = arrays.read(row.algorithm, row.version, row.array_offset, row.array_length)
    return Descriptor(row.algorithm, row.version, row.bits, bytes(packed))


def verifications_among(connection: Connection, sha256s: Sequence[str]) -> list[Verification]:
    """Return the examined pairs both of whose photos are among the given ones, in the order they were examined."""
    ids = _ids(connection, sha256s)
    names = {photo_id: sha256 for sha256, photo_id in ids.items()}
    found = []
    for part in slices(list(ids.values())):
        rows = select(verification).where(verification.c.query_photo_id.in_(part))
        found += [row for row in connection.execute(rows) if row.reference_photo_id in names]
    found.sort(key=lambda row: row.id)
    return [verification_of(row, names[row.query_photo_id], names[row.reference_photo_id]) for row in found]


def same_scenes(connection: Connection, sha256s: Sequence[str]) -> list[Verification]:
    """Return what was found, or suggested, to show another frame of the scene of one of the given photos."""
    scenes = (verification.c.relation == "same_scene") & (verification.c.state != "refused")
    return _touching(connection, sha256s, scenes)


def told_pairs(connection: Connection, sha256s: Sequence[str]) -> list[Verification]:
    """Return the accepted and suggested pairs with one or both of their photos among the given ones."""
    told = (verification.c.relation != "none") & (verification.c.state != "refused")
    return _touching(connection, sha256s, told)


def _touching(connection: Connection, sha256s: Sequence[str], condition: ColumnElement[bool]) -> list[Verification]:
    query, reference = photo.alias(), photo.alias()
    rows = (
        select(verification, query.c.sha256.label("query_sha256"), reference.c.sha256.label("reference_sha256"))
        .join(query, query.c.id == verification.c.query_photo_id)
        .join(reference, reference.c.id == verification.c.reference_photo_id)
        .where(condition)
        .order_by(verification.c.id)
    )
    found = {row.id: row for side in (query, reference) for row in _rows_in(connection, rows, side.c.sha256, list(sha256s))}
    return [verification_of(row, row.query_sha256, row.reference_sha256) for _, row in sorted(found.items())]


def verification_of(row: Row[Any], query: str, reference: str) -> Verification:
    """Build the record of one examined pair from its row."""
    overlap = None if row.overlap_query is None else Overlap(row.overlap_query, row.overlap_reference)
    return Verification(
        query, reference, row.relation, row.state, row.score, tuple(json.loads(row.changes)),
        tuple(json.loads(row.transform)) if row.transform else None, overlap, tuple(json.loads(row.box)) if row.box else None,
        row.rung, row.version, row.threshold_suggest, row.threshold_accept, tuple(json.loads(row.evidence).items()),
    )  # fmt: skip


def connected(connection: Connection, touched: Sequence[str], *, with_parts: bool = True) -> list[str]:
    """Return the photos reachable from the touched ones over accepted pairs and pairs a person accepted, in stored order.

    Only photos that stand count, the touched ones included.
    """
    kinds = ("same_bytes", "same_pixels", "copy", "part") if with_parts else ("same_bytes", "same_pixels", "copy")
    accepted = (verification.c.state == "accepted") & verification.c.relation.in_(kinds)
    ids = set(_ids(connection, touched).values())
    frontier = list(ids)
    while frontier:
        reached: set[int] = set()
        for part in slices(frontier):
            for here, there in (
                (verification.c.query_photo_id, verification.c.reference_photo_id),
                (verification.c.reference_photo_id, verification.c.query_photo_id),
            ):
                reached.update(connection.execute(select(there).where(accepted, here.in_(part))).scalars())
            reached.update(_decided_neighbours(connection, part))
        frontier = list(reached - ids)
        ids |= reached
    return [row.sha256 for row in _rows_in(connection, standing_photos(), photo.c.id, sorted(ids))]


def decisions(connection: Connection, among: Sequence[str] | None = None) -> list[Decision]:
    """Return the last word on every pair a person decided, undone ones left out; `among` limits it to pairs of these photos."""
    rows = _last_words()
    if among is None:
        found = list(connection.execute(rows))
    else:
        wanted = set(among)
        found = [
            row for row in _rows_in(connection, rows, decision.c.first_sha256, sorted(wanted)) if row.second_sha256 in wanted
        ]
    return [_decision_of(row) for row in found]


def decisions_touching(connection: Connection, sha256s: Sequence[str]) -> list[Decision]:
    """Return the last word on every decided pair of photos that stand, one or both of them among the given ones."""
    rows, sides = _last_words(), (decision.c.first_sha256, decision.c.second_sha256)
    found = {row.id: row for side in sides for row in _rows_in(connection, rows, side, list(sha256s))}
    held = _ids(connection, sorted({name for row in found.values() for name in (row.first_sha256, row.second_sha256)}))
    return [_decision_of(row) for _, row in sorted(found.items()) if {row.first_sha256, row.second_sha256} <= held.keys()]


def _last_words() -> Select[Any]:
    last = select(func.max(decision.c.id)).group_by(decision.c.first_sha256, decision.c.second_sha256)
    return select(decision).where(decision.c.id.in_(last), decision.c.verdict != "undo").order_by(decision.c.id)


def _decision_of(row: Row[Any]) -> Decision:
    return Decision((row.first_sha256, row.second_sha256), row.verdict, row.reason, row.agent, row.at)


def _decided_neighbours(connection: Connection, part: Sequence[int]) -> set[int]:
    names = set(connection.execute(select(photo.c.sha256).where(photo.c.id.in_(part))).scalars())
    pairs = select(decision.c.first_sha256, decision.c.second_sha256).where(
        decision.c.verdict == "accept", or_(decision.c.first_sha256.in_(names), decision.c.second_sha256.in_(names))
    )
    others = {sha256 for pair in connection.execute(pairs) for sha256 in pair} - names
    return set(_ids(connection, sorted(others)).values())


def _ids(connection: Connection, sha256s: Sequence[str]) -> dict[str, int]:
    return {row.sha256: row.id for row in _rows_in(connection, standing_photos(), photo.c.sha256, list(sha256s))}


def _rows_in(connection: Connection, rows: Select[Any], column: ColumnElement[Any], wanted: Sequence[Any]) -> list[Row[Any]]:
    found: list[Row[Any]] = []
    for part in slices(wanted):
        found += connection.execute(rows.where(column.in_(part)))
    return found
