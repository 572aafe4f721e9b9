"""Every clock that the events of a case start under a regime: pure arithmetic over dated law, events and calendars."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from noticedesk.clock.calendar import Calendar, calendar
from noticedesk.clock.count import Count, ends, last_day, needs_calendar, opens, sla_ends
from noticedesk.clock.due import Clocks, Due, SafeWindow, Warning_
from noticedesk.clock.ending import Ending, Span, ending
from noticedesk.clock.moment import MomentError, day_begins, day_ends, instant, zone
from noticedesk.model.clock import ClockKind, ClockState
from noticedesk.regime import SURE, InForce, Timer
from noticedesk.settings import nearest

_YEARS = (1970, 2200)


@dataclass(frozen=True, slots=True)
class _Case:
    """What all timers of one computation share."""

    law: InForce
    events: Mapping[str, date]
    happened: Mapping[str, datetime]
    now: datetime
    zone: ZoneInfo
    primary: Calendar
    plausible: tuple[Calendar, ...]
    closures: frozenset[date]

    def count(self, by: Calendar, *, closed: bool) -> Count:
        """How to count by a calendar; configured closures count only where they can make us wait, never hurry less."""
        days = by.closed_on(self.closures) if closed else by
        return Count(self.law.version.counting, days, self.zone)

    def local(self, moment: datetime) -> datetime:
        """The same instant with the agent's offset."""
        return moment.astimezone(self.zone)


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
    case = _case(law, events, now, timezone, calendars, closures)
    judged = [_clock(timer, case) for timer in law.version.timers if _runs(timer, case)]
    due = tuple(sorted((clock for clock, _ in judged), key=lambda clock: (clock.due, clock.id)))
    window, doubts = _safe_window(case, {clock.id: clock.status for clock in due})
    warnings = (*_about_law(case), *doubts, *(doubt for _, found in judged for doubt in found))
    return Clocks(
        regime=law.id,
        regime_version=law.version.version,
        timezone=case.zone.key,
        now=case.local(case.now),
        due=due,
        safe_window=window,
        warnings=warnings,
    )


def _case(
    law: InForce,
    events: Mapping[str, date],
    now: datetime,
    timezone: str | None,
    calendars: tuple[str, ...],
    closures: frozenset[date],
) -> _Case:
    where = zone(timezone or law.regime.timezone)
    for name, moment in events.items():
        if name not in law.regime.events:
            raise MomentError(f"{law.id} knows no event {name}{nearest(name, law.regime.events)}")
        if not _YEARS[0] <= moment.year <= _YEARS[1]:
            raise MomentError(f"{name} is in {moment.year}; clocks are for {_YEARS[0]} to {_YEARS[1]}")
    # Legal time has no fractions of a second: the last second of a day is in time to its end.
    known = instant(now, where).replace(microsecond=0)
    at = {name: instant(moment, where).replace(microsecond=0) for name, moment in events.items()}
    named = tuple(dict.fromkeys((*calendars, *law.regime.calendars))) or ("weekdays",)
    plausible = tuple(calendar(name) for name in named)
    happened = {name: moment for name, moment in at.items() if moment <= known}
    return _Case(law, events, happened, known, where, plausible[0], plausible, closures)


def _runs(timer: Timer, case: _Case) -> bool:
    """Whether the events start the timer: its own start, and what it requires within the time that it replaces."""
    if timer.start not in case.events or (timer.requires is not None and timer.requires not in case.events):
        return False
    replaced = next((other for other in case.law.version.timers if other.id == timer.replaces), None)
    if timer.requires is None or replaced is None:
        return True
    earliest, latest = _bounds(replaced, case.events[replaced.start], case)
    return any(end is not None and instant(case.events[timer.requires], case.zone) <= end for end in (earliest, latest))


