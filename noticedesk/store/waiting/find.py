"""Reading the queue: pages by key, counts that end at a bound, the next case for a person, and groups."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, literal, or_, select, tuple_

from noticedesk.store.columns import written
from noticedesk.store.database import Look
from noticedesk.store.errors import StoreError
from noticedesk.store.tables.decisions import decisions
from noticedesk.store.tables.waits import ORDER, waits
from noticedesk.store.waiting.filters import Filters, counted, streams

_COLUMNS: Final = tuple(waits.c[name] for name in ORDER)
_MARK: Final = "~"

GROUPS: Final = ("listing", "seller", "picture", "campaign")
"""By what cases are grouped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One thing that waits for a person, as it stands in the queue."""

    subject: str
    kind: str
    claim: str
    desk: str
    lane: str
    state: str
    version: int
    service: str
    received_at: datetime
    due_at: datetime | None
    risk: int
    risk_why: tuple[str, ...]
    right_kind: str
    holder: str
    mark: str
    language: str
    flags: tuple[str, ...]
    band: str
    score: float | None
    proposal: str
    reason: str
    about: str
    listing: str
    seller: str
    picture: str
    campaign: str
    assignee: str
    snoozed_until: datetime | None
    snoozed_why: str
    held_by: str
    held_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Some of the queue in its order; `after` asks for what follows and is empty where nothing does."""

    items: tuple[Wait, ...]
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Cases that share a listing, a seller, a picture or a campaign: the key, and how many, counted to a bound."""

    by: str
    key: str
    count: int


def line(look: Look, filters: Filters, after: str = "", limit: int = 50) -> Line:
    """The first of the queue behind `after`, most pressing first; raises StoreError for an `after` that is none."""
    found = list(islice(_walk(look, filters, _behind(after), limit + 1), limit + 1))
    items = tuple(_wait(row) for row in found[:limit])
    return Line(items=items, after=_cursor(found[limit - 1]) if len(found) > limit else "")


def count(look: Look, filters: Filters, cap: int = 1_000) -> int:
    """How many wait; no further than one more than `cap`, which then means: more than that."""
    look.settled()
    some = counted(filters).limit(cap + 1).subquery()
    return int(look.run(select(func.count()).select_from(some)).scalar_one())


def first_for(look: Look, person: str, filters: Filters, now: datetime, passing: Collection[str] = ()) -> str | None:
    """The most pressing subject that the person may take: not another's in hand or by assignment, not put aside, not
    one whose standing decision they made, and none of `passing`."""
    free = or_(waits.c.held_until.is_(None), waits.c.held_until <= now, waits.c.held_by == person)
    awake = or_(waits.c.snoozed_until.is_(None), waits.c.snoozed_until <= now)
    mine = waits.c.assignee.in_(["", person])
    decided = select(decisions.c.id).where(
        decisions.c.allegation == waits.c.subject, decisions.c.decided_by == person, decisions.c.undone_at.is_(None)
    )
    also = [free, awake, mine, ~decided.exists()]
    if passing:
        also.append(waits.c.subject.not_in(list(passing)))
    return next((str(row.subject) for row in _walk(look, filters, also, 1)), None)


def groups(look: Look, items: Collection[Wait], cap: int = 1_000) -> list[Group]:
    """The groups of two and more that these cases belong to, largest first, counted to one more than `cap`."""
    look.settled()
    subjects = [item.subject for item in items]
    found = [group for by in GROUPS for group in _sizes(look, by, subjects, cap)]
    return sorted(found, key=lambda group: (-group.count, group.by, group.key))


def standing(look: Look, subject: str) -> Wait | None:
    """One row of the queue; None for what does not wait."""
    look.settled()
    row = look.run(select(waits).where(waits.c.subject == subject)).first()
    return _wait(row) if row else None


def _sizes(look: Look, by: str, subjects: Collection[str], cap: int) -> list[Group]:
    """The size of each group; each is counted by itself and to its bound, because one of them may be very large."""
    column, member = waits.c[by], waits.alias("member")
    keys = select(column.label("key")).where(waits.c.subject.in_(subjects), column != "").distinct().subquery("keys")
    members = select(member.c.subject).where(member.c[by] == keys.c.key).limit(cap + 1).correlate(keys).subquery()
    size = select(func.count()).select_from(members).scalar_subquery()
    found = look.run(select(keys.c.key, size.label("size")))
    return [Group(by=by, key=row.key, count=row.size) for row in found if row.size > 1]


def _walk(look: Look, filters: Filters, also: Collection[ColumnElement[bool]], limit: int) -> Iterator[Row[Any]]:
    """At least the first `limit` rows in the order of the queue, from all streams."""
    look.settled()
    parts = [look.run(_first(stream, also, limit)).all() for stream in streams(look, filters)]
    return merge(*parts, key=lambda row: tuple(getattr(row, name) for name in ORDER))


def _first(stream: ColumnElement[bool], also: Collection[ColumnElement[bool]], limit: int) -> Select[Any]:
    return select(waits).where(stream, *also).order_by(*_COLUMNS).limit(limit)


def _wait(row: Row[Any]) -> Wait:
    values = row._asdict()
    given = {name: values[name] for name in Wait.__dataclass_fields__}
    return Wait(**given | {"claim": row.claim or "", "flags": tuple(row.flags), "risk_why": tuple(row.risk_why)})


def _cursor(last: Row[Any]) -> str:
    return _MARK.join((str(last.lane_rank), written(last.due_hour), str(last.calm), last.subject))


def _behind(after: str) -> list[ColumnElement[bool]]:
    if not after:
        return []
    try:
        rank, hour, calm, subject = after.split(_MARK)
        due = datetime.fromisoformat(hour).astimezone(UTC)
        place = (literal(int(rank)), literal(due, waits.c.due_hour.type), literal(int(calm)), literal(subject))
    except ValueError:
        raise StoreError(f"{after[:40]!r} is not the end of a page; begin at the first page") from None
    return [tuple_(*_COLUMNS) > tuple_(*place)]
