"""Jobs: what has to be done later."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table of jobs."""
    op.create_table(
        "jobs",
        sa.Column("name", sa.String(120), primary_key=True),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("claim", sa.String(32)),
        sa.Column("claimed_until", sa.BigInteger()),
        sa.Column("tries", sa.Integer(), nullable=False),
    )
    op.create_index("ix_jobs_due_at", "jobs", ["due_at"])
