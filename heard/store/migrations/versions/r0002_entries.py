"""Entries know where they came from, and what was done to them is kept."""

import time

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds origin, edits and history to the entries, and what came of looking at their links."""
    op.add_column("entries", sa.Column("origin", sa.String(200), nullable=False, server_default="content"))
    op.add_column("entries", sa.Column("edited", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("entries", sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("entries", sa.Column("changed_at", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(sa.text("UPDATE entries SET changed_at = :now").bindparams(now=int(time.time())))
    op.add_column("entry_sets", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "entry_changes",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("hub", sa.String(80), nullable=False),
        sa.Column("collection", sa.String(20), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
    )
    op.create_index("ix_entry_changes_entry", "entry_changes", ["hub", "collection", "id"])
    op.create_table(
        "links",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("note", sa.Text()),
        sa.Column("looked_at", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
    )
