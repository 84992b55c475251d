"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes everything that the first version remembers."""
    _content()
    _turns()
    _buttons()
    _consultations()
    _disclosures()
    _staff()


def _content() -> None:
    op.create_table(
        "entries",
        sa.Column("hub", sa.String(80), primary_key=True),
        sa.Column("collection", sa.String(20), primary_key=True),
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("checked", sa.Date()),
    )
    op.create_table(
        "entry_sets",
        sa.Column("hub", sa.String(80), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
    )


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("reply", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_turns_created_at", "turns", ["created_at"])


def _buttons() -> None:
    op.create_table(
        "buttons",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_buttons_offered_at", "buttons", ["offered_at"])


def _consultations() -> None:
    op.create_table(
        "consultations",
        sa.Column("hub", sa.String(80), primary_key=True),
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("key", sa.String(64)),
    )
    op.create_table(
        "responses",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("hub", sa.String(80), nullable=False),
        sa.Column("consultation", sa.String(80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_responses_consultation", "responses", ["hub", "consultation"])
    op.create_table(
        "answers",
        sa.Column("response", sa.String(32), sa.ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("question", sa.String(80), primary_key=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "participations",
        sa.Column("hub", sa.String(80), primary_key=True),
        sa.Column("consultation", sa.String(80), primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("response", sa.String(32), sa.ForeignKey("responses.id", ondelete="SET NULL")),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("at", sa.String(80)),
        sa.Column("last_key", sa.String(64)),
        sa.Column("last_effect", sa.String(20)),
        sa.Column("touched", sa.Date()),
        sqlite_with_rowid=False,
    )


def _disclosures() -> None:
    op.create_table(
        "disclosures",
        sa.Column("kind", sa.String(40), primary_key=True),
        sa.Column("week", sa.String(8), primary_key=True),
        sa.Column("count", sa.Integer(), nullable=False),
    )


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("folded", sa.String(160), nullable=False, unique=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("staff", sa.String(32), sa.ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_staff_sessions_staff", "staff_sessions", ["staff"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("subject", sa.String(80), primary_key=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("locked_until", sa.BigInteger()),
    )
