"""The window in which a decision can be taken back: nothing leaves before it has passed, and it passes no due time."""

from datetime import datetime

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.model.decision import Decision
from noticedesk.store import records

_BY_LAW = frozenset({ClockKind.STATUTORY_MAX, ClockKind.STATUTORY_WINDOW, ClockKind.OPEN_STANDARD})
"""The kinds of clock by whose due time the law wants somebody to have acted, and where it is over, at once."""


def leaves_at(desk: Desk, look: store.Look, decision: Decision) -> datetime:
    """When what a decision asks for leaves: at the end of the window, earlier where a clock is due, never before it."""
    about = records.get(look, Allegation, decision.allegation)
    running = records.find(look, Clock, claim=about.claim, state=ClockState.RUNNING)
    mine = [item for item in running if item.allegation in (None, about.id)]
    due = [item.due for item in mine if item.kind in _BY_LAW or _still_to_keep(item, decision)]
    return max(decision.decided_at, min([decision.decided_at + desk.policy.undo_window, *due]))


def _still_to_keep(clock: Clock, decision: Decision) -> bool:
    """Whether a time of our own is not over yet: one that is says nothing about how long a decision may rest."""
    return clock.kind is ClockKind.SLA and clock.due > decision.decided_at
