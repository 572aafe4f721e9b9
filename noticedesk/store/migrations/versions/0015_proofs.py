"""The document that proves a mandate, by its digest, and an index of what was put aside."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mandates", sa.Column("document", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("mandates") as table:
        table.alter_column("document", server_default=None)
        table.create_index("ix_mandates_document", ["document"])
    op.create_index("ix_waits_snoozed_until", "waits", ["snoozed_until"])
