"""Parties say whether they are reached through the platform alone."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("parties", sa.Column("through_platform", sa.Boolean(), nullable=False, server_default=sa.false()))
