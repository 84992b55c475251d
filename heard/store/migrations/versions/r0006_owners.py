"""Answered messages know, under a keyed hash, whose they are: so that they go when somebody wants to be forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the hash. What was answered before goes after a day, as it always did."""
    op.add_column("turns", sa.Column("owner", sa.String(64)))
    op.create_index("ix_turns_owner", "turns", ["owner"])
