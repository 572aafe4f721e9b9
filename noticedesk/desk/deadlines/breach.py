"""Breaches: a time that was missed stands in the audit log and is told, also where its act came late."""

from noticedesk import store
from noticedesk.desk import alarms
from noticedesk.desk.actors import CHASE
from noticedesk.desk.alarms import Cause
from noticedesk.desk.desk import Desk
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.store import chain

STATUTORY = frozenset({ClockKind.STATUTORY_MAX, ClockKind.STATUTORY_WINDOW})
OURS = frozenset({ClockKind.OPEN_STANDARD, ClockKind.SLA})
"""Where the law names no number the time is ours: shown and alarmed as an SLA, never as the law's."""


def is_theirs(desk: Desk, clock: Clock) -> bool:
    """Whether it is the other side's turn while the clock runs: its lapse is their silence, not our failure."""
    return clock.start_event in desk.policy.chase.silence_after


def tell(desk: Desk, tx: store.Transaction, clock: Clock) -> str:
    """Writes that a clock was missed and raises its alarm; in a word, what was missed."""
    statutory = clock.kind in STATUTORY
    told: dict[str, chain.Detail] = {"rule": clock.rule, "kind": clock.kind.value, "due": clock.due.isoformat()}
    chain.append(tx, CHASE, "clock.missed", clock.id, clock.claim, told)
    kind = AlarmKind.CLOCK_MISSED if statutory else AlarmKind.SLA_MISSED
    alarms.raise_(desk, tx, cause(kind, clock))
    return "missed a statutory time" if statutory else "missed an SLA"


def tell_of_late_act(desk: Desk, tx: store.Transaction, clock: Clock) -> None:
    """Tells of a statutory time whose act came late, before anybody saw that it was over; of an SLA the figures do."""
    if clock.state is ClockState.MISSED and clock.kind in STATUTORY and not is_theirs(desk, clock):
        tell(desk, tx, clock)


def cause(kind: AlarmKind, clock: Clock) -> Cause:
    """Why there is an alarm about a clock."""
    return Cause(kind=kind, subject=clock.id, claim=clock.claim, detail=f"{clock.rule} of {clock.regime}")
