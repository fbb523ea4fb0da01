"""The tables, as docs/architecture.md names them: evidence under the ledger first, derived rows after."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy import UniqueConstraint as Unique

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _under_ledger() -> Column[int]:
    """Return the column that ties an evidence row to the event it was written with."""
    return Column("event_sequence", Integer, ForeignKey("event.sequence"), nullable=False, index=True)


def _recorded(name: str, *, nullable: bool = True) -> tuple[Column[bytes], Column[str], Column[str]]:
    """Return the three columns of a recorded text: bytes as received, text shown, codec between them."""
    return (
        Column(f"{name}_raw", LargeBinary, nullable=nullable),
        Column(name, Text, nullable=nullable),
        Column(f"{name}_codec", Text, nullable=nullable),
    )


def _date(name: str) -> tuple[Column[str], ...]:
    """Return the five columns of a partial date; bounds are UTC in ISO 8601, so that they sort as text."""
    return tuple(Column(f"{name}_{part}", Text) for part in ("raw", "edtf", "from", "to", "zone"))


# ---- Evidence: append-only, every row under the ledger ------------------------------------------------------------

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
    _under_ledger(),
    Column("started_at", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("arguments", Text, nullable=False),  # canonical JSON of what was asked
    Column("program_version", Text, nullable=False),
)  # fmt: skip

photo = Table(
    "photo", metadata,
    Column("id", Integer, primary_key=True),
    _under_ledger(),
    Column("sha256", Text, nullable=False, unique=True),
    Column("size_bytes", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("first_stored_at", Text, nullable=False),
)  # fmt: skip

publication = Table(
    "publication", metadata,
    Column("id", Integer, primary_key=True),
    _under_ledger(),
    Column("identity", Text, nullable=False, unique=True),  # public id: SHA-256 over what makes it the same one, 32 hex digits
    Column("photo_id", Integer, ForeignKey("photo.id"), index=True),  # none: a page names the picture, nobody saved it
    *_recorded("publisher"),
    *_recorded("url"),
    Column("source_path", Text, nullable=False),
)  # fmt: skip

publication_statement = Table(
    "publication_statement", metadata,
    Column("id", Integer, primary_key=True),
    _under_ledger(),
    Column("publication_id", Integer, ForeignKey("publication.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    *_date("published"), *_date("first_seen"), *_date("created"),
    *_recorded("location"),
    Column("carrier", Text),
    Column("extras", Text, nullable=False),  # canonical JSON object
    Unique("publication_id", "revision"),
)  # fmt: skip

_either_subject = "(publication_id IS NULL) <> (photo_id IS NULL)"

caption = Table(
    "caption", metadata,
    Column("id", Integer, primary_key=True),
    _under_ledger(),
    Column("publication_id", Integer, ForeignKey("publication.id"), index=True),
    Column("photo_id", Integer, ForeignKey("photo.id"), index=True),
    Column("role", Text, nullable=False),
    Column("language", Text, index=True),
    Column("origin", Text, nullable=False),  # manifest, web_page, sidecar, xmp, iim, exif …
    Column("revision", Integer, nullable=False),
    *_recorded("text", nullable=False),
    CheckConstraint(_either_subject, name="one_subject"),
)  # fmt: skip

credit = Table(
    "credit", metadata,
    Column("id", Integer, primary_key=True),
    _under_ledger(),
    Column("publication_id", Integer, ForeignKey("publication.id"), index=True),
    Column("photo_id", Integer, ForeignKey("photo.id"), index=True),
    Column("role", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    *_recorded("text", nullable=False),
    CheckConstraint(_either_subject, name="one_subject"),
)  # fmt: skip

file_metadata = Table(
    "file_metadata", metadata,
    Column("id", Integer, primary_key=True),
    _under_ledger(),
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
    _under_ledger(),
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
    _under_ledger(),
    Column("item_id", Integer, ForeignKey("import_item.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # photo, publication, publication_statement, caption, credit
    Column("subject_id", Integer, nullable=False),
    Index("ix_attestation_subject", "kind", "subject_id"),
)  # fmt: skip

retraction = Table(
    "retraction", metadata,
    Column("id", Integer, primary_key=True),
    _under_ledger(),
    Column("run_id", Text, ForeignKey("import_run.id"), nullable=False, unique=True),
    Column("agent", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)  # fmt: skip

decision = Table(
    "decision", metadata,
    Column("id", Integer, primary_key=True),
    _under_ledger(),
    Column("first_sha256", Text, nullable=False),  # the smaller of the two
    Column("second_sha256", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("at", Text, nullable=False),
    CheckConstraint("verdict IN ('accept', 'reject', 'undo')", name="verdict"),
    Index("ix_decision_pair", "first_sha256", "second_sha256"),
)  # fmt: skip

source_decision = Table(
    "source_decision", metadata,
    Column("id", Integer, primary_key=True),
    _under_ledger(),
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
    _under_ledger(),
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
    _under_ledger(),
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

# ---- Derived: can be dropped and rebuilt; each row carries the version of what made it -------------------------------

standing = Table(
    "standing", metadata,  # which evidence stands: attested by a run that is not retracted
    Column("kind", Text, primary_key=True),
    Column("subject_id", Integer, primary_key=True),
)  # fmt: skip

rendition = Table(
    "rendition", metadata,
    Column("photo_id", Integer, ForeignKey("photo.id"), primary_key=True),
    Column("recipe", Integer, nullable=False),
    Column("width", Integer), Column("height", Integer),
    Column("orientation", Integer, nullable=False),
    Column("frames", Integer, nullable=False),
    Column("detail", Float, nullable=False),
    Column("is_plain", Boolean(create_constraint=False), nullable=False),
    Column("image_data_sha256", Text, index=True),
    Column("pixels_sha256", Text),
    Column("preview_width", Integer, nullable=False), Column("preview_height", Integer, nullable=False),
)  # fmt: skip

descriptor = Table(
    "descriptor", metadata,
    Column("photo_id", Integer, ForeignKey("photo.id"), primary_key=True),
    Column("algorithm", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("bits", Integer, nullable=False),
    Column("data", LargeBinary),  # small codes
    Column("array_offset", Integer),  # packed local features lie in an array file
    Column("array_length", Integer),
)  # fmt: skip

stage = Table(
    "stage", metadata,
    Column("photo_id", Integer, ForeignKey("photo.id"), primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("through_photo_id", Integer, nullable=False),
)  # fmt: skip

verification = Table(
    "verification", metadata,
    Column("id", Integer, primary_key=True),
    Column("query_photo_id", Integer, ForeignKey("photo.id"), nullable=False, index=True),
    Column("reference_photo_id", Integer, ForeignKey("photo.id"), nullable=False, index=True),
    Column("relation", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("changes", Text, nullable=False),
    Column("transform", Text),
    Column("overlap_query", Float), Column("overlap_reference", Float),
    Column("box", Text),
    Column("rung", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("threshold_suggest", Float, nullable=False), Column("threshold_accept", Float, nullable=False),
    Column("evidence", Text, nullable=False),
    Index("ix_verification_queue", "state", "score", "id"),
)  # fmt: skip

template = Table(
    "template", metadata,  # what many unrelated photos share: a banner, a logo, a studio frame
    Column("digest", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("points", LargeBinary, nullable=False),
    Column("aspect", Float, nullable=False),
    Column("room", Text, nullable=False),
    Column("photo_count", Integer, nullable=False),
)  # fmt: skip

picture_group = Table(
    "picture_group", metadata,
    Column("id", Integer, primary_key=True),
    Column("cover_photo_id", Integer, ForeignKey("photo.id"), nullable=False, index=True),  # its first stored photo
    Column("weakest_score", Float),
    Column("photo_count", Integer, nullable=False),
    Column("publication_count", Integer, nullable=False),
    Column("finding_count", Integer, nullable=False),
    Column("first_published", Text, nullable=False),  # earliest bound of a publication in UTC, "~" when none: it sorts last
    Column("first_publication_id", Integer, ForeignKey("publication.id")),
    Index("ix_picture_group_newest", "first_published", "id"),
    Index("ix_picture_group_reuse", "publication_count", "id"),
)  # fmt: skip

group_member = Table(
    "group_member", metadata,
    Column("photo_id", Integer, ForeignKey("photo.id"), primary_key=True),
    Column("group_id", Integer, ForeignKey("picture_group.id", ondelete="CASCADE"), nullable=False, index=True),
)  # fmt: skip

named_source = Table(
    "named_source", metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text),  # of its authority record, none when it has none
    Column("published_count", Integer, nullable=False),
    Column("credited_count", Integer, nullable=False),
)  # fmt: skip

publisher_party = Table(
    "publisher_party", metadata,
    Column("publication_id", Integer, ForeignKey("publication.id"), primary_key=True),
    Column("source_id", Text, nullable=False, index=True),
)  # fmt: skip

credit_reading = Table(
    "credit_reading", metadata,
    Column("credit_id", Integer, ForeignKey("credit.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("flags", Text, nullable=False), Column("identifiers", Text, nullable=False), Column("unread", Text, nullable=False),
)  # fmt: skip

credit_party = Table(
    "credit_party", metadata,
    Column("id", Integer, primary_key=True),
    Column("credit_id", Integer, ForeignKey("credit.id"), nullable=False, index=True),
    Column("role", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("span_from", Integer, nullable=False), Column("span_to", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("source_id", Text, nullable=False, index=True),
)  # fmt: skip

# Credits that stand inside a caption, with the same columns as those of a credit line; spans point into the caption.
caption_credit_reading = Table(
    "caption_credit_reading", metadata,
    Column("caption_id", Integer, ForeignKey("caption.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("flags", Text, nullable=False), Column("identifiers", Text, nullable=False),
)  # fmt: skip

caption_credit_party = Table(
    "caption_credit_party", metadata,
    Column("id", Integer, primary_key=True),
    Column("caption_id", Integer, ForeignKey("caption.id"), nullable=False, index=True),
    Column("role", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("span_from", Integer, nullable=False), Column("span_to", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("source_id", Text, nullable=False, index=True),
)  # fmt: skip

# What captions claim; spans point into the caption. Days told relative to a publication have no value here.
caption_claim = Table(
    "caption_claim", metadata,
    Column("id", Integer, primary_key=True),
    Column("caption_id", Integer, ForeignKey("caption.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False), Column("role", Text, nullable=False), Column("value", Text, nullable=False),
    Column("span_from", Integer, nullable=False), Column("span_to", Integer, nullable=False),
    Column("least", Integer), Column("most", Integer),
    Index("ix_caption_claim_said", "kind", "value"),
)  # fmt: skip

# Where a caption says its picture is, and everything that place lies in.
caption_place = Table(
    "caption_place", metadata,
    Column("caption_id", Integer, ForeignKey("caption.id"), primary_key=True),
    Column("place", Text, primary_key=True, index=True),
)  # fmt: skip

chain = Table(
    "chain", metadata,
    Column("id", Integer, primary_key=True),
    Column("first_photo_id", Integer, ForeignKey("photo.id"), nullable=False, unique=True),
    Column("origin", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_reason", Text, nullable=False),
    Column("drawing_seconds", Float, nullable=False),
    Column("version", Integer, nullable=False),
)  # fmt: skip

chain_member = Table(
    "chain_member", metadata,
    Column("photo_id", Integer, ForeignKey("photo.id"), primary_key=True),
    Column("chain_id", Integer, ForeignKey("chain.id", ondelete="CASCADE"), nullable=False, index=True),
)  # fmt: skip

derivation = Table(
    "derivation", metadata,
    Column("id", Integer, primary_key=True),
    Column("chain_id", Integer, ForeignKey("chain.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("parent_photo_id", Integer, ForeignKey("photo.id"), nullable=False),
    Column("child_photo_id", Integer, ForeignKey("photo.id"), nullable=False, index=True),
    Column("directed", Boolean(create_constraint=False), nullable=False),
    Column("changes", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("decision", Text),  # the last word of a person, as JSON
)  # fmt: skip

finding = Table(
    "finding", metadata,
    Column("id", Integer, primary_key=True),
    Column("chain_id", Integer, ForeignKey("chain.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("rule", Text, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("subjects", Text, nullable=False),
    Column("decision", Text),  # the last word of a person, as JSON
    Column("spans", Text, nullable=False, server_default="[]"),  # where in captions and credits the words stand
)  # fmt: skip

DERIVED = (
    standing, rendition, descriptor, stage, verification, template, picture_group, group_member, named_source, publisher_party,
    credit_reading, credit_party, caption_credit_reading, caption_credit_party, caption_claim,
    caption_place, chain, chain_member, derivation, finding,
)  # fmt: skip

# Full-text search is FTS5, which SQLAlchemy does not model: the first migration makes `photo_words` (stems) and
# `photo_letters` (trigrams), rowid = photo.id, and autogenerate leaves them out.
SEARCH_TABLES = ("photo_words", "photo_letters")
