"""What a person must know before relying on a clock, or on the law that it comes from."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from noticedesk.clock.calendar import Calendar
from noticedesk.clock.case import Case
from noticedesk.clock.due import Warning_
from noticedesk.clock.ending import Ending
from noticedesk.clock.moment import instant
from noticedesk.regime import SURE, Timer


def about_timer(timer: Timer, case: Case, due: datetime, end: Ending, by: Calendar | None) -> Iterator[Warning_]:
    """The warnings about one clock that is due then and stands so."""
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


def about_law(case: Case) -> Iterator[Warning_]:
    """The warnings about the law as a whole and the events given."""
    regime, version = case.law.regime, case.law.version
    if not regime.reviewed_by_counsel:
        yield Warning_("not_reviewed_by_counsel", f"no lawyer has signed {regime.id} version {version.version} yet")
    used = {event for timer in version.timers for event in timer.events}
    for name in case.events:
        if name not in used:
            yield Warning_("event_without_clock", f"{name} starts and stops no clock: {regime.events[name]}")
        if name not in case.happened:
            yield Warning_("event_after_now", f"{name} lies after now and has ended nothing yet")
