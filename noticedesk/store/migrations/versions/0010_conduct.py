"""Tables of templates that recur, and of measures proposed about accounts and notifiers."""

import sqlalchemy as sa
from alembic import op

from noticedesk.store.columns import Instant, several

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fingerprints",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        several("sketch"),
        sa.ForeignKeyConstraint(["id"], ["notices.id"], name="fk_fingerprints_id"),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_fingerprints_claim"),
        sa.PrimaryKeyConstraint("id", name="pk_fingerprints"),
    )
    op.create_index("ix_fingerprints_campaign_id", "fingerprints", ["campaign", "id"])
    op.create_index("ix_fingerprints_claim", "fingerprints", ["claim"])
    op.create_table(
        "fingerprint_bands",
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("band", "campaign", name="pk_fingerprint_bands"),
    )
    op.create_index("ix_fingerprint_bands_example", "fingerprint_bands", ["example"])
    op.create_table(
        "sanctions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=True),
        several("grounds"),
        sa.Column("by_rule", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_sanctions_claim"),
        sa.ForeignKeyConstraint(["allegation"], ["allegations.id"], name="fk_sanctions_allegation"),
        sa.PrimaryKeyConstraint("id", name="pk_sanctions"),
    )
    op.create_index("ix_sanctions_subject_measure", "sanctions", ["subject", "measure"])
    op.create_index("ix_sanctions_answered_at_id", "sanctions", ["answered_at", "id"])
    op.create_index("ix_sanctions_claim", "sanctions", ["claim"])
