"""Orders, subpoenas and inquiries: registered, linked where sure, put before their team. No more."""

from dataclasses import replace

from noticedesk import store
from noticedesk.desk.answer.reply import Reply, settle
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.escalation import Inquiry
from noticedesk.model.ids import new_id
from noticedesk.model.notice import NoticeKind
from noticedesk.store import records

KINDS = frozenset({NoticeKind.AUTHORITY_ORDER, NoticeKind.SUBPOENA, NoticeKind.INQUIRY})
"""The kinds that are registered and routed, whoever sent them."""

_LESS_PRESSING = frozenset({Lane.TRUSTED_FLAGGER, Lane.NORMAL})


def register(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim | None) -> str:
    """Registers the message and asks its team; an order about a claim moves it to the lane of courts."""
    notice = settle(tx, reply, claim)
    asked = routes.ask(desk, tx, notice.kind.value, claim, about=notice.id)
    if notice.kind is NoticeKind.INQUIRY or claim is None:
        records.add(
            tx,
            Inquiry(
                id=new_id("I"),
                notice=notice.id,
                partner=notice.sender or "unknown",
                question=notice.subject or "(no subject)",
                received_at=notice.received_at,
                owner=asked.team.value,
                due_at=asked.due_at,
            ),
        )
    if notice.kind is NoticeKind.AUTHORITY_ORDER and claim is not None:
        clocks.start(desk, tx, claim, {"order_received": notice.received_at})
        if claim.lane in _LESS_PRESSING:
            records.replace(tx, replace(claim, lane=Lane.COURT))
    return f"{notice.kind.value} registered"
