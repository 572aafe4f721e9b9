"""Every clock that the events of a case start under a regime: pure arithmetic over dated law, events and calendars."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from noticedesk.clock.bounds import bounds, last_of, runs
from noticedesk.clock.case import Case, case_of
from noticedesk.clock.count import needs_calendar
from noticedesk.clock.due import Clocks, Due, SafeWindow, Warning_
from noticedesk.clock.ending import Ending, Span, ending
from noticedesk.clock.moment import instant
from noticedesk.clock.warn import about_law, about_timer
from noticedesk.clock.window import safe_window
from noticedesk.regime import InForce, Timer


def clocks(
    law: InForce,
    events: Mapping[str, date],
    *,
    now: datetime,
    timezone: str | None = None,
    calendars: tuple[str, ...] = (),
    closures: frozenset[date] = frozenset(),
) -> Clocks:
    """Every clock that the events start, soonest first, with the safe window over all plausible calendars.

    `events` maps names of the regime's closed list to aware datetimes, or to bare dates in the agent's zone. Legal
    dates are dates in `timezone` (else the regime's). The first of `calendars` (else of the regime's) counts; the safe
    window asks all of both. `closures` may push a minimum and never a maximum. Raises MomentError and CalendarError.
    """
    case = case_of(law, events, now, timezone, calendars, closures)
    judged = [_clock(timer, case) for timer in law.version.timers if runs(timer, case)]
    due = tuple(sorted((clock for clock, _ in judged), key=lambda clock: (clock.due, clock.id)))
    safe, doubts = safe_window(case, {clock.id: clock.status for clock in due})
    warnings = (*about_law(case), *doubts, *(doubt for _, found in judged for doubt in found))
    return Clocks(
        regime=law.id,
        regime_version=law.version.version,
        timezone=case.zone.key,
        now=case.local(case.now),
        due=due,
        safe_window=safe,
        warnings=warnings,
    )


def window(
    law: InForce, events: Mapping[str, date], *, now: datetime, timezone: str | None = None
) -> SafeWindow | None:
    """The safe window of `clocks` alone, without the clocks and warnings; None where it is cancelled or empty."""
    case = case_of(law, events, now, timezone, (), frozenset())
    paired = [timer for timer in law.version.timers if timer.window is not None and runs(timer, case)]
    return safe_window(case, {timer.id: _stands(timer, case).end.state for timer in paired})[0]


@dataclass(frozen=True, slots=True)
class _Standing:
    """A timer in a case: when it began, between which instants its act lies, and how it stands."""

    begin: datetime
    earliest: datetime | None
    latest: datetime | None
    end: Ending


def _stands(timer: Timer, case: Case) -> _Standing:
    start = case.events[timer.start]
    begin = instant(start, case.zone).replace(microsecond=0)
    earliest, latest = bounds(timer, start, case)
    blockers = case.law.version.counter_notice.blockers
    end = ending(timer, Span(begin, earliest, latest), _since(begin, case), case.now, blockers)
    return _Standing(begin, earliest, latest, end)


def _clock(timer: Timer, case: Case) -> tuple[Due, tuple[Warning_, ...]]:
    stands = _stands(timer, case)
    begin, earliest, latest, end = stands.begin, stands.earliest, stands.latest, stands.end
    due = latest or last_of(timer, case.events[timer.start], case, earliest)
    by = case.primary if needs_calendar(timer, case.law.version.counting) else None
    ours = timer.sla is not None
    clock = Due(
        id=timer.id,
        kind=timer.kind,
        start_event=timer.start,
        start=case.local(begin),
        due=case.local(due),
        earliest=case.local(earliest) if earliest and not ours else None,
        latest=case.local(latest) if latest and not ours else None,
        timezone=case.zone.key,
        calendar=by.id if by else "",
        calendar_version=by.version if by else "",
        reference=timer.reference,
        tag="policy" if ours else timer.tag,
        status=end.state,
        provisional=_provisional(timer, case, begin),
        ended_at=case.local(end.at) if end.at else None,
        ended_by=end.by,
    )
    return clock, tuple(about_timer(timer, case, due, end, by))


def _since(begin: datetime, case: Case) -> dict[str, datetime]:
    """What happened; a bare date of the day on which the clock started counts as after its start."""
    day = begin.astimezone(case.zone).date()
    same = {name for name in case.happened if case.events[name] == day}
    return {name: max(at, begin) if name in same else at for name, at in case.happened.items()}


def _provisional(timer: Timer, case: Case, begin: datetime) -> bool:
    unconfirmed = timer.confirmed_by is not None and timer.confirmed_by not in case.happened
    return unconfirmed or bool(timer.applies_if) or begin > case.now
