"""Tables of signals, sightings and the hashes of pictures."""

import sqlalchemy as sa
from alembic import op

from noticedesk.store.columns import Bits, Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("quarantined_at", Instant(), nullable=True),
        sa.Column("released_by", sa.Text(), nullable=False),
        sa.Column("released_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["allegation"], ["allegations.id"], name="fk_signals_allegation"),
        sa.ForeignKeyConstraint(["right"], ["rights.id"], name="fk_signals_right"),
        sa.PrimaryKeyConstraint("id", name="pk_signals"),
        sa.UniqueConstraint("allegation", "sha256", name="uq_signals_allegation_sha256"),
    )
    op.create_index("ix_signals_state_id", "signals", ["state", "id"])
    op.create_index("ix_signals_sha256", "signals", ["sha256"])
    op.create_table(
        "sightings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("signal", sa.Text(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("opened", sa.Text(), nullable=True),
        sa.Column("permission", sa.Text(), nullable=True),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["signal"], ["signals.id"], name="fk_sightings_signal"),
        sa.ForeignKeyConstraint(["listing"], ["listings.id"], name="fk_sightings_listing"),
        sa.ForeignKeyConstraint(["opened"], ["allegations.id"], name="fk_sightings_opened"),
        sa.PrimaryKeyConstraint("id", name="pk_sightings"),
    )
    op.create_index("ix_sightings_signal_listing", "sightings", ["signal", "listing"])
    op.create_index("ix_sightings_listing", "sightings", ["listing"])
    op.create_index("ix_sightings_opened", "sightings", ["opened"])
    op.create_table(
        "hashes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("preprocessing", sa.Text(), nullable=False),
        sa.Column("phash", sa.Text(), nullable=False),
        sa.Column("points", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hashes"),
    )
    op.create_table(
        "hash_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("bits", Bits(), nullable=False),
        sa.ForeignKeyConstraint(["picture"], ["hashes.id"], name="fk_hash_rows_picture", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_hash_rows"),
    )
    op.create_index("ix_hash_rows_picture", "hash_rows", ["picture"])
