"""Create the catalogue.

Why: the first schema: evidence under the ledger, derived tables beside it, full-text search.
How long on a large catalogue: it runs on an empty one only.
What is lost on downgrade: everything.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_event_hash")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_subject"), ["subject"], unique=False)

    op.create_table(
        "named_source",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("published_count", sa.Integer(), nullable=False),
        sa.Column("credited_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_source")),
    )
    op.create_table(
        "standing",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject_id", name=op.f("pk_standing")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("first_sha256", sa.Text(), nullable=False),
        sa.Column("second_sha256", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("verdict IN ('accept', 'reject', 'undo')", name=op.f("ck_decision_verdict")),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_decision_event_sequence_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_event_sequence"), ["event_sequence"], unique=False)
        batch_op.create_index("ix_decision_pair", ["first_sha256", "second_sha256"], unique=False)

    op.create_table(
        "import_run",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("program_version", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_import_run_event_sequence_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_run_event_sequence"), ["event_sequence"], unique=False)

    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("query_name", sa.Text(), nullable=False),
        sa.Column("query_sha256", sa.Text(), nullable=True),
        sa.Column("found", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_inquiry_event_sequence_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
    )
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inquiry_event_sequence"), ["event_sequence"], unique=False)

    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("first_stored_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_photo_event_sequence_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("sha256", name=op.f("uq_photo_sha256")),
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photo_event_sequence"), ["event_sequence"], unique=False)

    op.create_table(
        "chain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_photo_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["first_photo_id"], ["photo.id"], name=op.f("fk_chain_first_photo_id_photo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain")),
        sa.UniqueConstraint("first_photo_id", name=op.f("uq_chain_first_photo_id")),
    )
    op.create_table(
        "descriptor",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("bits", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("array_offset", sa.Integer(), nullable=True),
        sa.Column("array_length", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_descriptor_photo_id_photo")),
        sa.PrimaryKeyConstraint("photo_id", "algorithm", "version", name=op.f("pk_descriptor")),
    )
    op.create_table(
        "file_metadata",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("vocabulary", sa.Text(), nullable=False),
        sa.Column("property", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("codec", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_file_metadata_event_sequence_event")),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_file_metadata_photo_id_photo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_metadata")),
    )
    with op.batch_alter_table("file_metadata", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_metadata_event_sequence"), ["event_sequence"], unique=False)
        batch_op.create_index(batch_op.f("ix_file_metadata_photo_id"), ["photo_id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("publisher_raw", sa.LargeBinary(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("publisher_codec", sa.Text(), nullable=True),
        sa.Column("url_raw", sa.LargeBinary(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("url_codec", sa.Text(), nullable=True),
        sa.Column("source_path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_publication_event_sequence_event")),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_publication_photo_id_photo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("identity", name=op.f("uq_publication_identity")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publication_event_sequence"), ["event_sequence"], unique=False)
        batch_op.create_index(batch_op.f("ix_publication_photo_id"), ["photo_id"], unique=False)

    op.create_table(
        "rendition",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("recipe", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("orientation", sa.Integer(), nullable=False),
        sa.Column("frames", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Float(), nullable=False),
        sa.Column("is_plain", sa.Boolean(), nullable=False),
        sa.Column("image_data_sha256", sa.Text(), nullable=True),
        sa.Column("pixels_sha256", sa.Text(), nullable=True),
        sa.Column("preview_width", sa.Integer(), nullable=False),
        sa.Column("preview_height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_rendition_photo_id_photo")),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_rendition")),
    )
    with op.batch_alter_table("rendition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rendition_image_data_sha256"), ["image_data_sha256"], unique=False)

    op.create_table(
        "retraction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_retraction_event_sequence_event")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_retraction_run_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retraction")),
        sa.UniqueConstraint("run_id", name=op.f("uq_retraction_run_id")),
    )
    with op.batch_alter_table("retraction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retraction_event_sequence"), ["event_sequence"], unique=False)

    op.create_table(
        "stage",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("through_photo_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_stage_photo_id_photo")),
        sa.PrimaryKeyConstraint("photo_id", "stage", name=op.f("pk_stage")),
    )
    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("query_photo_id", sa.Integer(), nullable=False),
        sa.Column("reference_photo_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("transform", sa.Text(), nullable=True),
        sa.Column("overlap_query", sa.Float(), nullable=True),
        sa.Column("overlap_reference", sa.Float(), nullable=True),
        sa.Column("box", sa.Text(), nullable=True),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("threshold_suggest", sa.Float(), nullable=False),
        sa.Column("threshold_accept", sa.Float(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["query_photo_id"], ["photo.id"], name=op.f("fk_verification_query_photo_id_photo")),
        sa.ForeignKeyConstraint(["reference_photo_id"], ["photo.id"], name=op.f("fk_verification_reference_photo_id_photo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verification_query_photo_id"), ["query_photo_id"], unique=False)
        batch_op.create_index("ix_verification_queue", ["state", "score", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verification_reference_photo_id"), ["reference_photo_id"], unique=False)

    op.create_table(
        "caption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=True),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text_raw", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_codec", sa.Text(), nullable=False),
        sa.CheckConstraint("(publication_id IS NULL) <> (photo_id IS NULL)", name=op.f("ck_caption_one_subject")),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_caption_event_sequence_event")),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_caption_photo_id_photo")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_caption_publication_id_publication")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caption")),
    )
    with op.batch_alter_table("caption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_caption_event_sequence"), ["event_sequence"], unique=False)
        batch_op.create_index(batch_op.f("ix_caption_language"), ["language"], unique=False)
        batch_op.create_index(batch_op.f("ix_caption_photo_id"), ["photo_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_caption_publication_id"), ["publication_id"], unique=False)

    op.create_table(
        "chain_member",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["chain_id"], ["chain.id"], name=op.f("fk_chain_member_chain_id_chain"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_chain_member_photo_id_photo")),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_chain_member")),
    )
    with op.batch_alter_table("chain_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chain_member_chain_id"), ["chain_id"], unique=False)

    op.create_table(
        "credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=True),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text_raw", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_codec", sa.Text(), nullable=False),
        sa.CheckConstraint("(publication_id IS NULL) <> (photo_id IS NULL)", name=op.f("ck_credit_one_subject")),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_credit_event_sequence_event")),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_credit_photo_id_photo")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_credit_publication_id_publication")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit")),
    )
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_event_sequence"), ["event_sequence"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_photo_id"), ["photo_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_publication_id"), ["publication_id"], unique=False)

    op.create_table(
        "derivation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.Column("parent_photo_id", sa.Integer(), nullable=False),
        sa.Column("child_photo_id", sa.Integer(), nullable=False),
        sa.Column("directed", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["chain_id"], ["chain.id"], name=op.f("fk_derivation_chain_id_chain"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["child_photo_id"], ["photo.id"], name=op.f("fk_derivation_child_photo_id_photo")),
        sa.ForeignKeyConstraint(["parent_photo_id"], ["photo.id"], name=op.f("fk_derivation_parent_photo_id_photo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_derivation")),
    )
    with op.batch_alter_table("derivation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_derivation_chain_id"), ["chain_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_derivation_child_photo_id"), ["child_photo_id"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["chain_id"], ["chain.id"], name=op.f("fk_finding_chain_id_chain"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_chain_id"), ["chain_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_rule"), ["rule"], unique=False)

    op.create_table(
        "import_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("source_path", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("raw_row", sa.Text(), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("publication_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("outcome IN ('added', 'known', 'rejected')", name=op.f("ck_import_item_outcome")),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_import_item_event_sequence_event")),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_import_item_photo_id_photo")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_import_item_publication_id_publication")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_item_run_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_item")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_import_item_run_id_position")),
    )
    with op.batch_alter_table("import_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_item_event_sequence"), ["event_sequence"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_item_photo_id"), ["photo_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_item_publication_id"), ["publication_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_item_run_id"), ["run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_item_sha256"), ["sha256"], unique=False)

    op.create_table(
        "picture_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cover_photo_id", sa.Integer(), nullable=False),
        sa.Column("weakest_score", sa.Float(), nullable=True),
        sa.Column("photo_count", sa.Integer(), nullable=False),
        sa.Column("publication_count", sa.Integer(), nullable=False),
        sa.Column("finding_count", sa.Integer(), nullable=False),
        sa.Column("first_published", sa.Text(), nullable=False),
        sa.Column("first_publication_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cover_photo_id"], ["photo.id"], name=op.f("fk_picture_group_cover_photo_id_photo")),
        sa.ForeignKeyConstraint(
            ["first_publication_id"], ["publication.id"], name=op.f("fk_picture_group_first_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_group")),
    )
    with op.batch_alter_table("picture_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_group_cover_photo_id"), ["cover_photo_id"], unique=False)
        batch_op.create_index("ix_picture_group_newest", ["first_published", "id"], unique=False)
        batch_op.create_index("ix_picture_group_reuse", ["publication_count", "id"], unique=False)

    op.create_table(
        "publication_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("published_raw", sa.Text(), nullable=True),
        sa.Column("published_edtf", sa.Text(), nullable=True),
        sa.Column("published_from", sa.Text(), nullable=True),
        sa.Column("published_to", sa.Text(), nullable=True),
        sa.Column("published_zone", sa.Text(), nullable=True),
        sa.Column("first_seen_raw", sa.Text(), nullable=True),
        sa.Column("first_seen_edtf", sa.Text(), nullable=True),
        sa.Column("first_seen_from", sa.Text(), nullable=True),
        sa.Column("first_seen_to", sa.Text(), nullable=True),
        sa.Column("first_seen_zone", sa.Text(), nullable=True),
        sa.Column("created_raw", sa.Text(), nullable=True),
        sa.Column("created_edtf", sa.Text(), nullable=True),
        sa.Column("created_from", sa.Text(), nullable=True),
        sa.Column("created_to", sa.Text(), nullable=True),
        sa.Column("created_zone", sa.Text(), nullable=True),
        sa.Column("location_raw", sa.LargeBinary(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("location_codec", sa.Text(), nullable=True),
        sa.Column("carrier", sa.Text(), nullable=True),
        sa.Column("extras", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_sequence"], ["event.sequence"], name=op.f("fk_publication_statement_event_sequence_event")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_publication_statement_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_statement")),
        sa.UniqueConstraint("publication_id", "revision", name=op.f("uq_publication_statement_publication_id_revision")),
    )
    with op.batch_alter_table("publication_statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publication_statement_event_sequence"), ["event_sequence"], unique=False)
        batch_op.create_index(batch_op.f("ix_publication_statement_publication_id"), ["publication_id"], unique=False)

    op.create_table(
        "publisher_party",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_publisher_party_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_publisher_party")),
    )
    with op.batch_alter_table("publisher_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publisher_party_source_id"), ["source_id"], unique=False)

    op.create_table(
        "attestation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_attestation_event_sequence_event")),
        sa.ForeignKeyConstraint(["item_id"], ["import_item.id"], name=op.f("fk_attestation_item_id_import_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
    )
    with op.batch_alter_table("attestation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attestation_event_sequence"), ["event_sequence"], unique=False)
        batch_op.create_index(batch_op.f("ix_attestation_item_id"), ["item_id"], unique=False)
        batch_op.create_index("ix_attestation_subject", ["kind", "subject_id"], unique=False)

    op.create_table(
        "credit_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("span_from", sa.Integer(), nullable=False),
        sa.Column("span_to", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["credit_id"], ["credit.id"], name=op.f("fk_credit_party_credit_id_credit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_party")),
    )
    with op.batch_alter_table("credit_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_party_credit_id"), ["credit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_party_source_id"), ["source_id"], unique=False)

    op.create_table(
        "credit_reading",
        sa.Column("credit_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("identifiers", sa.Text(), nullable=False),
        sa.Column("unread", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["credit_id"], ["credit.id"], name=op.f("fk_credit_reading_credit_id_credit")),
        sa.PrimaryKeyConstraint("credit_id", name=op.f("pk_credit_reading")),
    )
    op.create_table(
        "group_member",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["picture_group.id"], name=op.f("fk_group_member_group_id_picture_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_group_member_photo_id_photo")),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_group_member")),
    )
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_member_group_id"), ["group_id"], unique=False)

    # FTS5 is not modelled by SQLAlchemy; rowid is photo.id. `unicode61` splits words that are already stemmed, `trigram`
    # finds any three letters in any script.
    op.execute("CREATE VIRTUAL TABLE photo_words USING fts5(words, tokenize='unicode61 remove_diacritics 0')")
    op.execute("CREATE VIRTUAL TABLE photo_letters USING fts5(letters, tokenize='trigram')")


def downgrade() -> None:
    op.execute("DROP TABLE photo_letters")
    op.execute("DROP TABLE photo_words")
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_member_group_id"))

    op.drop_table("group_member")
    op.drop_table("credit_reading")
    with op.batch_alter_table("credit_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_party_source_id"))
        batch_op.drop_index(batch_op.f("ix_credit_party_credit_id"))

    op.drop_table("credit_party")
    with op.batch_alter_table("attestation", schema=None) as batch_op:
        batch_op.drop_index("ix_attestation_subject")
        batch_op.drop_index(batch_op.f("ix_attestation_item_id"))
        batch_op.drop_index(batch_op.f("ix_attestation_event_sequence"))

    op.drop_table("attestation")
    with op.batch_alter_table("publisher_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publisher_party_source_id"))

    op.drop_table("publisher_party")
    with op.batch_alter_table("publication_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publication_statement_publication_id"))
        batch_op.drop_index(batch_op.f("ix_publication_statement_event_sequence"))

    op.drop_table("publication_statement")
    with op.batch_alter_table("picture_group", schema=None) as batch_op:
        batch_op.drop_index("ix_picture_group_reuse")
        batch_op.drop_index("ix_picture_group_newest")
        batch_op.drop_index(batch_op.f("ix_picture_group_cover_photo_id"))

    op.drop_table("picture_group")
    with op.batch_alter_table("import_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_item_sha256"))
        batch_op.drop_index(batch_op.f("ix_import_item_run_id"))
        batch_op.drop_index(batch_op.f("ix_import_item_publication_id"))
        batch_op.drop_index(batch_op.f("ix_import_item_photo_id"))
        batch_op.drop_index(batch_op.f("ix_import_item_event_sequence"))

    op.drop_table("import_item")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_rule"))
        batch_op.drop_index(batch_op.f("ix_finding_chain_id"))

    op.drop_table("finding")
    with op.batch_alter_table("derivation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_derivation_child_photo_id"))
        batch_op.drop_index(batch_op.f("ix_derivation_chain_id"))

    op.drop_table("derivation")
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_publication_id"))
        batch_op.drop_index(batch_op.f("ix_credit_photo_id"))
        batch_op.drop_index(batch_op.f("ix_credit_event_sequence"))

    op.drop_table("credit")
    with op.batch_alter_table("chain_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chain_member_chain_id"))

    op.drop_table("chain_member")
    with op.batch_alter_table("caption", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_caption_publication_id"))
        batch_op.drop_index(batch_op.f("ix_caption_photo_id"))
        batch_op.drop_index(batch_op.f("ix_caption_language"))
        batch_op.drop_index(batch_op.f("ix_caption_event_sequence"))

    op.drop_table("caption")
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_reference_photo_id"))
        batch_op.drop_index("ix_verification_queue")
        batch_op.drop_index(batch_op.f("ix_verification_query_photo_id"))

    op.drop_table("verification")
    op.drop_table("stage")
    with op.batch_alter_table("retraction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retraction_event_sequence"))

    op.drop_table("retraction")
    with op.batch_alter_table("rendition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rendition_image_data_sha256"))

    op.drop_table("rendition")
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publication_photo_id"))
        batch_op.drop_index(batch_op.f("ix_publication_event_sequence"))

    op.drop_table("publication")
    with op.batch_alter_table("file_metadata", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_file_metadata_photo_id"))
        batch_op.drop_index(batch_op.f("ix_file_metadata_event_sequence"))

    op.drop_table("file_metadata")
    op.drop_table("descriptor")
    op.drop_table("chain")
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_photo_event_sequence"))

    op.drop_table("photo")
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inquiry_event_sequence"))

    op.drop_table("inquiry")
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_run_event_sequence"))

    op.drop_table("import_run")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index("ix_decision_pair")
        batch_op.drop_index(batch_op.f("ix_decision_event_sequence"))

    op.drop_table("decision")
    op.drop_table("standing")
    op.drop_table("named_source")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_subject"))
        batch_op.drop_index(batch_op.f("ix_event_action"))

    op.drop_table("event")
