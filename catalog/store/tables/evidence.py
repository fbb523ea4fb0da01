"""The tables of evidence: rows are only ever added, and every one stands under the ledger."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from catalog.store.tables.columns import dated, metadata, recorded, under_ledger

event = Table(
    "event", metadata,
    Column("sequence", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("action", Text, nullable=False, index=True),
    Column("outcome", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("detail", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
)  # fmt: skip

import_run = Table(
    "import_run", metadata,
    Column("id", Text, primary_key=True),
    under_ledger(),
    Column("started_at", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("arguments", Text, nullable=False),  # canonical JSON of what was asked
    Column("program_version", Text, nullable=False),
)  # fmt: skip

photo = Table(
    "photo", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("sha256", Text, nullable=False, unique=True),
    Column("size_bytes", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("first_stored_at", Text, nullable=False),
)  # fmt: skip

publication = Table(
    "publication", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("identity", Text, nullable=False, unique=True),  # public id: SHA-256 over what makes it the same one, 32 hex digits
    Column("photo_id", Integer, ForeignKey("photo.id"), index=True),  # none: a page names the picture, nobody saved it
    *recorded("publisher"),
    *recorded("url"),
    Column("source_path", Text, nullable=False),
)  # fmt: skip

publication_statement = Table(
    "publication_statement", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("publication_id", Integer, ForeignKey("publication.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    *dated("published"), *dated("first_seen"), *dated("created"),
    *recorded("location"),
    Column("carrier", Text),
    Column("extras", Text, nullable=False),  # canonical JSON object
    Unique("publication_id", "revision"),
)  # fmt: skip

_either_subject = "(publication_id IS NULL) <> (photo_id IS NULL)"

caption = Table(
    "caption", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("publication_id", Integer, ForeignKey("publication.id"), index=True),
    Column("photo_id", Integer, ForeignKey("photo.id"), index=True),
    Column("role", Text, nullable=False),
    Column("language", Text, index=True),
    Column("origin", Text, nullable=False),  # manifest, web_page, sidecar, xmp, iim, exif …
    Column("revision", Integer, nullable=False),
    *recorded("text", nullable=False),
    CheckConstraint(_either_subject, name="one_subject"),
)  # fmt: skip

credit = Table(
    "credit", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("publication_id", Integer, ForeignKey("publication.id"), index=True),
    Column("photo_id", Integer, ForeignKey("photo.id"), index=True),
    Column("role", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    *recorded("text", nullable=False),
    CheckConstraint(_either_subject, name="one_subject"),
)  # fmt: skip

file_metadata = Table(
    "file_metadata", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("photo_id", Integer, ForeignKey("photo.id"), nullable=False, index=True),
    Column("vocabulary", Text, nullable=False),
    Column("property", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("language", Text),
    Column("raw", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),
    Column("codec", Text, nullable=False),
    Column("meaning", Text),
)  # fmt: skip

import_item = Table(
    "import_item", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("run_id", Text, ForeignKey("import_run.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("item", Text, nullable=False),
    Column("source_path", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("message", Text),
    Column("warnings", Text, nullable=False),  # canonical JSON array of codes
    Column("raw_row", Text),
    Column("size_bytes", Integer),
    Column("sha256", Text, index=True),
    Column("photo_id", Integer, ForeignKey("photo.id"), index=True),
    Column("publication_id", Integer, ForeignKey("publication.id"), index=True),
    CheckConstraint("outcome IN ('added', 'known', 'rejected')", name="outcome"),
    Unique("run_id", "position"),
)  # fmt: skip

attestation = Table(
    "attestation", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("item_id", Integer, ForeignKey("import_item.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # photo, publication, publication_statement, caption, credit
    Column("subject_id", Integer, nullable=False),
    Index("ix_attestation_subject", "kind", "subject_id"),
)  # fmt: skip

retraction = Table(
    "retraction", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("run_id", Text, ForeignKey("import_run.id"), nullable=False, unique=True),
    Column("agent", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)  # fmt: skip

decision = Table(
    "decision", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("first_sha256", Text, nullable=False),  # the smaller of the two
    Column("second_sha256", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("at", Text, nullable=False),
    CheckConstraint("verdict IN ('accept', 'reject', 'same_scene', 'undo')", name="verdict"),
    Index("ix_decision_pair", "first_sha256", "second_sha256"),
)  # fmt: skip

source_decision = Table(
    "source_decision", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("verdict", Text, nullable=False),
    Column("source_id", Text, nullable=False, index=True),
    Column("target_id", Text, nullable=False),  # "" unless it is a merge
    Column("undoes", Integer, ForeignKey("source_decision.id")),
    Column("record", Text),  # canonical JSON of what was stated of the source
    Column("reason", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("at", Text, nullable=False),
    CheckConstraint("verdict IN ('add', 'alias', 'merge', 'undo')", name="verdict"),
)  # fmt: skip

inquiry = Table(
    "inquiry", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("at", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("query_name", Text, nullable=False),
    Column("query_sha256", Text),
    Column("found", Text, nullable=False),  # canonical JSON array of what was answered
)  # fmt: skip

chain_decision = Table(
    "chain_decision", metadata,
    Column("id", Integer, primary_key=True),
    under_ledger(),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),  # canonical JSON: parent and child, or a rule and its subjects
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("at", Text, nullable=False),
    CheckConstraint("kind IN ('derivation', 'finding')", name="kind"),
    CheckConstraint("verdict IN ('made_from', 'not_made_from', 'confirmed', 'dismissed', 'undo')", name="verdict"),
)  # fmt: skip

EVIDENCE = (
    import_run, photo, publication, publication_statement, caption, credit, file_metadata, import_item, attestation,
    retraction, decision, inquiry, chain_decision, source_decision,
)  # fmt: skip
