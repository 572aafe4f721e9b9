"""Questions to teams and inquiries of partners, by pages: what is open due first, what was answered newest first.

Everything follows an index whatever the number of questions: the open ones of a team, and its answered ones, are each a
range of one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar, cast

from sqlalchemy import ColumnElement, func, or_, select, true

from noticedesk.model.claim import Lane
from noticedesk.model.escalation import Escalation, Inquiry, Team
from noticedesk.model.notice import NoticeState
from noticedesk.store.database import Look
from noticedesk.store.mapping import mapper
from noticedesk.store.search import Page, cursor, due_first, parted
from noticedesk.store.tables.claims import claims, escalations, notices

N = TypeVar("N", Escalation, Inquiry)

MANY: Final = 50
"""Questions on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is open with one team: how many, how many too late, and since when the oldest waits."""

    team: Team
    count: int
    late: int
    oldest: datetime


def questions(
    look: Look, teams: Collection[Team], *, answered: bool, safety: bool, after: str = ""
) -> Page[Escalation]:
    """A page of the questions to these teams; without `safety` none that is with the safety team."""
    streams = [escalations.c.team == str(team) for team in teams]
    return _page(look, Escalation, streams, _shown(safety), (answered, after))


def from_partners(look: Look, *, answered: bool, after: str = "") -> Page[Inquiry]:
    """A page of the inquiries."""
    return _page(look, Inquiry, [true()], [], (answered, after))


def loads(look: Look, now: datetime, *, safety: bool) -> list[Load]:
    """What is open by team, the team with the oldest question first; teams without any are left out."""
    late = func.count().filter(escalations.c.due_at < now)
    team = escalations.c.team
    query = (
        select(team, func.count(), late, func.min(escalations.c.asked_at))
        .where(team.in_([str(one) for one in Team]), escalations.c.answered_at.is_(None), *_shown(safety))
        .group_by(team)
    )
    found = [Load(team=Team(row[0]), count=row[1], late=row[2], oldest=row[3]) for row in look.run(query)]
    return sorted(found, key=lambda load: (load.oldest, load.team))


def _page(
    look: Look,
    kind: type[N],
    streams: Collection[ColumnElement[bool]],
    also: Collection[ColumnElement[bool]],
    asked: tuple[bool, str],
) -> Page[N]:
    answered, after = asked
    at = mapper(kind).table.c.answered_at
    if not answered:
        return due_first(look, kind, [one & at.is_(None) for one in streams], also, after=after, limit=MANY)
    return _newest(look, kind, streams, also, after)


def _newest(
    look: Look,
    kind: type[N],
    streams: Collection[ColumnElement[bool]],
    also: Collection[ColumnElement[bool]],
    after: str,
) -> Page[N]:
    way = mapper(kind)
    at, id = way.table.c.answered_at, way.table.c.id
    query = select(*way.columns).where(at.is_not(None), *also).order_by(at.desc(), id.desc()).limit(MANY + 1)
    when, last = parted(after)
    if when:
        query = query.where(at <= when, or_(at < when, id < last))
    rows: list[Any] = [row for one in streams for row in look.run(query.where(one))]
    rows.sort(key=lambda row: (row.answered_at, row.id), reverse=True)
    items = tuple(cast(N, way.noun(row)) for row in rows[:MANY])
    return Page(items, cursor(rows[MANY - 1].answered_at, rows[MANY - 1].id) if len(rows) > MANY else "")


def _shown(safety: bool) -> list[ColumnElement[bool]]:
    """What leaves out the questions that are with the safety team, or about a case that was stopped for safety."""
    if safety:
        return []
    theirs = select(claims.c.id).where(claims.c.id == escalations.c.claim, claims.c.lane == Lane.SAFETY.value)
    stopped = select(notices.c.id).where(
        notices.c.claim == escalations.c.claim,
        notices.c.state == NoticeState.QUARANTINED.value,
        notices.c.problem == "",
    )
    return [escalations.c.team != Team.SAFETY.value, ~theirs.exists(), ~stopped.exists()]
