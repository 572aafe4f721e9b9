"""Whether a timer runs in a case, and between which instants its act lies."""

from datetime import date, datetime

from noticedesk.clock.case import Case
from noticedesk.clock.count import ends, opens, sla_ends
from noticedesk.clock.moment import instant
from noticedesk.model.clock import ClockKind
from noticedesk.regime import Timer


def runs(timer: Timer, case: Case) -> bool:
    """Whether the events start the timer: its own start, and what it requires within the time that it replaces."""
    if timer.start not in case.events or (timer.requires is not None and timer.requires not in case.events):
        return False
    replaced = next((other for other in case.law.version.timers if other.id == timer.replaces), None)
    if timer.requires is None or replaced is None:
        return True
    earliest, latest = bounds(replaced, case.events[replaced.start], case)
    return any(end is not None and instant(case.events[timer.requires], case.zone) <= end for end in (earliest, latest))


def bounds(timer: Timer, start: date, case: Case) -> tuple[datetime | None, datetime | None]:
    """The first instant at which the act is allowed and the last at which it is in time."""
    waits, hurries = case.count(case.primary, closed=True), case.count(case.primary, closed=False)
    if timer.sla is not None:
        return None, sla_ends(timer.sla, start, hurries)
    assert timer.value is not None
    if timer.kind is ClockKind.STATUTORY_MAX:
        return None, ends(timer, timer.value, start, hurries)
    first = opens(timer, timer.value, start, waits)
    last = ends(timer, timer.until_value, start, hurries) if timer.until_value is not None else None
    return first, last


def last_of(timer: Timer, start: date, case: Case, earliest: datetime | None) -> datetime:
    """What a clock is due at that has no latest: the end of the waiting, or the day that opens."""
    assert timer.value is not None and earliest is not None
    if timer.last_day == "opens":
        return earliest
    return ends(timer, timer.value, start, case.count(case.primary, closed=True))
