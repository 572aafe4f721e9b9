"""What a computation of clocks says: due instants, the safe window, and what a person must know about them."""

from dataclasses import dataclass
from datetime import date, datetime

from noticedesk.model.clock import ClockKind, ClockState


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One clock: what is due when, by which timer, started by which event. Instants bear the agent's offset.

    `earliest` is the first instant at which the act is allowed, `latest` the last at which it is in time; `due` is the
    one that the kind of clock is about. The tag tells how sure the value is: of an open standard it is our own, policy.
    """

    id: str
    kind: ClockKind
    start_event: str
    start: datetime
    due: datetime
    earliest: datetime | None
    latest: datetime | None
    timezone: str
    calendar: str
    calendar_version: str
    reference: str
    tag: str
    status: ClockState
    provisional: bool
    ended_at: datetime | None = None
    ended_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeWindow:
    """The legal dates, and instants, that keep both ends of a window by every plausible calendar."""

    first: date
    last: date
    first_instant: datetime
    last_instant: datetime


@dataclass(frozen=True, slots=True)
class Warning_:
    """Something that a person must know before relying on a clock."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """Every clock that the events start under one version of a regime, soonest first."""

    regime: str
    regime_version: int
    timezone: str
    now: datetime
    due: tuple[Due, ...]
    safe_window: SafeWindow | None
    warnings: tuple[Warning_, ...]
