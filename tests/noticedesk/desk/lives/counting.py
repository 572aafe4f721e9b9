"""Counting days from first principles: one after another, by the calendars of `holidays` and by no code of ours."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays


@cache
def days_off(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country in a year; none where no country is named."""
    return frozenset(holidays.country_holidays(country, years=year)) if country else frozenset()


def is_working(day: date, country: str) -> bool:
    """Monday to Friday and no holiday (the libraries of working days of both are asked apart)."""
    return day.weekday() < 5 and day not in days_off(country, day.year)


def working_day(start: date, number: int, country: str) -> date:
    """The working day of that number after the start, which is day 0."""
    day = start
    while number:
        day += timedelta(days=1)
        number -= is_working(day, country)
    return day


def begins(day: date, zone: str) -> datetime:
    """The first instant of a day in a zone, also where the clocks change at midnight."""
    return datetime.combine(day, time.min, ZoneInfo(zone))


MINIMA: dict[str, tuple[int, bool, bool, tuple[str, ...]]] = {
    "putback_not_before": (10, True, True, ("US", "")),
    "au_putback": (10, True, False, ("AU", "")),
    "sg_putback": (10, True, False, ("SG", "")),
    "kr_resumption": (7, False, True, ("",)),
    "cn_terminate_measures": (15, False, False, ("",)),
}
"""How long the law waits, as reference pages of each country say: days, whether working days, whether the put-back may
come on that day or only after it, and the calendars that are asked, of which the one that waits longest counts."""


def may_come_back(rule: str, start: datetime, zone: str) -> datetime:
    """The first instant at which what was removed may come back."""
    number, working, on_the_day, calendars = MINIMA[rule]
    begun = start.astimezone(ZoneInfo(zone)).date()
    last = max(
        working_day(begun, number, country) if working else begun + timedelta(days=number) for country in calendars
    )
    return begins(last if on_the_day else last + timedelta(days=1), zone)
