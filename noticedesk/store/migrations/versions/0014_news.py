"""Columns of what a sender of the API is told by webhook, and where."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("senders", sa.Column("webhook", sa.Text(), server_default="", nullable=False))
    op.add_column("senders", sa.Column("turn", sa.Integer(), server_default="0", nullable=False))
    op.add_column("submissions", sa.Column("told", sa.Text(), server_default="", nullable=False))
    op.add_column("submissions", sa.Column("telling", sa.Text(), server_default="", nullable=False))
