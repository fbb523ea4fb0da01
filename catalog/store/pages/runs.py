"""Import runs and the outcome of each thing that was read in one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from catalog.errors import NotInCatalogueError
from catalog.records.pages.runs import ItemLine, RunLine, RunPage, RunsPage
from catalog.records.pages.turning import Place
from catalog.store.pages.rows import FullRow, after_key, texts
from catalog.store.pages.turning import lost_place, turned
from catalog.store.tables.evidence import import_item, import_run, photo, retraction

_BY_TIME = (import_run.c.started_at, import_run.c.id)


def runs_page(connection: Connection, place: Place, size: int) -> RunsPage:
    """Return one page of runs, newest first."""
    wanted = select(import_run.c.id)
    if place.key:
        key = connection.execute(select(*_BY_TIME).where(import_run.c.id == place.key)).first()
        if key is None:
            raise lost_place(place)
        wanted = wanted.where(after_key(_BY_TIME, tuple(key), ascending=place.backward))
    order = [column.asc() if place.backward else column.desc() for column in _BY_TIME]
    names = connection.execute(wanted.order_by(*order).limit(size + 1)).scalars().all()
    shown, turn = turned(names, place, size, str)
    rows = {row.id: row for row in connection.execute(_runs().where(import_run.c.id.in_(shown)))}
    return RunsPage(tuple(_run_line(rows[name]) for name in shown), turn)


def run_page(connection: Connection, run: str, outcome: str, place: Place, size: int) -> RunPage:
    """Return one run and one page of its items in the order read."""
    row = connection.execute(_runs().where(import_run.c.id == run)).first()
    if row is None:
        raise NotInCatalogueError(f"no import run {run!r} is recorded in this catalogue")
    wanted = (
        select(import_item, photo.c.sha256.label("photo"))
        .outerjoin(photo, photo.c.id == import_item.c.photo_id)
        .where(import_item.c.run_id == run)
    )
    if outcome:
        wanted = wanted.where(import_item.c.outcome == outcome)
    position = import_item.c.position
    if place.key:
        if not place.key.isdecimal():
            raise lost_place(place)
        wanted = wanted.where(position < int(place.key) if place.backward else position > int(place.key))
    rows = connection.execute(wanted.order_by(position.desc() if place.backward else position).limit(size + 1)).all()
    entries, turn = turned(rows, place, size, lambda entry: str(entry.position))
    return RunPage(_run_line(row), row.arguments, outcome, tuple(_item_line(entry) for entry in entries), turn)


def _runs() -> Select[Any]:
    return (
        select(
            import_run,
            *(_count(outcome).label(outcome) for outcome in ("added", "known", "rejected")),
            retraction.c.at.label("retracted_at"),
            retraction.c.reason.label("retracted_because"),
        )
        .outerjoin(import_item, import_item.c.run_id == import_run.c.id)
        .outerjoin(retraction, retraction.c.run_id == import_run.c.id)
        .group_by(import_run.c.id)
    )


def _count(outcome: str) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((import_item.c.outcome == outcome, 1), else_=0)), 0)


def _run_line(row: FullRow) -> RunLine:
    return RunLine(
        id=row.id,
        started_at=row.started_at,
        agent=row.agent,
        program_version=row.program_version,
        added=row.added,
        known=row.known,
        rejected=row.rejected,
        retracted_at=row.retracted_at,
        retracted_because=row.retracted_because,
    )


def _item_line(row: FullRow) -> ItemLine:
    return ItemLine(
        position=row.position,
        item=row.item,
        source_path=row.source_path,
        outcome=row.outcome,
        reason=row.reason,
        message=row.message,
        warnings=texts(row.warnings),
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        photo=row.photo,
        raw_row=row.raw_row,
    )
