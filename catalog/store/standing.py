"""The condition that a row of evidence stands: attested by a run that was not undone."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, select

from catalog.store.tables.derived import standing


def standing_of(kind: str, subject: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition for a join with `standing`; a row of evidence has one such row at most."""
    return (standing.c.kind == kind) & (standing.c.subject_id == subject)


def stands(kind: str, subject: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition for a `where`, asked row by row."""
    return exists(select(1).where(and_(standing.c.kind == kind, standing.c.subject_id == subject)))
