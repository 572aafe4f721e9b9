"""In a thread: what a message is that answers a claim and has no effect of its own."""

from dataclasses import replace

from noticedesk import check, store
from noticedesk.desk.arrival.threads import by_thread
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.model.claim import Claim
from noticedesk.model.document import Document
from noticedesk.model.notice import OPENING, Notice, NoticeKind
from noticedesk.model.verdict import Check, Verdict
from noticedesk.store import records

_WITHOUT_EFFECT = frozenset({Verdict.INEFFECTIVE, Verdict.NOT_A_CLAIM})
_SPEAKS = OPENING | {NoticeKind.CORRESPONDENCE}


def as_reply(desk: Desk, tx: store.Transaction, notice: Notice, document: Document, found: Check) -> Notice:
    """The notice as what it is in its thread: what has no effect of its own opens nothing beside the claim it is about.

    One that announces a court action is that, for legal to see; any other is correspondence, and a team is asked what
    it says where it reads like a notice.
    """
    threaded = by_thread(tx, document.envelope)
    if not threaded.claims or notice.kind not in _SPEAKS or found.primary.verdict not in _WITHOUT_EFFECT:
        return notice
    if check.announces_court_action(document, desk.reading):
        return records.replace(tx, replace(notice, kind=NoticeKind.COURT_ACTION))
    if notice.kind is NoticeKind.CORRESPONDENCE:
        return notice
    about = records.get(tx, Claim, threaded.claims[0]) if threaded.sure else None
    routes.ask(desk, tx, "notice_without_effect", about, about=notice.id)
    return records.replace(tx, replace(notice, kind=NoticeKind.CORRESPONDENCE))
