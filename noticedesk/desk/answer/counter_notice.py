"""Counter-notices: a complete one starts the waiting time and goes to legal; an incomplete one starts none."""

from dataclasses import dataclass, replace
from datetime import datetime

from noticedesk import store
from noticedesk.desk.actors import ANSWER
from noticedesk.desk.answer import appeal, linking
from noticedesk.desk.answer.aside import set_aside
from noticedesk.desk.answer.reply import Reply, judged, settle
from noticedesk.desk.answer.sides import is_seller
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.desk.mail import correspondence
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.verdict import Check, Verdict
from noticedesk.store import chain, moves, outbox

TAKEN_DOWN = frozenset({AllegationState.APPROVED, AllegationState.DISPATCHING, AllegationState.ACTIONED})
"""What a counter-notice can be about for the first time: removed, or about to be."""


@dataclass(frozen=True, slots=True)
class Case:
    """A counter-notice as judged under the regime of its claim, with what its sender may answer for."""

    reply: Reply
    claim: Claim
    found: Check
    named: tuple[Allegation, ...]

    def about(self, allegation: Allegation | None = None) -> About:
        """What letters about it may state."""
        return About(notice=self.reply.notice, found=self.found, allegation=allegation, text=self.reply.document.text)


def handle(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim) -> str:
    """What a counter-notice does, by the regime of its claim and by how far the takedown has got."""
    named = linking.named(desk, tx, reply, claim)
    if not named:
        return set_aside(desk, tx, reply.notice, "nothing that it names is removed")
    own = tuple(one for one in named if is_seller(tx, one, reply))
    if not own:
        return set_aside(desk, tx, reply.notice, "the sender is not verified as the holder of the account")
    if not clocks.law_of(desk, claim).version.counter_notice.enabled:
        return _unknown_here(desk, tx, reply, claim, own)
    case = Case(replace(reply, notice=settle(tx, reply, claim)), claim, judged(desk, reply, claim), own)
    fresh = tuple(one for one in own if one.state in TAKEN_DOWN)
    if not fresh:
        return _further(desk, tx, case)
    if case.found.primary.verdict not in (Verdict.EFFECTIVE, Verdict.NEEDS_REVIEW):
        return _incomplete(desk, tx, case)
    return _start(desk, tx, case, fresh)


def _start(desk: Desk, tx: store.Transaction, case: Case, fresh: tuple[Allegation, ...]) -> str:
    """The clocks run from receipt, whenever the answer is looked at; provisional until legal has accepted it."""
    received = case.reply.notice.received_at
    for allegation in fresh:
        _counter(desk, tx, case, allegation, received)
    for one in fresh:
        _write(desk, tx, case, one)
    sure = case.found.primary.verdict is Verdict.EFFECTIVE
    route = "counter_notice" if sure else "counter_notice_doubtful"
    routes.ask(desk, tx, route, case.claim, f"It came with {case.reply.notice.id}.")
    return "counter-notice to legal"


def _write(desk: Desk, tx: store.Transaction, case: Case, allegation: Allegation) -> None:
    """One set of letters an allegation: each has its own clock, and can end in its own way."""
    about = case.about(allegation)
    correspondence.on_event(desk, tx, case.claim, "counter_notice_received", about)


def _counter(desk: Desk, tx: store.Transaction, case: Case, allegation: Allegation, received: datetime) -> None:
    """What has not left yet is stopped: whether it leaves after all is legal's to say."""
    outbox.cancel_unsent(tx, allegation.id, desk.now())
    correspondence.withdraw(tx, allegation)
    due = clocks.start(desk, tx, case.claim, {"counter_notice_received": received}, allegation)
    moves.move(tx, replace(allegation, due_at=due), AllegationState.COUNTERED, ANSWER, notice=case.reply.notice.id)


def _incomplete(desk: Desk, tx: store.Transaction, case: Case) -> str:
    received = case.reply.notice.received_at
    clocks.start(desk, tx, case.claim, {"deficient_counter_notice_received": received})
    correspondence.on_event(desk, tx, case.claim, "deficient_counter_notice_received", case.about())
    routes.ask(desk, tx, "counter_notice_incomplete", case.claim)
    return "counter-notice incomplete"


def _further(desk: Desk, tx: store.Transaction, case: Case) -> str:
    """A second one about the same material restarts nothing; about what a court action keeps down it starts nothing."""
    kept = any(one.state is AllegationState.KEPT_DOWN for one in case.named)
    event = {"further_counter_notice_received": case.reply.notice.received_at}
    for allegation in case.named:
        clocks.start(desk, tx, case.claim, event, allegation)
        told: dict[str, chain.Detail] = {"notice": case.reply.notice.id}
        chain.append(tx, ANSWER, "counter_notice.further", allegation.id, case.claim.id, told)
    route = "counter_notice_kept_down" if kept else "counter_notice_further"
    routes.ask(desk, tx, route, case.claim, f"It came with {case.reply.notice.id}.")
    return "counter-notice for what is kept down" if kept else "further counter-notice"


def _unknown_here(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim, own: tuple[Allegation, ...]) -> str:
    """The rules of the claim know no counter-notice: its sender is told so, or heard as one who appeals."""
    routes.ask(desk, tx, "counter_notice_unknown", claim, f"It came with {reply.notice.id}.")
    if clocks.law_of(desk, claim).version.appeal:
        return appeal.open_by_seller(desk, tx, reply, claim, own)
    settle(tx, reply, claim)
    correspondence.write(desk, tx, claim, "any/counter_notice_none_receipt", About(notice=reply.notice))
    return "counter-notice where the rules know none"
