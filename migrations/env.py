"""Run the migrations on the connection that catalog.store.schema opened; nothing is configured elsewhere."""

from __future__ import annotations

from typing import Any

from alembic import context

from catalog.store.tables import SEARCH_TABLES, metadata


def include_object(_object: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leave out the full-text tables and the tables SQLite keeps behind them, which are written by hand."""
    return not (kind == "table" and name is not None and name.startswith(SEARCH_TABLES))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    include_object=include_object,
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()
