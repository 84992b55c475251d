"""Reminders, sealed, and marks of what was sent and removed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes both tables."""
    op.create_table(
        "reminders",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("hub", sa.String(80), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reminders_person", "reminders", ["person"])
    op.create_index("ix_reminders_until", "reminders", ["until"])
    op.create_table(
        "marks",
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_marks_at", "marks", ["at"])
