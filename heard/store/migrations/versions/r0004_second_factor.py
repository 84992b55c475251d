"""Staff have finer roles, and a second factor."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds what a second factor needs; who could only read is a viewer now."""
    op.execute("UPDATE staff SET role = 'viewer' WHERE role = 'reader'")
    op.add_column("staff", sa.Column("totp", sa.String(200)))
    op.add_column("staff", sa.Column("totp_step", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("staff_sessions", sa.Column("code_to_come", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "staff_recovery_codes",
        sa.Column("staff", sa.String(32), sa.ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("code_hash", sa.String(64), primary_key=True),
    )
