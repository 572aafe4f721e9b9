"""Tables of what came in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from noticedesk.store.columns import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Several = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("regime_version", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("principal", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("linked", sa.Text(), nullable=True),
        sa.Column("flags", Several, nullable=False),
        sa.Column("hold", sa.Boolean(), nullable=False),
        sa.Column("retain_until", Instant(), nullable=True),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_attempt_at", Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("stuck", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["linked"], ["claims.id"], name="fk_claims_linked"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    op.create_index("ix_claims_linked", "claims", ["linked"])
    op.create_index("ix_claims_principal_state", "claims", ["principal", "state"])
    op.create_index("ix_claims_retain_until", "claims", ["retain_until"])
    op.create_index("ix_claims_state_due_at_id", "claims", ["state", "due_at", "id"])
    op.create_index("ix_claims_state_lane_due_at_id", "claims", ["state", "lane", "due_at", "id"])
    op.create_index("ix_claims_state_regime_due_at_id", "claims", ["state", "regime", "due_at", "id"])
    op.create_index("ix_claims_state_service_due_at_id", "claims", ["state", "service", "due_at", "id"])
    op.create_table(
        "listings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_listings"),
        sa.UniqueConstraint("service", "item", name="uq_listings_service_item"),
    )
    op.create_index("ix_listings_account", "listings", ["account"])
    op.create_index("ix_listings_item", "listings", ["item"])
    op.create_index("ix_listings_url", "listings", ["url"])
    op.create_table(
        "mandates",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("principal", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("rights", Several, nullable=False),
        sa.Column("territory", Several, nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mandates"),
    )
    op.create_index("ix_mandates_agent", "mandates", ["agent"])
    op.create_index("ix_mandates_principal_agent", "mandates", ["principal", "agent"])
    op.create_table(
        "rights",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("classes", Several, nullable=False),
        sa.Column("territory", Several, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("checked_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rights"),
    )
    op.create_index("ix_rights_holder", "rights", ["holder"])
    op.create_index("ix_rights_number", "rights", ["number"])
    op.create_table(
        "escalations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_escalations_claim"),
        sa.PrimaryKeyConstraint("id", name="pk_escalations"),
    )
    op.create_index("ix_escalations_about", "escalations", ["about"])
    op.create_index("ix_escalations_claim", "escalations", ["claim"])
    op.create_index("ix_escalations_team_answered_at_due_at_id", "escalations", ["team", "answered_at", "due_at", "id"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("ingested_at", Instant(), nullable=False),
        sa.Column("effective_at", Instant(), nullable=True),
        sa.Column("agent_received_at", Instant(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("verified", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("hold", sa.Boolean(), nullable=False),
        sa.Column("retain_until", Instant(), nullable=True),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_attempt_at", Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("stuck", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_notices_claim"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("channel", "delivery", "part", name="uq_notices_channel_delivery_part"),
    )
    op.create_index("ix_notices_claim", "notices", ["claim"])
    op.create_index("ix_notices_message_id", "notices", ["message_id"])
    op.create_index("ix_notices_retain_until", "notices", ["retain_until"])
    op.create_index("ix_notices_sender", "notices", ["sender"])
    op.create_index("ix_notices_sha256", "notices", ["sha256"])
    op.create_index("ix_notices_state_received_at_id", "notices", ["state", "received_at", "id"])
    op.create_table(
        "parties",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("verified", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_parties_claim"),
        sa.PrimaryKeyConstraint("id", name="pk_parties"),
    )
    op.create_index("ix_parties_account", "parties", ["account"])
    op.create_index("ix_parties_claim_role", "parties", ["claim", "role"])
    op.create_index("ix_parties_email", "parties", ["email"])
    op.create_index("ix_parties_name", "parties", ["name"])
    op.create_table(
        "permissions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("territories", Several, nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["right"], ["rights.id"], name="fk_permissions_right"),
        sa.PrimaryKeyConstraint("id", name="pk_permissions"),
    )
    op.create_index("ix_permissions_account", "permissions", ["account"])
    op.create_index("ix_permissions_listing", "permissions", ["listing"])
    op.create_index("ix_permissions_right", "permissions", ["right"])
    op.create_table(
        "works",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("registration", sa.Text(), nullable=False),
        sa.Column("urls", Several, nullable=False),
        sa.Column("media", Several, nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_works_claim"),
        sa.PrimaryKeyConstraint("id", name="pk_works"),
    )
    op.create_index("ix_works_claim", "works", ["claim"])
    op.create_index("ix_works_mark", "works", ["mark"])
    op.create_index("ix_works_registration", "works", ["registration"])
    op.create_table(
        "allegations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("flags", Several, nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_attempt_at", Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("stuck", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_allegations_claim"),
        sa.ForeignKeyConstraint(["listing"], ["listings.id"], name="fk_allegations_listing"),
        sa.ForeignKeyConstraint(["right"], ["rights.id"], name="fk_allegations_right"),
        sa.ForeignKeyConstraint(["work"], ["works.id"], name="fk_allegations_work"),
        sa.PrimaryKeyConstraint("id", name="pk_allegations"),
    )
    op.create_index("ix_allegations_claim", "allegations", ["claim"])
    op.create_index("ix_allegations_listing_state", "allegations", ["listing", "state"])
    op.create_index("ix_allegations_right", "allegations", ["right"])
    op.create_index("ix_allegations_state_due_at_id", "allegations", ["state", "due_at", "id"])
    op.create_index("ix_allegations_work", "allegations", ["work"])
    op.create_table(
        "inquiries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["notice"], ["notices.id"], name="fk_inquiries_notice"),
        sa.PrimaryKeyConstraint("id", name="pk_inquiries"),
    )
    op.create_index("ix_inquiries_answered_at_due_at_id", "inquiries", ["answered_at", "due_at", "id"])
    op.create_index("ix_inquiries_notice", "inquiries", ["notice"])
