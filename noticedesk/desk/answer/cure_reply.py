"""Cure replies: the verified notifier supplies what was missing; the claim is checked again with all that was sent."""

from noticedesk import store
from noticedesk.desk.actors import ANSWER
from noticedesk.desk.answer.aside import set_aside
from noticedesk.desk.answer.reply import Reply, settle
from noticedesk.desk.answer.sides import is_notifier
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.store import moves

CURABLE = frozenset({ClaimState.NEEDS_CURE, ClaimState.EXPIRED})
"""The states in which a supplement brings the claim back to checking; a late one reopens it."""


def handle(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim) -> str:
    """Sends the claim back to checking, which reads the notice and its supplements as one."""
    if not is_notifier(tx, claim.id, reply):
        return set_aside(desk, tx, reply.notice, "the sender is not verified as the one who sent the notice")
    if claim.state not in CURABLE:
        return set_aside(desk, tx, reply.notice, f"the claim is {claim.state} and waits for nothing")
    notice = settle(tx, reply, claim)
    late = claim.state is ClaimState.EXPIRED
    why = "a late supplement reopened it" if late else "a supplement came"
    moves.move(tx, claim, ClaimState.IN_CHECK, ANSWER, why=why, notice=notice.id)
    if late:
        routes.ask(desk, tx, "cure_late", claim, f"It came with {notice.id}.")
    return "late cure reply, claim reopened" if late else "cure reply"
