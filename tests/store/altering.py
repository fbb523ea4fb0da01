"""Alter what an instance keeps as somebody would who has its files, and ask `verify` what it names."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Integer, LargeBinary, Table

from catalog.records.custody import Anchor, AnchorStatement
from catalog.store.tables.evidence import EVIDENCE
from catalog.workflow.anchor_ledger import head_of_ledger
from catalog.workflow.verify_catalogue import VerifyOrder, verify_catalogue
from tests.store.keeping import Keeping

TABLES = {table.name: table for table in EVIDENCE}


def told(instance: Path, anchor: Anchor | None = None, **limits: Any) -> list[tuple[str, str]]:
    """Return code and subject of everything that `verify` names."""
    keeping = Keeping(instance)
    unsigned = None if anchor is None else AnchorStatement(anchor, "", None)
    verdict = verify_catalogue(keeping.catalogue, VerifyOrder(anchor=unsigned, **limits), lambda _done, _total: None)
    keeping.close()
    covered = (verdict.originals_read, verdict.originals_not_readable, verdict.originals_skipped)
    assert verdict.originals_expected == sum(covered)
    assert verdict.is_whole == (not verdict.alterations and not verdict.originals_skipped)
    return [(found.code, found.subject) for found in verdict.alterations]


def alter(instance: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Change the database as somebody would who has the file and no respect for our rules."""
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database, database:
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute("PRAGMA ignore_check_constraints=ON")
        for statement, values in statements:
            database.execute(statement, values)


def rows(instance: Path, question: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database:
        return [tuple(row) for row in database.execute(question, values)]


def other_value(table: Table, column: str, value: object) -> object:
    kind = table.c[column].type
    if isinstance(kind, Integer):
        return (value if isinstance(value, int) else 0) + 1000
    if isinstance(kind, LargeBinary):
        return (value if isinstance(value, bytes) else b"") + b"x"
    return ("" if value is None else str(value)) + "x"


def head(instance: Path) -> Anchor:
    keeping = Keeping(instance)
    found = head_of_ledger(keeping.catalogue)
    keeping.close()
    return found
