"""The columns that make a table a queue: who holds a row, and how often it has failed."""

from typing import Any

from sqlalchemy import Column, false

from noticedesk.store.columns import flag, instant, number, words


def lease_columns() -> tuple[Column[Any], ...]:
    """Who works on a row, and until when nobody else may."""
    return words("lease_owner", maybe=True), instant("lease_until", maybe=True)


def queue_columns() -> tuple[Column[Any], ...]:
    """The lease, and what went wrong with the row in its present state."""
    return (
        *lease_columns(),
        number("attempts", start="0"),
        instant("next_attempt_at", maybe=True),
        words("last_error", maybe=True),
        flag("stuck", start=false()),
    )
