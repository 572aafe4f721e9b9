"""Clocks by the hour: those that time has ended are moved, those near their end are told; law and SLA never mixed."""

from datetime import timedelta

from noticedesk import store
from noticedesk.desk import alarms
from noticedesk.desk.chase.each import each
from noticedesk.desk.chase.expiry import expire
from noticedesk.desk.deadlines import breach, clocks
from noticedesk.desk.deadlines.breach import OURS, STATUTORY, is_theirs
from noticedesk.desk.desk import Desk
from noticedesk.desk.tally import Tally
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock, ClockState
from noticedesk.store import records, search

Case = tuple[str, str | None]
"""A claim, and the allegation whose own clocks are meant."""


def move_clocks(desk: Desk) -> Tally:
    """Moves every clock whose time has come, and tells of those that run out soon."""
    now, soon = desk.now(), timedelta(hours=desk.policy.chase.due_soon_hours)
    with desk.db.read() as look:
        near = search.past(look, Clock, "due", now + soon, state=ClockState.RUNNING)
    over: list[Case] = list(dict.fromkeys((item.claim, item.allegation) for item in near if item.due <= now))
    tally = each(desk, over, lambda tx, case: _move(desk, tx, case))
    tally += each(desk, [item for item in near if item.due > now], lambda tx, item: _tell_soon(desk, tx, item))
    return tally


def _move(desk: Desk, tx: store.Transaction, case: Case) -> str:
    claim = records.get(tx, Claim, case[0])
    about = records.get(tx, Allegation, case[1]) if case[1] else None
    before = {item.id: item.state for item in records.find(tx, Clock, claim=claim.id)}
    clocks.start(desk, tx, claim, {}, about, overdue=True)
    moved = [item for item in records.find(tx, Clock, claim=claim.id) if item.state is not before[item.id]]
    words = {_moved(desk, tx, item) for item in moved}
    return ", ".join(sorted(words - {""}))


def _moved(desk: Desk, tx: store.Transaction, clock: Clock) -> str:
    """What follows from a clock that time has ended."""
    if clock.state is not ClockState.MISSED:
        return "waited out" if clock.state is ClockState.SATISFIED else ""
    if is_theirs(desk, clock):
        return expire(tx, clock)
    # where its act came late it was told of when it came
    return "missed late" if clock.ended_at else breach.tell(desk, tx, clock)


def _tell_soon(desk: Desk, tx: store.Transaction, clock: Clock) -> str:
    """A short SLA is not told of: it would be near its end from its beginning on."""
    if clock.kind in STATUTORY:
        kind = AlarmKind.CLOCK_DUE
    elif clock.kind in OURS and not is_theirs(desk, clock) and _is_long(desk, clock):
        kind = AlarmKind.SLA_DUE
    else:
        return ""
    return "told that a time runs out" if alarms.raise_(desk, tx, breach.cause(kind, clock)) else ""


def _is_long(desk: Desk, clock: Clock) -> bool:
    return clock.due - clock.start >= 2 * timedelta(hours=desk.policy.chase.due_soon_hours)
