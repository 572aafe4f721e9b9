"""Counting from first principles: one day after another, by the calendars of `holidays` and by no code of ours."""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from noticedesk.regime import Counting, Timer

DAY, QUARTER = timedelta(days=1), timedelta(minutes=15)
_SHORT = re.compile(r"P(?:(\d+)(W|BD|D))?(?:T(\d+)H)?")


@cache
def _known(country: str, part: str, year: int) -> holidays.HolidayBase:
    with warnings.catch_warnings():
        # the library says of some years that it knows them in part; what it knows is what ours is held against
        warnings.simplefilter("ignore")
        return holidays.country_holidays(country, subdiv=part or None, years=year, expand=False)


def is_working(day: date, calendar: str) -> bool:
    """Whether people work on a day, by a calendar: `weekdays`, a country, or a part of one."""
    if calendar == "weekdays":
        return day.weekday() < 5
    country, _, part = calendar.partition("-")
    year = _known(country, part, day.year)
    if year.is_weekend(day):
        return day in year.weekend_workdays
    return day not in year


def working_day(start: date, number: int, calendar: str) -> date:
    """The working day of that number after the start, which is day 0."""
    day = start
    while number:
        day += DAY
        number -= is_working(day, calendar)
    return day


def same_day(start: date, months: int) -> date:
    """The day of the same number so many months later, or the last day of a month without one."""
    day, passed = start, 0
    while passed < months:
        day += DAY
        passed += day.day == 1
    inside = [day + timedelta(days=ahead) for ahead in range(31) if (day + timedelta(days=ahead)).month == day.month]
    return next((one for one in inside if one.day == start.day), inside[-1])


def local_date(moment: datetime, zone: str) -> date:
    """The date that a calendar on the wall shows at an instant."""
    return moment.astimezone(ZoneInfo(zone)).date()


def begins(day: date, zone: str) -> datetime:
    """The first instant of a date in a zone, found by looking at the wall every quarter of an hour."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) - 2 * DAY
    while local_date(at, zone) < day:
        at += QUARTER
    return at


def ends(day: date, zone: str) -> datetime:
    """The last second of a date in a zone."""
    return begins(day + DAY, zone) - timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Oracle:
    """Counts as a regime says, by one calendar, for an agent in a zone."""

    rules: Counting
    calendar: str
    zone: str

    def last_day(self, timer: Timer, value: int, start: date) -> date:
        """The date on which so many units end; of working days, a day off before them is no day."""
        first = timer.count_start_day
        if timer.unit in ("business_day", "working_day"):
            return working_day(start - DAY if first else start, value, self.calendar)
        if timer.unit == "calendar_day":
            day = start + timedelta(days=value - first)
        else:
            day = same_day(start, value * (12 if timer.unit == "year" else 1))
            # a period that the day of the event belongs to ends the day before; one cut short by its month does not
            day -= DAY if first and day.day == start.day else timedelta()
        extends = (timer.last_day_off or self.rules.last_day_off) == "extends"
        while extends and not is_working(day, self.calendar):
            day += DAY
        return day

    def over(self, timer: Timer, value: int, start: datetime) -> datetime:
        """The last instant of the period."""
        if timer.unit == "hour":
            begun = start
            if self.rules.hours == "from_the_next_hour":
                begun = next(at for at in _seconds_to_the_hour(start) if (at.minute, at.second) == (0, 0))
            return begun + timedelta(hours=value)
        return ends(self.last_day(timer, value, local_date(start, self.zone)), self.zone)

    def due(self, timer: Timer, start: datetime) -> datetime:
        """When the timer is due: what ends it, or from when on its act may be done where nothing ends it."""
        if timer.sla is not None:
            return self._sla(timer.sla, start)
        assert timer.value is not None
        if timer.until_value is not None:
            return self.over(timer, timer.until_value, start)
        if timer.last_day == "opens" and timer.kind != "statutory_max":
            return begins(self.last_day(timer, timer.value, local_date(start, self.zone)), self.zone)
        return self.over(timer, timer.value, start)

    def _sla(self, text: str, start: datetime) -> datetime:
        found = _SHORT.fullmatch(text)
        assert found, text
        number, unit, hours = int(found[1] or 0), found[2], int(found[3] or 0)
        if unit == "BD":
            return ends(working_day(local_date(start, self.zone), number, self.calendar), self.zone)
        return start + timedelta(days=number * (7 if unit == "W" else 1), hours=hours)


def _seconds_to_the_hour(start: datetime) -> Iterator[datetime]:
    at = start + timedelta(seconds=1)
    while True:
        yield at
        at += timedelta(seconds=1)
