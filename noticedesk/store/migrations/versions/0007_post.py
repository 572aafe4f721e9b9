"""What became of letters: the words that a person changed, and why one did not arrive."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letters", sa.Column("edited_from", sa.Text(), server_default="", nullable=False))
    op.add_column("letters", sa.Column("undelivered", sa.Text(), server_default="", nullable=False))
    op.create_index("ix_letters_to_drafted_at", "letters", ["to", "drafted_at"])
