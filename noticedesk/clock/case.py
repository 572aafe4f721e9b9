"""What all timers of one computation share: the law, the events as instants, the zone, and the calendars."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from noticedesk.clock.calendar import WEEKDAYS, Calendar, calendar
from noticedesk.clock.count import Count
from noticedesk.clock.moment import MomentError, instant, zone
from noticedesk.regime import InForce
from noticedesk.settings import nearest

_YEARS = (1970, 2200)


@dataclass(frozen=True, slots=True)
class Case:
    """One computation; `happened` are the events up to now, in UTC and whole seconds."""

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


def case_of(
    law: InForce,
    events: Mapping[str, date],
    now: datetime,
    timezone: str | None,
    calendars: tuple[str, ...],
    closures: frozenset[date],
) -> Case:
    """The case; raises MomentError and CalendarError for what it cannot count with."""
    where = zone(timezone or law.regime.timezone)
    for name, moment in events.items():
        if name not in law.regime.events:
            raise MomentError(f"{law.id} knows no event {name}{nearest(name, law.regime.events)}")
        if not _YEARS[0] <= moment.year <= _YEARS[1]:
            raise MomentError(f"{name} is in {moment.year}; clocks are for {_YEARS[0]} to {_YEARS[1]}")
    # Legal time has no fractions of a second: the last second of a day is in time to its end.
    known = instant(now, where).replace(microsecond=0)
    at = {name: instant(moment, where).replace(microsecond=0) for name, moment in events.items()}
    named = tuple(dict.fromkeys((*calendars, *law.regime.calendars))) or (WEEKDAYS,)
    plausible = tuple(calendar(name) for name in named)
    happened = {name: moment for name, moment in at.items() if moment <= known}
    return Case(law, events, happened, known, where, plausible[0], plausible, closures)
