"""Tables of what leaves the desk, its people, its sources, and the audit log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from noticedesk.store.columns import Instant, InstantText

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Several = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER events_no_update BEFORE UPDATE ON events"
        " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        "CREATE TRIGGER events_no_delete BEFORE DELETE ON events"
        " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        # INSERT OR REPLACE would delete without asking the trigger above
        "CREATE TRIGGER events_no_replace BEFORE INSERT ON events"
        " WHEN EXISTS (SELECT 1 FROM events WHERE seq = NEW.seq)"
        " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        "CREATE TRIGGER chain_head_no_delete BEFORE DELETE ON chain_head"
        " BEGIN SELECT RAISE(ABORT, 'the end of the audit log is never removed'); END",
        "CREATE TRIGGER chain_head_forward BEFORE UPDATE ON chain_head WHEN NEW.seq <= OLD.seq"
        " BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION noticedesk_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
        "CREATE FUNCTION noticedesk_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN IF NEW.seq <= OLD.seq THEN RAISE EXCEPTION 'the audit log only grows'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events"
        " FOR EACH STATEMENT EXECUTE FUNCTION noticedesk_append_only()",
        "CREATE TRIGGER chain_head_no_delete BEFORE DELETE OR TRUNCATE ON chain_head"
        " FOR EACH STATEMENT EXECUTE FUNCTION noticedesk_append_only()",
        "CREATE TRIGGER chain_head_forward BEFORE UPDATE ON chain_head"
        " FOR EACH ROW EXECUTE FUNCTION noticedesk_only_grows()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "chain_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_chain_head_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_chain_head"),
    )
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", InstantText(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("person", sa.Boolean(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("claim_prev", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_events"),
    )
    op.create_index("ix_events_act_seq", "events", ["act", "seq"])
    op.create_index("ix_events_actor_seq", "events", ["actor", "seq"])
    op.create_index("ix_events_claim_seq", "events", ["claim", "seq"])
    op.create_index("ix_events_subject_seq", "events", ["subject", "seq"])
    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("roles", Several, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("email", name="uq_people_email"),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("last_success", Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("last_error_at", Instant(), nullable=True),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_sessions_person"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_person_ended_at", "sessions", ["person", "ended_at"])
    op.create_table(
        "tokens",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("last_used_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_tokens_person"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
    )
    op.create_index("ix_tokens_person", "tokens", ["person"])
    op.create_table(
        "letters",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=True),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("to_role", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("routine", sa.Boolean(), nullable=False),
        sa.Column("facts", Several, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("drafted_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["allegation"], ["allegations.id"], name="fk_letters_allegation"),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_letters_claim"),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
    )
    op.create_index("ix_letters_allegation", "letters", ["allegation"])
    op.create_index("ix_letters_claim", "letters", ["claim"])
    op.create_index("ix_letters_message_id", "letters", ["message_id"])
    op.create_index("ix_letters_state_drafted_at_id", "letters", ["state", "drafted_at", "id"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=True),
        sa.Column("letter", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("send_after", Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["allegation"], ["allegations.id"], name="fk_outbox_allegation"),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_outbox_claim"),
        sa.ForeignKeyConstraint(["letter"], ["letters.id"], name="fk_outbox_letter"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_allegation_state", "outbox", ["allegation", "state"])
    op.create_index("ix_outbox_claim", "outbox", ["claim"])
    op.create_index("ix_outbox_letter", "outbox", ["letter"])
    op.create_index("ix_outbox_state_send_after_id", "outbox", ["state", "send_after", "id"])
    op.execute("INSERT INTO chain_head (id, seq, hash) VALUES (1, 0, '" + "0" * 64 + "')")
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)
