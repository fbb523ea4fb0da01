"""Bring the schema to head, and tell whether it is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from catalog.errors import SchemaError
from catalog.store.engine import APPLICATION_ID, CatalogEngine

if TYPE_CHECKING:
    from alembic.config import Config

# The revision this program needs. Alembic takes as long to import as all the rest, and only an upgrade needs it; a test holds
# this against the migrations.
HEAD = "0010"
MIGRATIONS = Path(__file__).parents[2] / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    """Build Alembic's configuration; the migrations run on the given connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def current_revision(engine: CatalogEngine) -> str | None:
    """Return the revision the database is at, None when it is empty."""
    with engine.read() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def upgrade(engine: CatalogEngine) -> None:
    """Bring the database to head in one transaction; harmless when it is there. Raises SchemaError for a newer database."""
    from alembic import command

    with engine.write(references_last=True) as connection:
        _refuse_newer(_revision(connection))
        command.upgrade(alembic_config(connection), "head")
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def require_head(engine: CatalogEngine) -> None:
    """Raise SchemaError unless the database is at the revision this program needs."""
    current = current_revision(engine)
    _refuse_newer(current)
    if current != HEAD:
        state = f"the database is at schema {current or 'none'}, this program needs {HEAD}"
        raise SchemaError(f"{state}; make a backup and run `catalog upgrade`")


def _refuse_newer(current: str | None) -> None:
    # Revisions sort as text; what a later program wrote into the schema, this one cannot know.
    if current is not None and current > HEAD:
        raise SchemaError(
            f"the database is at schema {current}, made by a later version; this program knows {HEAD}: use that version"
        )
