"""Tables of what was found, proposed, decided and done."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from noticedesk.store.columns import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Several = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=True),
        sa.Column("work", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("fetched_at", Instant(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_evidence_claim"),
        sa.ForeignKeyConstraint(["listing"], ["listings.id"], name="fk_evidence_listing"),
        sa.ForeignKeyConstraint(["work"], ["works.id"], name="fk_evidence_work"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_claim", "evidence", ["claim"])
    op.create_index("ix_evidence_listing", "evidence", ["listing"])
    op.create_index("ix_evidence_sha256", "evidence", ["sha256"])
    op.create_index("ix_evidence_work", "evidence", ["work"])
    op.create_table(
        "clocks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start_event", sa.Text(), nullable=False),
        sa.Column("start", Instant(), nullable=False),
        sa.Column("due", Instant(), nullable=False),
        sa.Column("earliest", Instant(), nullable=True),
        sa.Column("latest", Instant(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("calendar_version", sa.Text(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("regime_version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["allegation"], ["allegations.id"], name="fk_clocks_allegation"),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_clocks_claim"),
        sa.PrimaryKeyConstraint("id", name="pk_clocks"),
    )
    op.create_index("ix_clocks_allegation", "clocks", ["allegation"])
    op.create_index("ix_clocks_claim", "clocks", ["claim"])
    op.create_index("ix_clocks_state_due_id", "clocks", ["state", "due", "id"])
    op.create_table(
        "decisions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("territories", Several, nullable=False),
        sa.Column("parts", Several, nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("regime_version", sa.Integer(), nullable=False),
        sa.Column("thresholds", Several, nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("content_date", sa.Text(), nullable=False),
        sa.Column("automated_detection", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["allegation"], ["allegations.id"], name="fk_decisions_allegation"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_allegation_decided_at", "decisions", ["allegation", "decided_at"])
    op.create_index("ix_decisions_decided_at", "decisions", ["decided_at"])
    op.create_index("ix_decisions_decided_by_decided_at", "decisions", ["decided_by", "decided_at"])
    op.create_table(
        "findings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=False),
        sa.Column("work", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("matcher", sa.Text(), nullable=False),
        sa.Column("ours", sa.Text(), nullable=False),
        sa.Column("theirs", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("where", Several, nullable=False),
        sa.Column("steps", Several, nullable=False),
        sa.ForeignKeyConstraint(["allegation"], ["allegations.id"], name="fk_findings_allegation"),
        sa.ForeignKeyConstraint(["evidence"], ["evidence.id"], name="fk_findings_evidence"),
        sa.ForeignKeyConstraint(["reference"], ["evidence.id"], name="fk_findings_reference"),
        sa.ForeignKeyConstraint(["work"], ["works.id"], name="fk_findings_work"),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
    )
    op.create_index("ix_findings_allegation", "findings", ["allegation"])
    op.create_index("ix_findings_evidence", "findings", ["evidence"])
    op.create_index("ix_findings_matcher_outcome", "findings", ["matcher", "outcome"])
    op.create_index("ix_findings_reference", "findings", ["reference"])
    op.create_index("ix_findings_work", "findings", ["work"])
    op.create_table(
        "proposals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("why", Several, nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("regime_version", sa.Integer(), nullable=False),
        sa.Column("thresholds", Several, nullable=False),
        sa.Column("flags", Several, nullable=False),
        sa.Column("territories", Several, nullable=False),
        sa.Column("parts", Several, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["allegation"], ["allegations.id"], name="fk_proposals_allegation"),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
    )
    op.create_index("ix_proposals_allegation_made_at", "proposals", ["allegation", "made_at"])
    op.create_table(
        "restrictions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("territories", Several, nullable=False),
        sa.Column("parts", Several, nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.Column("lifted_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["allegation"], ["allegations.id"], name="fk_restrictions_allegation"),
        sa.ForeignKeyConstraint(["listing"], ["listings.id"], name="fk_restrictions_listing"),
        sa.PrimaryKeyConstraint("id", name="pk_restrictions"),
    )
    op.create_index("ix_restrictions_allegation", "restrictions", ["allegation"])
    op.create_index("ix_restrictions_lifted_at_until", "restrictions", ["lifted_at", "until"])
    op.create_index("ix_restrictions_listing_lifted_at", "restrictions", ["listing", "lifted_at"])
