"""Tables of the API: who may send through it, and what came in."""

from typing import Final

from sqlalchemy import Index, Table, UniqueConstraint

from noticedesk.store.columns import flag, identity, instant, metadata, number, points, words

senders: Final = Table(
    "senders",
    metadata,
    identity(),
    words("name"),
    words("email"),
    flag("active"),
    words("webhook", start=""),
    number("turn", start="0"),
    instant("created_at"),
    UniqueConstraint("email"),
)

sender_tokens: Final = Table(
    "sender_tokens",
    metadata,
    identity(),
    points("sender", "senders"),
    words("sha256"),
    instant("created_at"),
    instant("last_used_at", maybe=True),
    instant("revoked_at", maybe=True),
    Index(None, "sender"),
)

submissions: Final = Table(
    "submissions",
    metadata,
    identity(),
    points("sender", "senders", maybe=True),
    words("key"),
    words("service"),
    words("kind"),
    words("email"),
    words("body"),
    words("sha256"),
    instant("received_at"),
    instant("expires_at"),
    words("state"),
    words("confirm_sha256"),
    instant("confirm_until", maybe=True),
    instant("confirmed_at", maybe=True),
    instant("taken_at", maybe=True),
    words("problem"),
    words("told", start=""),
    words("telling", start=""),
    UniqueConstraint("sender", "key"),
    Index(None, "state", "id"),
)
