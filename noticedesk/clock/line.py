"""Clocks as one JSON line, with stable keys."""

from dataclasses import asdict
from datetime import datetime

from noticedesk.clock.due import Clocks, Due, SafeWindow

KEYS = (
    "id",
    "kind",
    "start_event",
    "start",
    "due",
    "earliest",
    "latest",
    "timezone",
    "calendar",
    "calendar_version",
    "reference",
    "tag",
    "status",
    "provisional",
    "ended_at",
    "ended_by",
)


def line(clocks: Clocks) -> dict[str, object]:
    """The JSON object "clock/1"; instants in ISO 8601 with the agent's offset, legal dates as YYYY-MM-DD."""
    return {
        "schema": "clock/1",
        "regime": clocks.regime,
        "regime_version": clocks.regime_version,
        "timezone": clocks.timezone,
        "now": clocks.now.isoformat(),
        "clocks": [_clock(due) for due in clocks.due],
        "safe_window": _window(clocks.safe_window),
        "warnings": [{"id": warning.id, "text": warning.text} for warning in clocks.warnings],
    }


def _clock(due: Due) -> dict[str, object]:
    values = asdict(due)
    return {key: value.isoformat() if isinstance(value := values[key], datetime) else value for key in KEYS}


def _window(window: SafeWindow | None) -> dict[str, str] | None:
    if window is None:
        return None
    return {
        "from": window.first.isoformat(),
        "to": window.last.isoformat(),
        "from_instant": window.first_instant.isoformat(),
        "to_instant": window.last_instant.isoformat(),
    }
