"""What was looked for and not found, and whether entries were right: counts by month, without a person."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds both tables."""
    op.create_table(
        "needs",
        sa.Column("hub", sa.String(80), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("topic", sa.String(40), primary_key=True),
        sa.Column("instrument", sa.String(40), primary_key=True),
        sa.Column("district", sa.String(80), primary_key=True),
        sa.Column("ages", sa.String(20), primary_key=True),
        sa.Column("barrier", sa.String(20), primary_key=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entry_votes",
        sa.Column("hub", sa.String(80), primary_key=True),
        sa.Column("entry", sa.String(80), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
