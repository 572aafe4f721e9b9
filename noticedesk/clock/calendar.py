"""Which days are days off, by named calendars: `weekdays`, or the public holidays of a place (US, US-NY, AU, DE-BY)."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version

import holidays

from noticedesk.settings import nearest

WEEKDAYS = "weekdays"
"""The calendar that knows no holiday: Monday to Friday."""

_SATURDAY = 5
_LONGEST_BREAK = 60


class CalendarError(ValueError):
    """A calendar that nobody knows, or one without working days."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A named calendar with the version of the library that it was made by."""

    id: str
    version: str
    is_off: Callable[[date], bool]
    is_estimated: Callable[[date], bool]

    def closed_on(self, closures: frozenset[date]) -> "Calendar":
        """The same calendar with further days off."""
        return replace(self, is_off=lambda day: day in closures or self.is_off(day)) if closures else self

    def next_working_day(self, day: date) -> date:
        """The first working day that is not before the day; raises CalendarError when none follows."""
        for ahead in range(_LONGEST_BREAK):
            if not self.is_off(day + timedelta(days=ahead)):
                return day + timedelta(days=ahead)
        raise CalendarError(f"calendar {self.id} has no working day in the {_LONGEST_BREAK} days from {day}")

    def add(self, day: date, count: int) -> date:
        """The count-th working day after the day, which itself is day 0 whatever it is."""
        for _ in range(count):
            day = self.next_working_day(day + timedelta(days=1))
        return day


@cache
def calendar(wanted: str) -> Calendar:
    """The calendar of that id; raises CalendarError with the nearest id."""
    if wanted == WEEKDAYS:
        return Calendar(WEEKDAYS, "1", lambda day: day.weekday() >= _SATURDAY, lambda day: False)
    country, _, part = wanted.partition("-")
    supported = holidays.list_supported_countries()
    if country not in supported or (part and part not in supported[country]) or wanted.endswith("-"):
        known = [WEEKDAYS, *supported, *(f"{country}-{name}" for name in supported.get(country, ()))]
        raise CalendarError(
            f"unknown calendar {wanted}{nearest(wanted, known)} (weekdays, a country as US, or a part of it as US-NY)"
        )
    return Calendar(
        wanted,
        f"holidays {version('holidays')}",
        cache(lambda day: not _year(country, part, day.year).days.is_working_day(day)),
        lambda day: _year(country, part, day.year).is_estimated(day),
    )


@dataclass(frozen=True, slots=True)
class _Year:
    """The holidays of one year; the library warns of years that it knows only in part."""

    days: holidays.HolidayBase
    known: bool

    def is_estimated(self, day: date) -> bool:
        """Whether the library only guesses at the day, or does not fully know its year."""
        return not self.known or "estimated" in self.days.get(day, "")


@cache
def _year(country: str, part: str, year: int) -> _Year:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        days = holidays.country_holidays(country, subdiv=part or None, years=year, language="en_US", expand=False)
    return _Year(days, not said)
