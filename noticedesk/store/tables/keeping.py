"""Tables of what must be looked at again, told, held and remembered as erased."""

from typing import Final

from sqlalchemy import Index, Table, UniqueConstraint

from noticedesk.store.columns import day, identity, instant, metadata, number, points, words

visits: Final = Table(
    "visits",
    metadata,
    identity(),
    points("claim", "claims"),
    points("allegation", "allegations"),
    instant("due_at"),
    number("attempts"),
    instant("done_at", maybe=True),
    words("seen", maybe=True),
    points("evidence", "evidence", maybe=True),
    Index(None, "done_at", "due_at", "id"),
    Index(None, "allegation"),
    Index(None, "claim"),
)

# An alarm, a hold and a tombstone outlive what they speak of, so nothing in them is a foreign key.
alarms: Final = Table(
    "alarms",
    metadata,
    identity(),
    words("key"),
    day("day"),
    words("kind"),
    words("severity"),
    words("role"),
    words("person"),
    words("subject"),
    words("claim", maybe=True),
    words("text"),
    instant("raised_at"),
    instant("told_at", maybe=True),
    instant("ended_at", maybe=True),
    words("acknowledged_by"),
    instant("acknowledged_at", maybe=True),
    UniqueConstraint("key", "day"),
    Index(None, "ended_at", "raised_at", "id"),
    Index(None, "told_at", "id"),
    Index(None, "claim"),
)

holds: Final = Table(
    "holds",
    metadata,
    identity(),
    words("about"),
    words("why"),
    words("placed_by"),
    instant("placed_at"),
    words("lifted_by"),
    instant("lifted_at", maybe=True),
    words("lifted_why"),
    Index(None, "about", "lifted_at"),
    Index(None, "lifted_at"),
)

tombstones: Final = Table(
    "tombstones",
    metadata,
    identity(),
    words("about"),
    words("sha256"),
    instant("erased_at"),
    words("erased_by"),
    words("why"),
    words("rule"),
    Index(None, "about"),
    Index(None, "sha256"),
)
