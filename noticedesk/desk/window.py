"""The window in which a decision can be taken back: nothing leaves before it has passed, and it passes no due time."""

from datetime import datetime

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.model.decision import Decision
from noticedesk.store import records

_ACTED_ON = frozenset({ClockKind.STATUTORY_MAX, ClockKind.STATUTORY_WINDOW, ClockKind.OPEN_STANDARD, ClockKind.SLA})
"""The kinds of clock by whose due time somebody must have acted."""


def leaves_at(desk: Desk, look: store.Look, decision: Decision) -> datetime:
    """When what a decision asks for leaves: at the end of the window, earlier where a clock is due, never before it."""
    about = records.get(look, Allegation, decision.allegation)
    running = records.find(look, Clock, claim=about.claim, state=ClockState.RUNNING)
    due = [item.due for item in running if item.kind in _ACTED_ON and item.allegation in (None, about.id)]
    return max(decision.decided_at, min([decision.decided_at + desk.policy.undo_window, *due]))
