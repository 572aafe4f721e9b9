"""What to say when somebody acts on what is no longer so."""

import dataclasses
from collections.abc import Sequence
from typing import Any, NoReturn, cast

from sqlalchemy import select

from noticedesk.model.event import Event
from noticedesk.store.database import Look
from noticedesk.store.errors import StoreError
from noticedesk.store.mapping import mapper

_RECENT = 50


class Stale(StoreError):
    """Somebody else changed the noun first; `now` is how it stands, `since` the events that you have not seen."""

    def __init__(self, message: str, now: Any, since: tuple[Event, ...]) -> None:
        """Keeps what changed beside the message."""
        super().__init__(message)
        self.now = now
        self.since = since


def refuse_stale(look: Look, mine: Any, now: Any) -> NoReturn:
    """Raises Stale that says who did what since the version at hand, and how the noun stands now."""
    since = tuple(event for event in _of_subject(look, mine.id) if _version(event) > mine.version)
    told = "; ".join(f"{event.act} by {event.actor} at {event.at:%Y-%m-%d %H:%M:%S}Z" for event in since)
    raise Stale(
        f"{mine.id} changed since version {mine.version}: it is now {now.state} in version {now.version}"
        f" ({told or _changed(mine, now)}); look at it again",
        now,
        since,
    )


def differences(mine: Any, now: Any) -> list[str]:
    """The names of the fields in which two versions differ; no values, for errors end up in logs."""
    names = [field.name for field in dataclasses.fields(mine) if field.name != "version"]
    return [name for name in names if getattr(mine, name) != getattr(now, name)]


def _changed(mine: Any, now: Any) -> str:
    names = differences(mine, now)
    return f"changed: {', '.join(names)}" if names else "no field differs"


def _version(event: Event) -> int:
    version = event.details.get("version")
    return version if isinstance(version, int) else 0


def _of_subject(look: Look, subject: str) -> Sequence[Event]:
    way = mapper(Event)
    table = way.table
    query = select(*way.columns).where(table.c.subject == subject).order_by(table.c.seq.desc()).limit(_RECENT)
    return [cast(Event, way.noun(row)) for row in look.run(query)][::-1]