def _clock(timer: Timer, case: _Case) -> tuple[Due, tuple[Warning_, ...]]:
    start = case.events[timer.start]
    begin = instant(start, case.zone).replace(microsecond=0)
    earliest, latest = _bounds(timer, start, case)
    due = latest or _last_of(timer, start, case, earliest)
    end = ending(timer, Span(begin, earliest, latest), _since(begin, case), case.now)
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
    return clock, tuple(_about_timer(timer, case, due, end, by))


def _since(begin: datetime, case: _Case) -> dict[str, datetime]:
    """What happened; a bare date of the day on which the clock started counts as after its start."""
    day = begin.astimezone(case.zone).date()
    same = {name for name in case.happened if case.events[name] == day}
    return {name: max(at, begin) if name in same else at for name, at in case.happened.items()}


def _last_of(timer: Timer, start: date, case: _Case, earliest: datetime | None) -> datetime:
    """What a clock is due at that has no latest: the end of the waiting, or the day that opens."""
    assert timer.value is not None and earliest is not None
    if timer.last_day == "opens":
        return earliest
    return ends(timer, timer.value, start, case.count(case.primary, closed=True))


def _bounds(timer: Timer, start: date, case: _Case) -> tuple[datetime | None, datetime | None]:
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


def _provisional(timer: Timer, case: _Case, begin: datetime) -> bool:
    unconfirmed = timer.confirmed_by is not None and timer.confirmed_by not in case.happened
    return unconfirmed or bool(timer.applies_if) or begin > case.now


def _about_timer(timer: Timer, case: _Case, due: datetime, end: Ending, by: Calendar | None) -> Iterator[Warning_]:
    if timer.sla is None and timer.tag not in SURE:
        yield Warning_(
            "uncertain_value", f"{timer.id}: the value is tagged {timer.tag} ({timer.reference}); legal decides"
        )
    if timer.applies_if:
        yield Warning_("applies_only_if", f"{timer.id} applies only if {timer.applies_if}")
    if end.doubt and timer.sla is None:
        yield Warning_("order_of_events", end.doubt)
    if end.by in case.law.version.counter_notice.blockers and case.happened.keys() & set(timer.satisfied_by):
        yield Warning_(
            "order_of_events", f"{timer.id}: {end.by} had stopped it, and yet its act was done; legal must know"
        )
    start = case.events[timer.start]
    if (timer.unit == "hour" or (timer.sla and "T" in timer.sla)) and not isinstance(start, datetime):
        yield Warning_(
            "time_of_day_unknown", f"{timer.id} counts hours and {timer.start} is a bare date: counted from its start"
        )
    guessed = by and [day for day in _days(instant(start, case.zone), due, case.zone) if by.is_estimated(day)]
    if by and guessed:
        span = f"{guessed[0]} to {guessed[-1]}" if len(guessed) > 1 else str(guessed[0])
        yield Warning_("estimated_holiday", f"{timer.id}: {by.id} does not surely know {span}; check nearer the day")


def _days(start: datetime, due: datetime, where: ZoneInfo) -> Iterator[date]:
    first, last = start.astimezone(where).date(), due.astimezone(where).date()
    yield from (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _about_law(case: _Case) -> Iterator[Warning_]:
    regime, version = case.law.regime, case.law.version
    if not regime.reviewed_by_counsel:
        yield Warning_("not_reviewed_by_counsel", f"no lawyer has signed {regime.id} version {version.version} yet")
    used = {event for timer in version.timers for event in timer.events}
    for name in case.events:
        if name not in used:
            yield Warning_("event_without_clock", f"{name} starts and stops no clock: {regime.events[name]}")
        if name not in case.happened:
            yield Warning_("event_after_now", f"{name} lies after now and has ended nothing yet")


def _safe_window(case: _Case, states: Mapping[str, ClockState]) -> tuple[SafeWindow | None, tuple[Warning_, ...]]:
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


def _day(timer: Timer, case: _Case, by: Calendar, *, closed: bool) -> date:
    assert timer.value is not None
    return last_day(timer, timer.value, case.events[timer.start], case.count(by, closed=closed))
