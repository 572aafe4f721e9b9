"""Setting aside: what the software must not settle waits for a person, with the reason."""

from dataclasses import replace

from noticedesk import store
from noticedesk.desk.actors import ANSWER
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.model.notice import Notice, NoticeKind, NoticeState
from noticedesk.store import moves, records

PRESSING = frozenset({NoticeKind.COUNTER_NOTICE, NoticeKind.COURT_ACTION, NoticeKind.RETRACTION})
"""The kinds on which a legal time may hang, so that a team is asked beside the queue."""


def set_aside(desk: Desk, tx: store.Transaction, notice: Notice, why: str) -> str:
    """Puts the notice before a person with the reason; it changes nothing until they have linked or answered it."""
    if notice.state is not NoticeState.QUARANTINED:
        moves.move(tx, replace(notice, problem=why), NoticeState.QUARANTINED, ANSWER, why="set aside for a person")
    elif notice.problem != why:
        records.replace(tx, replace(notice, problem=why))
    if notice.kind in PRESSING:
        routes.ask(desk, tx, "unclear", None, f"It is a {notice.kind.replace('_', ' ')}: {why}.", about=notice.id)
    return "set aside for a person"
