from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from catalog.errors import DiskError, SettingsError, StoreBusyError, StoreError
from catalog.store import engine as engine_module
from catalog.store.engine import CatalogEngine, named_errors


def opened(folder: Path) -> CatalogEngine:
    return CatalogEngine(f"sqlite:///{folder / 'catalog.sqlite'}")


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("wal_autocheckpoint", 0),
        ("mmap_size", 0),
    ],
)
def test_every_connection_is_in_the_safe_mode(tmp_path: Path, pragma: str, value: object) -> None:
    with opened(tmp_path).read() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def write_then_fail(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO t VALUES (1)")
    connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")


def test_what_raises_inside_a_write_is_taken_back(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    with engine.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x INTEGER)")
    with pytest.raises(DBAPIError), engine.write() as connection:
        write_then_fail(connection)
    with engine.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM t").scalar() == 0


def test_a_rehearsal_leaves_nothing(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    with engine.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x INTEGER)")
    with engine.rehearse() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        assert connection.exec_driver_sql("SELECT count(*) FROM t").scalar() == 1
    with engine.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM t").scalar() == 0


def add_one(folder: str) -> None:
    engine = opened(Path(folder))
    for _ in range(8):
        with engine.write() as connection:
            number = connection.exec_driver_sql("SELECT x FROM t").scalar_one()
            connection.exec_driver_sql(f"UPDATE t SET x = {number + 1}")


def test_writers_in_other_processes_wait_for_one_another(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    with engine.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x INTEGER)")
        connection.exec_driver_sql("INSERT INTO t VALUES (0)")
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=add_one, args=(str(tmp_path),)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with engine.read() as connection:
        assert connection.exec_driver_sql("SELECT x FROM t").scalar_one() == 24


def test_a_writer_that_never_ends_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BUSY_MILLISECONDS", 50)
    first, second = opened(tmp_path), opened(tmp_path)
    with first.write(), pytest.raises(StoreBusyError), second.write():
        pytest.fail("two writers at once")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("SQLITE_FULL", DiskError),
        ("SQLITE_IOERR_FSYNC", DiskError),
        ("SQLITE_BUSY", StoreBusyError),
        ("SQLITE_CORRUPT", StoreError),
    ],
)
def test_the_drivers_errors_get_our_names(tmp_path: Path, code: str, kind: type[StoreError]) -> None:
    origin = sqlite3.OperationalError("x")
    origin.sqlite_errorname = code
    with pytest.raises(kind), named_errors():
        raise OperationalError("SELECT 1", {}, origin)


def test_a_database_that_does_not_get_its_log_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class WithoutLog(sqlite3.Connection):
        def execute(self, statement: str, parameters: object = ()) -> sqlite3.Cursor:
            return super().execute("PRAGMA journal_mode=DELETE" if statement == "PRAGMA journal_mode=WAL" else statement)

    connect = sqlite3.connect
    monkeypatch.setattr("sqlite3.dbapi2.connect", lambda *given, **named: connect(*given, **named, factory=WithoutLog))
    refused = opened(tmp_path)
    with pytest.raises(DiskError, match="write-ahead log"), refused.read():
        pytest.fail("it was opened")


def test_a_database_of_another_kind_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="only sqlite"):
        CatalogEngine("postgresql://localhost/x")


def test_an_sqlite_without_what_the_search_needs_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 33, 9))
    with pytest.raises(SettingsError, match=r"3\.34\.0 or newer") as caught:
        CatalogEngine("sqlite://")
    assert caught.value.code == "library_too_old"
