"""Tables of what leaves the desk, of its people, of its sources, and the audit log."""

from typing import Final

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Table, Text, UniqueConstraint

from noticedesk.store.columns import InstantText, flag, identity, instant, metadata, number, points, several, words
from noticedesk.store.tables.queued import lease_columns

letters: Final = Table(
    "letters",
    metadata,
    identity(),
    points("claim", "claims"),
    points("allegation", "allegations", maybe=True),
    words("template"),
    words("language"),
    words("to"),
    words("to_role"),
    words("subject"),
    words("sha256"),
    words("message_id"),
    flag("routine"),
    several("facts"),
    words("state"),
    words("problem"),
    instant("drafted_at"),
    instant("sent_at", maybe=True),
    words("edited_from", start=""),
    words("undelivered", start=""),
    Index(None, "claim"),
    Index(None, "allegation"),
    Index(None, "message_id"),
    Index(None, "to", "drafted_at"),
    Index(None, "state", "drafted_at", "id"),
)

outbox: Final = Table(
    "outbox",
    metadata,
    identity(),
    words("kind"),
    words("key"),
    points("claim", "claims", maybe=True),
    points("allegation", "allegations", maybe=True),
    points("letter", "letters", maybe=True),
    words("body"),
    words("state"),
    instant("send_after"),
    number("attempts"),
    instant("next_attempt_at", maybe=True),
    words("last_error"),
    instant("created_at"),
    *lease_columns(),
    UniqueConstraint("key"),
    Index(None, "state", "send_after", "id"),
    Index(None, "claim"),
    Index(None, "allegation", "state"),
    Index(None, "letter"),
)

people: Final = Table(
    "people",
    metadata,
    identity(),
    words("name"),
    words("email"),
    several("roles"),
    flag("active"),
    instant("created_at"),
    UniqueConstraint("email"),
)

tokens: Final = Table(
    "tokens",
    metadata,
    identity(),
    points("person", "people"),
    words("sha256"),
    instant("created_at"),
    instant("last_used_at", maybe=True),
    instant("revoked_at", maybe=True),
    Index(None, "person"),
)

sessions: Final = Table(
    "sessions",
    metadata,
    identity(),
    points("person", "people"),
    words("sha256"),
    instant("created_at"),
    instant("seen_at"),
    instant("expires_at"),
    instant("ended_at", maybe=True),
    Index(None, "person", "ended_at"),
)

sources: Final = Table(
    "sources",
    metadata,
    identity(),
    words("cursor"),
    instant("last_success", maybe=True),
    words("last_error"),
    instant("last_error_at", maybe=True),
    *lease_columns(),
)

# The log outlives what it speaks of (erasure, retention), so nothing in it is a foreign key. Every column is text or a
# number that reads back byte for byte, because the hash is computed over what is stored.
events: Final = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", InstantText, nullable=False),
    Column("actor", Text, nullable=False),
    Column("person", Boolean, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("claim", Text, nullable=True),
    Column("details", Text, nullable=False),
    Column("prev", Text, nullable=False),
    Column("claim_prev", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index(None, "claim", "seq"),
    Index(None, "subject", "seq"),
    Index(None, "actor", "seq"),
    Index(None, "act", "seq"),
)

chain_head: Final = Table(
    "chain_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    CheckConstraint("id = 1", name="ck_chain_head_one_row"),
)
"""One row: how many events there are and the hash of the last, so that a cut tail shows."""
