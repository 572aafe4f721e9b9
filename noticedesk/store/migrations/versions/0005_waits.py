"""The review queue as it is read, and the indexes that precedents are found by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from noticedesk.store.columns import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Several = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

ORDER = ["lane_rank", "due_hour", "calm", "subject"]
FILTERS = [
    "right_kind", "holder", "band", "tenth", "language", "state", "assignee", "service", "listing", "seller",
    "picture", "campaign",
]  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "waits",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("lane_rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("due_hour", Instant(), nullable=False),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("calm", sa.Integer(), nullable=False),
        sa.Column("risk_why", Several, nullable=False),
        sa.Column("right_kind", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("flags", Several, nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("tenth", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.Column("seller", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("snoozed_until", Instant(), nullable=True),
        sa.Column("snoozed_why", sa.Text(), nullable=False),
        sa.Column("held_by", sa.Text(), nullable=False),
        sa.Column("held_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("subject", name="pk_waits"),
    )
    op.create_index("ix_waits_desk_lane_rank_due_hour_calm_subject", "waits", ["desk", *ORDER])
    for name in FILTERS:
        op.create_index(f"ix_waits_{name}", "waits", ["desk", name, *ORDER])
    op.create_index("ix_waits_claim", "waits", ["claim"])
    for name in ("listing", "seller", "picture", "campaign"):
        op.create_index(f"ix_waits_of_{name}", "waits", [name])
    op.create_table(
        "wait_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", "subject", name="pk_wait_words"),
    )
    op.create_index("ix_wait_words_subject", "wait_words", ["subject"])
    op.create_index("ix_claims_principal_id", "claims", ["principal", "id"])
    op.create_index("ix_works_mark_id", "works", ["mark", "id"])
