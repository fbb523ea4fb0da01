"""Keep templates.

Why: what many unrelated photos share (a banner, a logo, a studio frame) is learnt from all of them and left out of verdicts.
How long on a large catalogue: no time; a table is made.
What is lost on downgrade: the templates, which the next matching learns again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "template",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("points", sa.LargeBinary(), nullable=False),
        sa.Column("aspect", sa.Float(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("photo_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_template")),
    )


def downgrade() -> None:
    op.drop_table("template")
