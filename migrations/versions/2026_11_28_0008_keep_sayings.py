"""Keep what the sentences of findings and states are made of.

Why: a page says them in its reader's language; the English sentence alone cannot be translated.
How long on a large catalogue: no time; what is new is written as chains are drawn again, at the next import or rebuild.
What is lost on downgrade: nothing; the English sentences stay.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("finding", sa.Column("saying", sa.Text(), nullable=True))
    op.add_column("chain", sa.Column("state_sayings", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("chain", "state_sayings")
    op.drop_column("finding", "saying")
