"""Keep which photos with a parent's pixels a copy may have been made from as well.

Why: a copy looks the same whichever of them it was made from, and a page must not name one of them alone.
How long on a large catalogue: no time; what is new is written as chains are drawn again, at the next import or rebuild.
What is lost on downgrade: nothing that cannot be drawn again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("derivation", sa.Column("or_from", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("derivation", "or_from")
