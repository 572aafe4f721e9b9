"""The other names of a mark, and the classes of goods that it is registered for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

Several = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    for name in ("aliases", "classes"):
        op.add_column("works", sa.Column(name, Several, nullable=False, server_default=sa.text("'[]'")))
