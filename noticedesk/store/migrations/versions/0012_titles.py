"""Titles as they are searched for marks; on PostgreSQL with an index of trigrams."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

from noticedesk.store.errors import StoreError

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


_HOW = (
    "the extension pg_trgm is not in this database and cannot be made in it: {why}. Install PostgreSQL's contrib package"
    ' on the server, let its administrator run "CREATE EXTENSION pg_trgm" in this database, and run the upgrade again'
)


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
        _trigrams()
    op.create_index(
        "ix_title_keys_key", "title_keys", ["key"], postgresql_using="gin", postgresql_ops={"key": "gin_trgm_ops"}
    )


def _trigrams() -> None:
    """Makes sure of the extension; only to make it takes rights, so one that an administrator made is enough."""
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")).first():
        return
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION pg_trgm"))
    except DBAPIError as error:
        raise StoreError(_HOW.format(why=str(error.orig).strip().splitlines()[0])) from None
