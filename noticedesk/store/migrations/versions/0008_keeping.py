"""Tables of visits after a removal, alarms, legal holds and tombstones; an alarm leaves without a claim."""

import sqlalchemy as sa
from alembic import op

from noticedesk.store.columns import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("seen", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_visits_claim"),
        sa.ForeignKeyConstraint(["allegation"], ["allegations.id"], name="fk_visits_allegation"),
        sa.ForeignKeyConstraint(["evidence"], ["evidence.id"], name="fk_visits_evidence"),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
    )
    op.create_index("ix_visits_done_at_due_at_id", "visits", ["done_at", "due_at", "id"])
    op.create_index("ix_visits_allegation", "visits", ["allegation"])
    op.create_index("ix_visits_claim", "visits", ["claim"])
    op.create_table(
        "alarms",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", Instant(), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("acknowledged_by", sa.Text(), nullable=False),
        sa.Column("acknowledged_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
        sa.UniqueConstraint("key", "day", name="uq_alarms_key_day"),
    )
    op.create_index("ix_alarms_ended_at_raised_at_id", "alarms", ["ended_at", "raised_at", "id"])
    op.create_index("ix_alarms_told_at_id", "alarms", ["told_at", "id"])
    op.create_index("ix_alarms_claim", "alarms", ["claim"])
    op.create_table(
        "holds",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("placed_at", Instant(), nullable=False),
        sa.Column("lifted_by", sa.Text(), nullable=False),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.Column("lifted_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_holds"),
    )
    op.create_index("ix_holds_about_lifted_at", "holds", ["about", "lifted_at"])
    op.create_index("ix_holds_lifted_at", "holds", ["lifted_at"])
    op.create_table(
        "tombstones",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("erased_at", Instant(), nullable=False),
        sa.Column("erased_by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tombstones"),
    )
    op.create_index("ix_tombstones_about", "tombstones", ["about"])
    op.create_index("ix_tombstones_sha256", "tombstones", ["sha256"])
    op.create_index("ix_notices_channel_ingested_at", "notices", ["channel", "ingested_at"])
    op.drop_index("ix_claims_retain_until", "claims")
    op.create_index("ix_claims_retain_until_received_at", "claims", ["retain_until", "received_at"])
    with op.batch_alter_table("outbox") as batch:
        batch.alter_column("claim", existing_type=sa.Text(), nullable=True)
