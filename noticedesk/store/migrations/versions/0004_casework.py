"""Tables of people at work: how they sign in, which cases they hold, and what they note."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from noticedesk.store.columns import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Several = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "credentials",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("totp", sa.Text(), nullable=False),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", Instant(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_credentials"),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_invitations_person"),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
    )
    op.create_index("ix_invitations_person", "invitations", ["person"])
    op.create_table(
        "preferences",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("shortcuts", sa.Boolean(), nullable=False),
        sa.Column("keys", Several, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_preferences"),
    )
    op.create_table(
        "custody",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("held_since", Instant(), nullable=True),
        sa.Column("held_until", Instant(), nullable=True),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("snoozed_until", Instant(), nullable=True),
        sa.Column("snoozed_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_custody"),
    )
    op.create_index("ix_custody_holder_held_until", "custody", ["holder", "held_until"])
    op.create_index("ix_custody_assignee", "custody", ["assignee"])
    op.create_index("ix_custody_snoozed_until", "custody", ["snoozed_until"])
    op.create_table(
        "notes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["allegation"], ["allegations.id"], name="fk_notes_allegation"),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_notes_claim"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_claim", "notes", ["claim"])
    op.create_table(
        "first_answers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["allegation"], ["allegations.id"], name="fk_first_answers_allegation"),
        sa.PrimaryKeyConstraint("id", name="pk_first_answers"),
    )
    op.create_index("ix_first_answers_allegation_person", "first_answers", ["allegation", "person"])
