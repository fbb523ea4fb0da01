"""Allow publications without a photo.

Why: a saved page names pictures that were not saved with it; each is recorded as seen, as a publication that has no photo.
How long on a large catalogue: the table of publications is copied once, about a second for 200,000 rows.
What is lost on downgrade: the publications without a photo, and with them the ledger's agreement with its rows.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("publication") as batch_op:
        batch_op.alter_column("photo_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM publication WHERE photo_id IS NULL")
    with op.batch_alter_table("publication") as batch_op:
        batch_op.alter_column("photo_id", existing_type=sa.Integer(), nullable=False)
