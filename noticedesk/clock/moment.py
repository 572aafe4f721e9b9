"""Instants and legal dates: when an event was, and on which date that is in the zone of the agent."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from noticedesk.settings import nearest


class MomentError(ValueError):
    """An instant without an offset, a time zone that nobody knows, or an event outside the closed list."""


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; raises MomentError with the nearest name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise MomentError(f"unknown time zone {name!r}{nearest(name, available_timezones())}") from None


def read(text: str) -> date:
    """The instant (with offset or Z) or the bare date that a text states; raises MomentError."""
    try:
        return date.fromisoformat(text) if len(text) <= len("YYYY-MM-DD") else _aware(datetime.fromisoformat(text))
    except ValueError as error:
        raise MomentError(
            f"{text!r}: {error}; write an instant with its offset (2026-11-20T16:00-05:00) or a bare date (2026-11-20)"
        ) from None


def instant(moment: date, where: ZoneInfo) -> datetime:
    """The instant in UTC: of an aware datetime itself, of a bare date its beginning in the zone."""
    if isinstance(moment, datetime):
        return _aware(moment).astimezone(UTC)
    return day_begins(moment, where)


def legal_date(moment: date, where: ZoneInfo) -> date:
    """The date that counts in law: the one the agent's calendar showed at that instant."""
    return _aware(moment).astimezone(where).date() if isinstance(moment, datetime) else moment


def day_begins(day: date, where: ZoneInfo) -> datetime:
    """The first instant of a date in a zone, in UTC."""
    return datetime.combine(day, time(), where).astimezone(UTC)


def day_ends(day: date, where: ZoneInfo) -> datetime:
    """The last second of a date in a zone, in UTC.

    Where clocks are set back at midnight the last hour comes twice: the date ends with the second.
    """
    return day_begins(day + timedelta(days=1), where) - timedelta(seconds=1)


def next_hour(moment: datetime) -> datetime:
    """The end of the hour in which an instant lies."""
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise MomentError(f"{moment.isoformat()} has no offset")
    return moment
