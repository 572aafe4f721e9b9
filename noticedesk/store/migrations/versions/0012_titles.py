"""Titles as they are searched for marks; on PostgreSQL with an index of trigrams."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "title_keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["listings.id"], name="fk_title_keys_id"),
        sa.PrimaryKeyConstraint("id", name="pk_title_keys"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_index(
        "ix_title_keys_key", "title_keys", ["key"], postgresql_using="gin", postgresql_ops={"key": "gin_trgm_ops"}
    )
