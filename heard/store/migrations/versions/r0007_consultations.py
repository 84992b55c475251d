"""Consultations with more kinds of question, drafts, consent, receipts, and words that wait for a moderator."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KINDS = {"choice": "one_choice"}
_GONE = ("minutes", "strategy_area", "objective")
"""Minutes are computed now, and a strategy's parts are named by their ids, which words of before do not tell."""


def upgrade() -> None:
    """Adds the tables and columns, and brings what is there to their form."""
    with op.batch_alter_table("consultations") as table:
        table.alter_column("closes", existing_type=sa.Date(), nullable=True)
    op.create_table(
        "consultation_drafts",
        sa.Column("hub", sa.String(80), primary_key=True),
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed", sa.Date(), nullable=False),
    )
    op.add_column("answers", sa.Column("moderation", sa.String(10)))
    op.add_column("participations", sa.Column("agreed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("participations", sa.Column("others", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "receipts",
        sa.Column("hub", sa.String(80), primary_key=True),
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column("consultation", sa.String(80), nullable=False),
        sa.Column("response", sa.String(32), sa.ForeignKey("responses.id", ondelete="SET NULL")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_receipts_response", "receipts", ["response"])
    op.create_table(
        "receipt_salts",
        sa.Column("hub", sa.String(80), primary_key=True),
        sa.Column("salt", sa.String(64), nullable=False),
    )
    _bring_to_form()


def _bring_to_form() -> None:
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE consultations SET state = 'open' WHERE state = 'published'"))
    # Who had begun was told that answers are saved without a name, and went on.
    connection.execute(sa.text("UPDATE participations SET agreed = :yes").bindparams(yes=True))
    text = sa.text("UPDATE answers SET moderation = 'waiting' WHERE state = 'answered' AND value LIKE :text")
    connection.execute(text.bindparams(text='{"text"%'))
    change = sa.text("UPDATE consultations SET body = :body WHERE hub = :hub AND id = :id")
    for hub, id_, body in connection.execute(sa.text("SELECT hub, id, body FROM consultations")).all():
        connection.execute(change, {"hub": hub, "id": id_, "body": json.dumps(_formed(json.loads(body)))})


def _formed(consultation: dict[str, Any]) -> dict[str, Any]:
    questions = [_without(q) | {"kind": _KINDS.get(q["kind"], q["kind"])} for q in consultation["questions"]]
    return _without(consultation) | {"questions": questions}


def _without(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name not in _GONE}
