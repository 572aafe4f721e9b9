"""The safe window: the legal dates that keep both ends by every plausible calendar."""

from collections.abc import Mapping
from datetime import date, timedelta

from noticedesk.clock.calendar import Calendar
from noticedesk.clock.case import Case
from noticedesk.clock.count import last_day
from noticedesk.clock.due import SafeWindow, Warning_
from noticedesk.clock.moment import day_begins, day_ends
from noticedesk.model.clock import ClockKind, ClockState
from noticedesk.regime import Timer


def safe_window(case: Case, states: Mapping[str, ClockState]) -> tuple[SafeWindow | None, tuple[Warning_, ...]]:
    """The window of the timers that form one; None where it is cancelled or empty, and then with a warning."""
    pair = {t.kind: t for t in case.law.version.timers if t.window is not None and t.start in case.events}
    if not pair or ClockState.CANCELLED in {states[timer.id] for timer in pair.values()}:
        return None, ()
    low, high = pair[ClockKind.STATUTORY_MIN], pair[ClockKind.STATUTORY_MAX]
    first = max(_day(low, case, by, closed=True) for by in case.plausible)
    last = min(_day(high, case, by, closed=False) for by in case.plausible)
    if low.last_day == "waits":
        first += timedelta(days=1)
    if first > last:
        names = ", ".join(by.id for by in case.plausible)
        text = f"no day keeps both {low.id} and {high.id} by every calendar ({names}); this goes to legal"
        return None, (Warning_("no_safe_window", text),)
    window = SafeWindow(
        first=first,
        last=last,
        first_instant=case.local(day_begins(first, case.zone)),
        last_instant=case.local(day_ends(last, case.zone)),
    )
    return window, ()


def _day(timer: Timer, case: Case, by: Calendar, *, closed: bool) -> date:
    assert timer.value is not None
    return last_day(timer, timer.value, case.events[timer.start], case.count(by, closed=closed))
