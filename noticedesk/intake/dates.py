"""Dates of mail headers: an instant in UTC, or nothing when the header makes no sense."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 200


def instant(value: str) -> datetime | None:
    """The instant of an RFC 5322 date, in UTC; one without an offset counts as UTC; None for nonsense."""
    try:
        parsed = parsedate_to_datetime(value[:_LONGEST])
        known = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
        return known.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
