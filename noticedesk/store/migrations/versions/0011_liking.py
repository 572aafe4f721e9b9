"""Columns of what a person likes: their views of the queue, how pictures are shown, and what they were shown."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

Several = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    for name in ("views", "pictures", "exposure"):
        op.add_column("preferences", sa.Column(name, Several, nullable=False, server_default=sa.text("'[]'")))
    # the default was for the rows that there are
    with op.batch_alter_table("preferences") as batch:
        for name in ("views", "pictures", "exposure"):
            batch.alter_column(name, existing_type=Several, existing_nullable=False, server_default=None)
