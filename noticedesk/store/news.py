"""News: which submissions may stand elsewhere than their senders were last told, and up to where that was looked at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import func, or_, select

from noticedesk.model.submission import Submission
from noticedesk.store import chain, sources
from noticedesk.store.database import Look, Transaction
from noticedesk.store.mapping import mapper
from noticedesk.store.tables.claims import allegations, notices
from noticedesk.store.tables.decisions import decisions
from noticedesk.store.tables.effects import events
from noticedesk.store.tables.submissions import senders, submissions

SOURCE: Final = "news"
"""Under which name the place is kept up to which was looked."""

OURS: Final = "status."
"""How the acts begin that only tell; they are no news."""


@dataclass(frozen=True, slots=True)
class Place:
    """Up to which event, and up to when, was looked."""

    seq: int
    at: datetime

    def __str__(self) -> str:
        return f"{self.seq} {self.at.isoformat()}"

    @classmethod
    def read(cls, cursor: str) -> "Place":
        """The place as it was kept."""
        seq, _, at = cursor.partition(" ")
        return cls(int(seq), datetime.fromisoformat(at))


def here(look: Look, now: datetime) -> Place:
    """The place of everything that has happened up to now."""
    return Place(chain.head(look).seq, now)


def begin(tx: Transaction, now: datetime) -> None:
    """Lets news begin now, where nobody was ever told any: what lies behind is none."""
    sources.start(tx, SOURCE, str(here(tx, now)))


def changed(look: Look, since: Place, now: datetime, undo: timedelta) -> list[Submission]:
    """The submissions of senders with a webhook of which something happened, or became final, since the place.

    A decision becomes final, and may be told, when the window to undo it has passed.
    """
    way = mapper(Submission)
    happened = events.c.seq > since.seq
    touched = select(events.c.claim).where(happened, events.c.claim.is_not(None), ~events.c.act.startswith(OURS))
    subjects = select(events.c.subject).where(happened)
    final = decisions.c.decided_at.between(since.at - undo, now - undo)
    settled = select(allegations.c.claim).join(decisions, decisions.c.allegation == allegations.c.id).where(final)
    news = or_(notices.c.claim.in_(touched), notices.c.claim.in_(settled), notices.c.id.in_(subjects))
    hear = select(senders.c.id).where(senders.c.active, func.length(senders.c.webhook) > 0)
    query = (
        select(*way.columns)
        .join(notices, notices.c.delivery == submissions.c.id)
        .where(notices.c.channel == "api", submissions.c.sender.in_(hear), submissions.c.expires_at > now, news)
        .order_by(way.key)
        .distinct()
    )
    return [cast(Submission, way.noun(row)) for row in look.run(query)]
