"""Appeals: a side contests a decision, and a person who did not decide it decides again. Late ones go to legal."""

from dataclasses import dataclass

from noticedesk import store
from noticedesk.desk.actors import ANSWER
from noticedesk.desk.answer import linking
from noticedesk.desk.answer.aside import set_aside
from noticedesk.desk.answer.reply import Reply, settle
from noticedesk.desk.answer.sides import is_notifier, is_seller
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.desk.mail import correspondence
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock
from noticedesk.model.event import Event
from noticedesk.model.notice import Notice
from noticedesk.regime import Appeal
from noticedesk.store import chain, moves, records

RECEIVED, DECIDED = ACTS = ("appeal.received", "appeal.decided")
"""The events of an appeal about an allegation; `side` of the first says who appeals."""

AGAINST_ACTION = frozenset({AllegationState.ACTIONED})
AGAINST_INACTION = frozenset({AllegationState.DISMISSED, AllegationState.NOT_OURS, AllegationState.RESTORED})
"""What the user contests, and what the notifier contests."""


def handle(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim) -> str:
    """Opens an appeal of the side that the verified sender is, about what the message names."""
    named = tuple(linking.named(desk, tx, reply, claim))
    own = tuple(one for one in named if one.state in AGAINST_ACTION and is_seller(tx, one, reply))
    if own:
        return open_by_seller(desk, tx, reply, claim, own)
    refused = tuple(one for one in named if one.state in AGAINST_INACTION)
    if is_notifier(tx, claim.id, reply) and (refused or not named):
        return _open(desk, tx, reply, claim, refused, "notifier")
    return set_aside(desk, tx, reply.notice, "the sender is not verified as a side that this decision concerns")


def open_by_seller(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim, own: tuple[Allegation, ...]) -> str:
    """Opens the appeal of the account holder against what was done to the listings."""
    return _open(desk, tx, reply, claim, own, "user")


def open_side(look: store.Look, allegation: str) -> str:
    """Which side's appeal about the allegation is open; empty where none is."""
    last = max(records.find(look, Event, subject=allegation, act=ACTS), key=lambda event: event.seq, default=None)
    return str(last.details.get("side", "")) if last and last.act == RECEIVED else ""


def decided(desk: Desk, tx: store.Transaction, claim: Claim, allegation: Allegation, decision: str) -> None:
    """Closes the open appeal about an allegation with the decision that answers it."""
    rules = clocks.law_of(desk, claim).version.appeal
    chain.append(tx, ANSWER, DECIDED, allegation.id, claim.id, {"decision": decision})
    if rules:
        clocks.start(desk, tx, claim, {rules.decided: desk.now()}, allegation)


def letters_to(desk: Desk, claim: Claim, event: str, side: str) -> list[str]:
    """The letters that follow an event of an appeal and go to a side."""
    to = {"user": ("seller", "both"), "notifier": ("claimant", "both")}[side]
    duties = clocks.law_of(desk, claim).version.duties
    return [duty.letter for duty in duties if duty.after == event and duty.letter and duty.to in to]


def _open(
    desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim, about: tuple[Allegation, ...], side: str
) -> str:
    rules = clocks.law_of(desk, claim).version.appeal
    notice = settle(tx, reply, claim)
    said = f"It came with {notice.id}."
    if rules is None or side not in rules.by:
        routes.ask(desk, tx, "appeal_none", claim, said)
        return "appeal where the rules know none"
    late = [one for one in about if _is_late(tx, one, rules, side, reply)]
    for allegation in about:
        _take_up(desk, tx, claim, allegation, _Opened(rules, side, notice))
    for name in letters_to(desk, claim, rules.received, side):
        correspondence.write(desk, tx, claim, name, About(notice=notice, allegation=about[0] if about else None))
    routes.ask(desk, tx, "appeal_late" if late else "appeal", claim, said)
    return f"appeal of the {side}" + (", late" if late else "")


@dataclass(frozen=True, slots=True)
class _Opened:
    """An appeal: by which rules, of which side, with which message."""

    rules: Appeal
    side: str
    notice: Notice


def _take_up(desk: Desk, tx: store.Transaction, claim: Claim, allegation: Allegation, opened: _Opened) -> None:
    """What was done waits as answered; what was refused stays so until a person opens it again by deciding anew."""
    told: dict[str, chain.Detail] = {"notice": opened.notice.id, "side": opened.side}
    chain.append(tx, ANSWER, RECEIVED, allegation.id, claim.id, told)
    clocks.start(desk, tx, claim, {opened.rules.received: opened.notice.received_at}, allegation)
    if allegation.state in AGAINST_ACTION:
        moves.move(tx, allegation, AllegationState.COUNTERED, ANSWER, notice=opened.notice.id, side=opened.side)


def _is_late(look: store.Look, allegation: Allegation, rules: Appeal, side: str, reply: Reply) -> bool:
    """Whether the time to appeal, as far as its clock is known, was over when the message came."""
    window = rules.user_window if side == "user" else rules.notifier_window
    known = records.find(look, Clock, claim=allegation.claim, rule=window) if window else []
    mine = [clock for clock in known if clock.allegation in (None, allegation.id)]
    return bool(mine) and all(clock.due < reply.notice.received_at for clock in mine)
