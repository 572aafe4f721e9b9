"""Tables of people at work: how they sign in, which cases they hold, and what they note."""

from typing import Final

from sqlalchemy import Index, Table

from noticedesk.store.columns import flag, identity, instant, metadata, number, points, several, words

credentials: Final = Table(
    "credentials",
    metadata,
    identity(),
    words("password"),
    words("totp"),
    number("totp_step"),
    number("failures"),
    instant("locked_until", maybe=True),
    instant("changed_at"),
)

invitations: Final = Table(
    "invitations",
    metadata,
    identity(),
    points("person", "people"),
    words("sha256"),
    instant("created_at"),
    instant("expires_at"),
    instant("used_at", maybe=True),
    Index(None, "person"),
)

preferences: Final = Table(
    "preferences",
    metadata,
    identity(),
    flag("shortcuts"),
    several("keys"),
    several("views"),
    several("pictures"),
    several("exposure"),
)

custody: Final = Table(
    "custody",
    metadata,
    identity(),
    words("holder"),
    instant("held_since", maybe=True),
    instant("held_until", maybe=True),
    words("assignee"),
    instant("snoozed_until", maybe=True),
    words("snoozed_why"),
    Index(None, "holder", "held_until"),
    Index(None, "assignee"),
    Index(None, "snoozed_until"),
)

notes: Final = Table(
    "notes",
    metadata,
    identity(),
    points("claim", "claims"),
    points("allegation", "allegations", maybe=True),
    words("author"),
    instant("written_at"),
    words("audience"),
    words("text"),
    Index(None, "claim"),
)

first_answers: Final = Table(
    "first_answers",
    metadata,
    identity(),
    points("allegation", "allegations"),
    words("person"),
    words("answer"),
    instant("answered_at"),
    Index(None, "allegation", "person"),
)
