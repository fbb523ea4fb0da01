"""Let a person decide that two photos are frames of one scene.

Why: the verdicts on a pair were accept and reject; what is neither the same picture nor another scene could not be said.
How long on a large catalogue: the table of decisions is copied once; a person made them, so seconds.
What is lost on downgrade: the decisions with the new verdict, and with them the ledger's agreement with its rows.
"""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _hold("verdict IN ('accept', 'reject', 'same_scene', 'undo')")


def downgrade() -> None:
    op.execute("DELETE FROM decision WHERE verdict = 'same_scene'")
    _hold("verdict IN ('accept', 'reject', 'undo')")


def _hold(verdicts: str) -> None:
    # A check is not read back from SQLite, so that a copy of the table has only the one that is stated here.
    with op.batch_alter_table("decision", recreate="always") as batch_op:
        batch_op.create_check_constraint(op.f("ck_decision_verdict"), verdicts)
