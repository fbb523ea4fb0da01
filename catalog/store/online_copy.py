"""Copy a database while others use it, and the array files that its rows name."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from catalog.errors import StoreBusyError, StoreError
from catalog.store.engine import CatalogEngine

STEP_PAGES = 4096


def copy_database(engine: CatalogEngine, target: Path, told: Callable[[int, int], None]) -> None:
    """Copy the database as it is at one moment, by SQLite's online backup, and check the copy's structure.

    A file that is there already is replaced. SQLite commits the copy and waits for the disk with it. `told` hears how many pages
    are copied, of how many. Raises StoreError when the copy is damaged.
    """
    for name in (target.name, f"{target.name}-wal", f"{target.name}-shm"):
        target.with_name(name).unlink(missing_ok=True)
    with engine.read() as connection, closing(sqlite3.connect(target)) as copy:
        # A read inside the transaction fixes the moment; writers go on beside it and the copy never has to start again.
        connection.exec_driver_sql("SELECT count(*) FROM event")
        driver: Any = connection.connection.dbapi_connection
        driver.backup(copy, pages=STEP_PAGES, progress=lambda _status, left, total: told(total - left, total))
        (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise StoreError(f"the copy of the database is damaged: {found}; run `catalog verify`", code="database_damaged")


def copy_arrays(arrays: Path, target: Path, copy_of_database: Callable[[], None]) -> None:
    """Copy the array files of a folder around the copying of the database whose rows name places in them.

    They only grow, so what is copied after the database holds everything that it names. Raises StoreBusyError when a rebuild
    exchanged them meanwhile.
    """
    before = _files(arrays)
    copy_of_database()
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in sorted(arrays.iterdir()) if arrays.exists() else ():
        with path.open("rb") as source, (target / path.name).open("xb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
    if not before.items() <= _files(arrays).items():
        raise StoreBusyError("the catalogue was being rebuilt meanwhile; run the command again when that is done")


def _files(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in folder.iterdir()} if folder.exists() else {}
