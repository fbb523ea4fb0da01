"""Keep what captions claim, so that the grid can be asked for a day or a place that they name.

Derived: `catalog rebuild` fills the tables for what was imported before. Two empty tables take no time on a large catalogue. A
downgrade loses nothing that cannot be computed again.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "caption_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("caption_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("span_from", sa.Integer(), nullable=False),
        sa.Column("span_to", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["caption_id"], ["caption.id"], name=op.f("fk_caption_claim_caption_id_caption")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caption_claim")),
    )
    with op.batch_alter_table("caption_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_caption_claim_caption_id"), ["caption_id"], unique=False)
        batch_op.create_index("ix_caption_claim_said", ["kind", "value"], unique=False)
    op.create_table(
        "caption_place",
        sa.Column("caption_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["caption_id"], ["caption.id"], name=op.f("fk_caption_place_caption_id_caption")),
        sa.PrimaryKeyConstraint("caption_id", "place", name=op.f("pk_caption_place")),
    )
    with op.batch_alter_table("caption_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_caption_place_place"), ["place"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("caption_place")
    op.drop_table("caption_claim")
