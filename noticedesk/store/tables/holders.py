"""Tables of who and what a claim rests on: parties, mandates, rights, permissions; and of the platform's listings."""

from typing import Final

from sqlalchemy import Index, Table, UniqueConstraint, false

from noticedesk.store.columns import day, flag, identity, instant, metadata, points, several, words

listings: Final = Table(
    "listings",
    metadata,
    identity(),
    words("service"),
    words("item"),
    words("url"),
    words("account"),
    words("title"),
    words("country"),
    words("language"),
    instant("created_at", maybe=True),
    UniqueConstraint("service", "item"),
    Index(None, "item"),
    Index(None, "account"),
    Index(None, "url"),
)

rights: Final = Table(
    "rights",
    metadata,
    identity(),
    words("kind"),
    words("holder"),
    words("office"),
    words("number"),
    several("classes"),
    several("territory"),
    words("status"),
    day("expires", maybe=True),
    words("checked_by"),
    instant("checked_at", maybe=True),
    Index(None, "holder"),
    Index(None, "number"),
)

permissions: Final = Table(
    "permissions",
    metadata,
    identity(),
    points("right", "rights"),
    words("holder"),
    words("account"),
    words("listing"),
    words("reason"),
    several("territories"),
    day("expires", maybe=True),
    words("note"),
    Index(None, "right"),
    Index(None, "account"),
    Index(None, "listing"),
)

parties: Final = Table(
    "parties",
    metadata,
    identity(),
    points("claim", "claims"),
    words("role"),
    words("name"),
    words("email"),
    words("address"),
    words("phone"),
    words("account"),
    flag("through_platform", start=false()),
    words("verified"),
    Index(None, "claim", "role"),
    Index(None, "name"),
    Index(None, "email"),
    Index(None, "account"),
)

mandates: Final = Table(
    "mandates",
    metadata,
    identity(),
    words("principal"),
    words("agent"),
    words("proof"),
    words("document"),
    several("rights"),
    several("territory"),
    day("expires", maybe=True),
    Index(None, "document"),
    Index(None, "principal", "agent"),
    Index(None, "agent"),
)
