"""Seller responses: an answer to our inquiry before removal ends the waiting; any other is for who decides to read."""

from noticedesk import store
from noticedesk.desk.actors import ANSWER
from noticedesk.desk.answer import linking
from noticedesk.desk.answer.aside import set_aside
from noticedesk.desk.answer.reply import Reply, settle
from noticedesk.desk.answer.sides import is_seller
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.store import chain, moves


def handle(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim) -> str:
    """Brings what the seller was asked about back before a person, with the answer."""
    named = linking.named(desk, tx, reply, claim)
    own = [one for one in named if is_seller(tx, one, reply)]
    if not own:
        return set_aside(desk, tx, reply.notice, "the sender is not verified as the holder of the account")
    notice = settle(tx, reply, claim)
    asked = [one for one in own if one.state is AllegationState.AWAITING_SELLER]
    for allegation in asked:
        answered(desk, tx, claim, allegation, notice.id, reply)
    for allegation in own:
        chain.append(tx, ANSWER, "seller.answered", allegation.id, claim.id, {"notice": notice.id})
    routes.ask(desk, tx, "seller_answered", claim, f"It came with {notice.id}.")
    return "seller answered the inquiry" if asked else "seller's response"


def answered(
    desk: Desk, tx: store.Transaction, claim: Claim, allegation: Allegation, notice: str, reply: Reply
) -> None:
    """Ends the inquiry's clock by the answer: an objection starts nothing, and the platform decides."""
    rules = clocks.law_of(desk, claim).version.inquiry
    if rules:
        clocks.start(desk, tx, claim, {rules.answered: reply.notice.received_at}, allegation)
    moves.move(tx, allegation, AllegationState.IN_REVIEW, ANSWER, why="the seller answered", notice=notice)
