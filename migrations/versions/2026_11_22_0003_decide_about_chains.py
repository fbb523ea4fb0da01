"""Decide about chains.

Why: what a person decides about a derivation or a finding is evidence and is shown beside what the machine says; how long a
chain took to draw is told.
How long on a large catalogue: one new table and four columns of derived tables; seconds.
What is lost on downgrade: the decisions, and with them what their events vouch for.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chain_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('derivation', 'finding')", name=op.f("ck_chain_decision_kind")),
        sa.CheckConstraint(
            "verdict IN ('made_from', 'not_made_from', 'confirmed', 'dismissed', 'undo')",
            name=op.f("ck_chain_decision_verdict"),
        ),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_chain_decision_event_sequence_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_decision")),
    )
    with op.batch_alter_table("chain_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chain_decision_event_sequence"), ["event_sequence"], unique=False)
        batch_op.create_index(batch_op.f("ix_chain_decision_subject"), ["subject"], unique=False)
    with op.batch_alter_table("chain", schema=None) as batch_op:
        batch_op.add_column(sa.Column("drawing_seconds", sa.Float(), nullable=False, server_default="0"))
    for table in ("derivation", "finding"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("decision", sa.Text(), nullable=True))


def downgrade() -> None:
    for table in ("finding", "derivation"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("decision")
    with op.batch_alter_table("chain", schema=None) as batch_op:
        batch_op.drop_column("drawing_seconds")
    op.drop_table("chain_decision")
