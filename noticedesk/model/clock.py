"""A clock: what is due when, by which rule, started by which event."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClockKind(StrEnum):
    """Whether the law sets the time or we do; the two are never mixed."""

    STATUTORY_MIN = "statutory_min"
    STATUTORY_MAX = "statutory_max"
    STATUTORY_WINDOW = "statutory_window"
    OPEN_STANDARD = "open_standard"
    RETENTION = "retention"
    SLA = "sla"


class ClockState(StrEnum):
    """Whether a clock still runs, and how it ended."""

    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    SATISFIED = "satisfied"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One running or ended clock with the versions of rule and calendar it was computed by."""

    id: str
    claim: str
    allegation: str | None = None
    rule: str
    kind: ClockKind
    start_event: str
    start: datetime
    due: datetime
    earliest: datetime | None = None
    latest: datetime | None = None
    timezone: str
    calendar: str = ""
    calendar_version: str = ""
    regime: str
    regime_version: int
    reference: str
    tag: str
    provisional: bool = False
    state: ClockState = ClockState.RUNNING
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_why: str = ""
