"""Keep the credits that stand inside captions, and where in texts a finding points.

Both are derived: `catalog rebuild` fills them for what was imported before. Two empty tables and a column with a default take no
time on a large catalogue. A downgrade loses nothing that cannot be computed again.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the column."""
    op.create_table(
        "caption_credit_reading",
        sa.Column("caption_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("identifiers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["caption_id"], ["caption.id"], name=op.f("fk_caption_credit_reading_caption_id_caption")),
        sa.PrimaryKeyConstraint("caption_id", name=op.f("pk_caption_credit_reading")),
    )
    op.create_table(
        "caption_credit_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("caption_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("span_from", sa.Integer(), nullable=False),
        sa.Column("span_to", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["caption_id"], ["caption.id"], name=op.f("fk_caption_credit_party_caption_id_caption")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caption_credit_party")),
    )
    with op.batch_alter_table("caption_credit_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_caption_credit_party_caption_id"), ["caption_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_caption_credit_party_source_id"), ["source_id"], unique=False)
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("spans", sa.Text(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_column("spans")
    op.drop_table("caption_credit_party")
    op.drop_table("caption_credit_reading")
