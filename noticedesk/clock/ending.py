"""How a clock stands at a moment: running, or ended by an event or by time."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from noticedesk.model.clock import ClockKind, ClockState
from noticedesk.regime import Timer

_WAITS = frozenset({ClockKind.STATUTORY_MIN, ClockKind.RETENTION})
"""Kinds that one waits for: they are satisfied when their time has run out."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The state of a clock, what ended it when, and a sentence where a person must look."""

    state: ClockState
    at: datetime | None = None
    by: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """When a clock started and when its act may first and must last be done; None where nothing bounds it."""

    start: datetime
    earliest: datetime | None
    latest: datetime | None


def ending(
    timer: Timer, span: Span, happened: Mapping[str, datetime], now: datetime, blockers: Collection[str] = ()
) -> Ending:
    """How the clock stands; `happened` are the events up to now, `blockers` those that count from before its start.

    Who sued already has nothing to add; what ended a clock that ran before this one says nothing about this one.
    """
    since = {name: at for name, at in happened.items() if at >= span.start}
    before = {name: happened[name] for name in blockers if name in happened}
    stop, done = _first(timer.cancelled_by, before | since), _first(timer.satisfied_by, since)
    if done and (not stop or done[0] <= stop[0]):
        return _done(timer, span, done, stop)
    if stop:
        return _stopped(timer, span, stop)
    return _alone(timer, span, now)


def _first(names: Iterable[str], happened: Mapping[str, datetime]) -> tuple[datetime, str] | None:
    return min(((happened[name], name) for name in names if name in happened), default=None)


def _done(timer: Timer, span: Span, done: tuple[datetime, str], stop: tuple[datetime, str] | None) -> Ending:
    at, by = done
    if span.earliest is not None and at < span.earliest:
        return Ending(ClockState.MISSED, at, by, f"{timer.id}: {by} came before the time was over; legal must know")
    if span.latest is not None and at > span.latest:
        return Ending(ClockState.MISSED, at, by, f"{timer.id}: {by} came too late; legal must know")
    late = (
        f"{timer.id}: {stop[1]} came when {by} had ended the clock, and reopens nothing; legal decides" if stop else ""
    )
    return Ending(ClockState.SATISFIED, at, by, late)


def _stopped(timer: Timer, span: Span, stop: tuple[datetime, str]) -> Ending:
    at, by = stop
    if timer.kind is ClockKind.RETENTION and span.earliest is not None and at >= span.earliest:
        return Ending(ClockState.SATISFIED, span.earliest)
    if span.latest is not None and at > span.latest:
        return Ending(ClockState.MISSED, at, by, f"{timer.id}: {by} came after the time was over; legal must know")
    return Ending(ClockState.CANCELLED, at, by)


def _alone(timer: Timer, span: Span, now: datetime) -> Ending:
    if timer.kind in _WAITS:
        over = span.earliest is not None and now >= span.earliest
        return Ending(ClockState.SATISFIED if over else ClockState.RUNNING, span.earliest if over else None)
    late = span.latest is not None and now > span.latest
    return Ending(ClockState.MISSED if late else ClockState.RUNNING)
