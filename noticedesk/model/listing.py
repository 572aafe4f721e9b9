"""The platform's own object, shared by all claims about it, and the measures that lie on it."""

from dataclasses import dataclass
from datetime import datetime

from noticedesk.model.action import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A listing of the platform: service and item id identify it, the canonical URL shows it."""

    id: str
    service: str
    item: str
    url: str
    account: str = ""
    title: str = ""
    country: str = ""
    language: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """One measure on a listing for one allegation; the listing is restored only when none is left on it."""

    id: str
    listing: str
    allegation: str
    action: Action
    ground: str
    territories: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    since: datetime
    until: datetime | None = None
    lifted_at: datetime | None = None
    lifted_by: str = ""
