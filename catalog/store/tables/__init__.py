"""All tables of the schema, as docs/architecture.md names them; a single one is imported from the file of its kind."""

from __future__ import annotations

from catalog.store.tables.columns import metadata
from catalog.store.tables.derived import DERIVED
from catalog.store.tables.evidence import EVIDENCE

__all__ = ["DERIVED", "EVIDENCE", "SEARCH_TABLES", "metadata"]

# Full-text search is FTS5, which SQLAlchemy does not model: the first migration makes `photo_words` (stems) and
# `photo_letters` (trigrams), rowid = photo.id, and autogenerate leaves them out.
SEARCH_TABLES = ("photo_words", "photo_letters")
