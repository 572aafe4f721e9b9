"""Retractions: the verified notifier takes back what the message names, or all of it."""

from dataclasses import replace

from noticedesk import check, store
from noticedesk.desk.actors import ANSWER
from noticedesk.desk.answer import linking
from noticedesk.desk.answer.aside import set_aside
from noticedesk.desk.answer.reply import Reply, settle
from noticedesk.desk.answer.sides import is_notifier
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.desk.mail import correspondence
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.listing import Restriction
from noticedesk.model.notice import Notice
from noticedesk.model.transitions import after
from noticedesk.store import moves, outbox, records


def handle(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim) -> str:
    """Takes back the allegations that the message names; none named means all of them, unless it speaks of a part.

    What was removed waits for a person to have it restored, without the waiting time of a counter-notice.
    """
    if not is_notifier(tx, claim.id, reply):
        return set_aside(desk, tx, reply.notice, "the sender is not verified as the one who sent the notice")
    named = linking.named(desk, tx, reply, claim)
    if _of_unknown_part(desk, reply, named):
        return set_aside(desk, tx, reply.notice, "it takes back a part of the notice, and which is for a person to say")
    if not named and records.find(tx, Allegation, claim=claim.id):
        return set_aside(desk, tx, reply.notice, "it names nothing of the claim that can still be taken back")
    notice = settle(tx, reply, claim)
    for allegation in named:
        _withdraw(desk, tx, claim, allegation, notice)
    rest = records.find(tx, Allegation, claim=claim.id)
    can_end = ClaimState.WITHDRAWN in after(claim.state)
    if can_end and all(item.state is AllegationState.WITHDRAWN for item in rest):
        claim = moves.move(tx, records.get(tx, Claim, claim.id), ClaimState.WITHDRAWN, ANSWER, notice=notice.id)
        clocks.start(desk, tx, claim, {"retraction_received": notice.received_at})
    return f"retracted {len(named)}"


def _of_unknown_part(desk: Desk, reply: Reply, named: list[Allegation]) -> bool:
    """Whether it takes back a part that reading cannot tell: none is named, or what is named may be what stays."""
    if reply.said_about:
        return False
    if reply.urls:
        return check.spares_part(reply.document, desk.reading)
    return len(named) > 1 and check.takes_back_part(reply.document, desk.reading)


def _withdraw(desk: Desk, tx: store.Transaction, claim: Claim, allegation: Allegation, notice: Notice) -> None:
    """Stops what has not left, ends the clocks, and tells the notifier; legal restores what is restricted."""
    stopped = outbox.cancel_unsent(tx, allegation.id, desk.now())
    correspondence.withdraw(tx, allegation)
    due = clocks.start(desk, tx, claim, {"retraction_received": notice.received_at}, allegation)
    taken = moves.move(tx, replace(allegation, due_at=due), AllegationState.WITHDRAWN, ANSWER, notice=notice.id)
    about = About(notice=notice, allegation=taken)
    correspondence.on_event(desk, tx, claim, "retraction_received", about)
    restricted = records.find(tx, Restriction, allegation=taken.id, lifted_at=None)
    if restricted or stopped.too_late or stopped.uncertain:
        said = "Something was removed, or asked for, and is to be restored without a waiting time."
        routes.ask(desk, tx, "retracted", claim, said, about=taken.id)
