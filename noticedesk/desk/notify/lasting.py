"""Whether the cause of an alarm that others raised is still there."""

from collections.abc import Callable

from noticedesk import store
from noticedesk.desk.chase import overdue, putback
from noticedesk.desk.chase.window import window
from noticedesk.desk.desk import Desk
from noticedesk.model.alarm import Alarm, AlarmKind
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock, ClockState
from noticedesk.model.letter import OutboxKind
from noticedesk.model.signal import Signal, SignalState
from noticedesk.store import outbox, records

_S = AllegationState

Lasts = Callable[[Desk, store.Look, Alarm], bool]


def _clock_runs(_desk: Desk, look: store.Look, alarm: Alarm) -> bool:
    return records.get(look, Clock, alarm.subject).state is ClockState.RUNNING


def _clock_missed(_desk: Desk, look: store.Look, alarm: Alarm) -> bool:
    clock = records.get(look, Clock, alarm.subject)
    return clock.state is ClockState.MISSED and clock.ended_at is None


def _not_approved(desk: Desk, look: store.Look, alarm: Alarm) -> bool:
    at_stake = records.get(look, Allegation, alarm.subject)
    if at_stake.state is not _S.COUNTERED:
        return False
    when = window(desk, look, records.get(look, Claim, at_stake.claim), at_stake)
    return not when.stopped and putback.approval(look, at_stake, when) is None


def _in(*states: AllegationState) -> Lasts:
    return lambda _desk, look, alarm: records.get(look, Allegation, alarm.subject).state in states


def _review_due(desk: Desk, look: store.Look, alarm: Alarm) -> bool:
    kept = records.get(look, Allegation, alarm.subject)
    return kept.state is _S.KEPT_DOWN and kept.due_at is not None and kept.due_at <= desk.now()


def _quarantined(_desk: Desk, look: store.Look, alarm: Alarm) -> bool:
    return records.get(look, Signal, alarm.subject).state is SignalState.QUARANTINED


def _still_due(desk: Desk, look: store.Look, alarm: Alarm) -> bool:
    return bool(outbox.due(look, desk.now(), 1, OutboxKind(alarm.subject)))


LASTING: dict[AlarmKind, Lasts] = {
    AlarmKind.CLOCK_DUE: _clock_runs,
    AlarmKind.SLA_DUE: _clock_runs,
    AlarmKind.CLOCK_MISSED: _clock_missed,
    AlarmKind.PUTBACK_APPROVAL: _not_approved,
    AlarmKind.PUTBACK_SECOND_PERSON: _not_approved,
    AlarmKind.PUTBACK_WITHOUT_WINDOW: _not_approved,
    AlarmKind.KEPT_DOWN_REVIEW: _review_due,
    AlarmKind.REMOVAL_NOT_EFFECTIVE: _in(_S.IN_REVIEW, _S.COUNTERED, _S.KEPT_DOWN),
    AlarmKind.REAPPEARED: _in(_S.REAPPEARED, _S.COUNTERED, _S.KEPT_DOWN),
    AlarmKind.KNOWN_AND_NOT_DONE: lambda desk, look, alarm: bool(overdue.undone(desk, look, alarm.subject)),
    AlarmKind.NO_WAY_OUT: _still_due,
    AlarmKind.SIGNAL_QUARANTINED: _quarantined,
    AlarmKind.CHECK_STUCK: lambda desk, look, alarm: bool(overdue.unchecked(desk, look, alarm.subject)),
}
"""Each kind that ends by itself; the others end by a person's word, or are found anew each time."""
