"""Keep decisions about sources, and the kind of each source.

Why: users add sources, give them names and merge them, each as evidence under the ledger; findings need to know who is official;
the grid is asked for roles.
How long on a large catalogue: no time; kinds are written by the next import or rebuild.
What is lost on downgrade: every decision about sources.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("verdict IN ('add', 'alias', 'merge', 'undo')", name=op.f("ck_source_decision_verdict")),
        sa.ForeignKeyConstraint(["event_sequence"], ["event.sequence"], name=op.f("fk_source_decision_event_sequence_event")),
        sa.ForeignKeyConstraint(["undoes"], ["source_decision.id"], name=op.f("fk_source_decision_undoes_source_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_decision")),
    )
    op.create_index(op.f("ix_source_decision_event_sequence"), "source_decision", ["event_sequence"])
    op.create_index(op.f("ix_source_decision_source_id"), "source_decision", ["source_id"])
    op.create_index(op.f("ix_credit_party_role"), "credit_party", ["role"])
    op.create_index(op.f("ix_caption_credit_party_role"), "caption_credit_party", ["role"])
    op.add_column("named_source", sa.Column("kind", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_index(op.f("ix_caption_credit_party_role"), "caption_credit_party")
    op.drop_index(op.f("ix_credit_party_role"), "credit_party")
    op.drop_column("named_source", "kind")
    op.drop_table("source_decision")
