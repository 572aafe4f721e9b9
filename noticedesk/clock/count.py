"""Counting: the last day, or last instant, of a period that a timer sets from an event."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from noticedesk.clock.calendar import Calendar
from noticedesk.clock.moment import day_begins, day_ends, instant, legal_date, next_hour
from noticedesk.model.duration import duration
from noticedesk.regime import Counting, Timer

_WORKING = frozenset({"business_day", "working_day"})
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Count:
    """How to count: the rules of the regime, the calendar, the zone of the agent."""

    rules: Counting
    calendar: Calendar
    zone: ZoneInfo


def needs_calendar(timer: Timer, rules: Counting) -> bool:
    """Whether days off matter to the timer."""
    if timer.sla is not None:
        return duration(timer.sla).business_days > 0
    return timer.unit in _WORKING or (timer.unit != "hour" and _extends(timer, rules))


def last_day(timer: Timer, value: int, start: date, count: Count) -> date:
    """The legal date on which so many units end; the day of the event is day 0, or day 1 if the timer says so."""
    day = legal_date(start, count.zone)
    if timer.unit in _WORKING:
        before = day - timedelta(days=1) if timer.count_start_day else day
        return count.calendar.add(before, value)
    if timer.unit == "calendar_day":
        end = day + timedelta(days=value - timer.count_start_day)
    else:
        end = _months(day, value * (_YEAR if timer.unit == "year" else 1), timer.count_start_day)
    return count.calendar.next_working_day(end) if _extends(timer, count.rules) else end


def ends(timer: Timer, value: int, start: date, count: Count) -> datetime:
    """The last instant of the period, in UTC."""
    if timer.unit == "hour":
        begin = instant(start, count.zone)
        whole = count.rules.hours == "from_the_next_hour"
        return (next_hour(begin) if whole else begin) + timedelta(hours=value)
    return day_ends(last_day(timer, value, start, count), count.zone)


def opens(timer: Timer, value: int, start: date, count: Count) -> datetime:
    """The first instant after a minimum: the end of its last day, or its beginning where the rule says so."""
    if timer.unit == "hour":
        return ends(timer, value, start, count)
    last = last_day(timer, value, start, count)
    return day_begins(last if timer.last_day == "opens" else last + timedelta(days=1), count.zone)


def sla_ends(text: str, start: date, count: Count) -> datetime:
    """The end of a time that we set ourselves: the end of the last business day, or so long after the instant."""
    span = duration(text)
    if span.business_days:
        return day_ends(count.calendar.add(legal_date(start, count.zone), span.business_days), count.zone)
    return instant(start, count.zone) + span.length


def _extends(timer: Timer, rules: Counting) -> bool:
    return (timer.last_day_off or rules.last_day_off) == "extends"


def _months(day: date, months: int, first_counts: bool) -> date:
    """The day of the same number, or the last of a shorter month; the day before where the first day counts."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    longest = monthrange(year, month + 1)[1]
    if day.day > longest:
        return date(year, month + 1, longest)
    return date(year, month + 1, day.day) - timedelta(days=first_counts)
