"""Tables of what the desk may decide by itself, and of what was drawn from it for a person to look at."""

from typing import Final

from sqlalchemy import Boolean, Column, Index, Table

from noticedesk.store.columns import identity, instant, metadata, number, points, words

automations: Final = Table(
    "automations",
    metadata,
    identity(),
    words("service"),
    words("band"),
    words("claimant"),
    words("sender"),
    words("right"),
    words("action"),
    words("reason"),
    number("sample"),
    words("note"),
    words("proposed_by"),
    instant("proposed_at"),
    words("confirmed_by"),
    instant("confirmed_at", maybe=True),
    words("revoked_by"),
    instant("revoked_at", maybe=True),
    Index(None, "band", "right"),
)

samples: Final = Table(
    "samples",
    metadata,
    identity(),
    points("decision", "decisions"),
    points("allegation", "allegations"),
    points("automation", "automations"),
    instant("drawn_at"),
    Column("right", Boolean, nullable=True),
    words("reason", maybe=True),
    words("note"),
    words("answered_by"),
    instant("answered_at", maybe=True),
    Index(None, "decision"),
    Index(None, "allegation"),
    Index(None, "automation"),
    Index(None, "answered_at", "id"),
)
