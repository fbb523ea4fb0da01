"""How the database is opened: safe pragmas, one writer at a time, driver errors given names."""

from __future__ import annotations

import fcntl
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from catalog.errors import DiskError, SettingsError, StoreBusyError, StoreError

# "Crdl" in ASCII: lets `file` and us tell our databases from others (sqlite.org/fileformat2.html §1.2.5).
APPLICATION_ID = 0x4372646C
BUSY_MILLISECONDS = 30_000
# Two connections that write or checkpoint at the same moment can corrupt a WAL database before this version
# (sqlite.org/wal.html, "The WAL-reset bug"); until then one lock of ours is held over both.
SAFE_WAL_VERSION = (3, 51, 3)
# The trigram index of the search came with this version (sqlite.org/fts5.html §4.3.4).
LEAST_VERSION = (3, 34, 0)
CHECKPOINT_PAGES = 1000
# A network file system breaks the shared memory that WAL needs (sqlite.org/wal.html).
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"}


class CatalogEngine:
    """Open connections to one database: many readers, one writer.

    `url` is an SQLAlchemy address; only SQLite is supported so far, on disk or `sqlite://` in memory (for tests).
    Raises SettingsError for any other address, for a database on a network file system and for an SQLite that is too old.
    """

    def __init__(self, url: str) -> None:
        """Prepare the engine; the file is made by the first connection."""
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            raise SettingsError(f"CATALOG_DATABASE_URL={url!r}: only sqlite:/// addresses are supported so far")
        if sqlite3.sqlite_version_info < LEAST_VERSION:
            least = ".".join(map(str, LEAST_VERSION))
            raise SettingsError(
                f"SQLite {sqlite3.sqlite_version} is what this Python has, and {least} or newer is needed; use a newer Python",
                code="library_too_old",
            )
        self.path = Path(parsed.database) if parsed.database and parsed.database != ":memory:" else None
        if self.path is not None:
            _refuse_network_file_system(self.path)
        self.engine = _build_engine(url, in_memory=self.path is None)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open one read transaction: everything read in it belongs to one moment."""
        with named_errors(), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection
            connection.rollback()

    @contextmanager
    def write(self, *, references_last: bool = False) -> Iterator[Connection]:
        """Open the one write transaction; it is committed, durably, when the block ends, and rolled back when it raises.

        `references_last` holds foreign keys only before the commit, for a migration that rebuilds a table which others refer to
        (sqlite.org/lang_altertable.html §7).

        Raises StoreBusyError when another process keeps writing for 30 s, DiskError when the disk refuses.
        """
        with named_errors(), self._writer_lock(), self.engine.connect() as connection:
            if references_last:
                connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # without effect inside a transaction
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
                if references_last:
                    _require_references(connection)
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                if connection.connection.dbapi_connection and connection.connection.dbapi_connection.in_transaction:
                    connection.exec_driver_sql("ROLLBACK")
                raise
            finally:
                if references_last:
                    connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            self._checkpoint(connection)

    @contextmanager
    def rehearse(self) -> Iterator[Connection]:
        """Open the one write transaction and roll it back when the block ends, whatever happened in it."""
        with named_errors(), self._writer_lock(), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            finally:
                connection.exec_driver_sql("ROLLBACK")

    @contextmanager
    def _writer_lock(self) -> Iterator[None]:
        if self.path is None or sqlite3.sqlite_version_info >= SAFE_WAL_VERSION:
            yield
            return
        with self.path.with_name(self.path.name + ".writer").open("a+b") as lock:
            deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise StoreBusyError(
                            f"{self.path}: another process has been writing for {BUSY_MILLISECONDS // 1000} s; "
                            "wait for it to end and run the command again"
                        ) from None
                    time.sleep(0.01)
            yield

    def _checkpoint(self, connection: Connection) -> None:
        # Automatic checkpoints are off on every connection, so that none runs outside the writer's lock.
        if self.path is None:
            return
        wal = self.path.with_name(self.path.name + "-wal")
        if wal.exists() and wal.stat().st_size > CHECKPOINT_PAGES * 4096:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _require_references(connection: Connection) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise StoreError("rows would refer to nothing; nothing was changed, restore a backup", code="database_damaged")


@contextmanager
def named_errors() -> Iterator[None]:
    """Give the driver's errors our names; everything else passes."""
    try:
        yield
    except DBAPIError as error:
        origin = error.orig
        name = getattr(origin, "sqlite_errorname", "") or ""
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise StoreBusyError("the database is locked by another process; run the command again when it is done") from error
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")):
            code = "disk_full" if name.startswith("SQLITE_FULL") else "disk_error"
            message = f"the disk refused the database: {origin}; free some space or mend the disk, then run again"
            raise DiskError(message, code=code) from error
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise StoreError(f"the database file is damaged: {origin}; restore a backup", code="database_damaged") from error
        raise


@contextmanager
def any_text(connection: Connection) -> Iterator[None]:
    """Let a connection read text whose bytes are no UTF-8, with surrogates in their place, instead of failing on it.

    Nothing of ours writes such text; a check has to be able to name what somebody else wrote.
    """
    driver: Any = connection.connection.dbapi_connection
    driver.text_factory = lambda content: content.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = str


def _build_engine(url: str, *, in_memory: bool) -> Engine:
    if in_memory:
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        engine = create_engine(url, connect_args={"timeout": BUSY_MILLISECONDS / 1000})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own idea of when a transaction begins is switched off: we begin each one by name.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF",
            "cell_size_check=ON", "mmap_size=0", "wal_autocheckpoint=0",
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
        # A refused change of the journal is no error to SQLite: it says which one it has, and goes on with that.
        (journal,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        if journal != "wal" and not in_memory:
            connection.close()
            raise DiskError("the disk refused the database's write-ahead log; free some space or mend the disk, then run again")

    return engine


def _refuse_network_file_system(path: Path) -> None:
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return
    folder = path.absolute().parent
    best, kind = Path("/"), ""
    for line in mounts.read_text("utf-8", "replace").splitlines():
        fields = line.split()
        point = Path(fields[1].replace("\\040", " "))
        if folder.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind = point, fields[2]
    if kind in NETWORK_FILE_SYSTEMS:
        raise SettingsError(f"{path}: {best} is a {kind} file system, where SQLite is not safe; choose a local folder")
