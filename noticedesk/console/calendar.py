"""The days of a put-back on a calendar: from when a listing may come back, and until when it must."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from noticedesk.desk.chase.window import Window

WEEK = timedelta(weeks=1)
MOST_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its date, what it is for the put-back (empty: nothing), and whether it is today."""

    on: date
    means: str
    today: bool


def calendar(when: Window, now: datetime, zone: ZoneInfo) -> tuple[tuple[Day, ...], ...]:
    """The weeks from the counter-notice to the end of the window, Monday first; empty where no time runs."""
    first, last = _day(when.since, zone), _day(when.latest or when.closes or when.opens, zone)
    if first is None or last is None:
        return ()
    start = first - timedelta(days=first.weekday())
    today = now.astimezone(zone).date()
    weeks = min(MOST_WEEKS, (last - start).days // 7 + 1)
    return tuple(
        tuple(Day(day, _means(day, when, zone), day == today) for day in _week(start + week * WEEK))
        for week in range(weeks)
    )


def _week(monday: date) -> Iterator[date]:
    return (monday + timedelta(days=number) for number in range(7))


def _means(day: date, when: Window, zone: ZoneInfo) -> str:
    since, opens = _day(when.since, zone), _day(when.opens, zone)
    closes, latest = _day(when.closes, zone), _day(when.latest, zone)
    if since is None or day < since:
        return ""
    if day == since:
        return "received"
    if opens is None or day < opens:
        return "waits"
    if closes and day <= closes:
        return "safe"
    return "last days" if latest and day <= latest else ""


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at.astimezone(zone).date() if at else None
