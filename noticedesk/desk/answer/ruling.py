"""Rulings about what was answered: a counter-notice or an appeal is upheld or refused, or a court keeps things down."""

from dataclasses import dataclass, replace
from datetime import datetime

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.answer import answered, appeal, court_action
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import correspondence
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.listing import Restriction
from noticedesk.model.notice import Notice
from noticedesk.model.person import Person
from noticedesk.store import moves, records

A = AllegationState

ANSWERED = frozenset({A.COUNTERED, A.KEPT_DOWN, A.WITHDRAWN})
"""The states in which legal, and another than who decided, has the next word."""

REFUSED = frozenset({A.DISMISSED, A.RESTORED, A.NOT_OURS})
"""The states in which only the appeal of the notifier makes the next word another's."""


class NoGround(ValueError):
    """A ruling that what was received does not bear out."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decision about something answered."""

    claim: Claim
    allegation: Allegation
    decision: Decision


def rule(desk: Desk, tx: store.Transaction, person: Person, at_stake: Allegation, decision: Decision) -> bool:
    """Lets a decision about a countered allegation take effect where it keeps the measure; False where it does not.

    Raises NoGround for material kept down without papers, or for good without an order, and for a dismissal of what is
    restricted.
    """
    if decision.action is Action.RESTORE:
        return False
    if at_stake.state is A.KEPT_DOWN:
        _for_good(tx, person, at_stake, decision)
        return True
    if at_stake.state is not A.COUNTERED:
        return False
    restricted = bool(records.find(tx, Restriction, allegation=at_stake.id, lifted_at=None))
    if decision.action is Action.NONE:
        if restricted:
            raise NoGround(f"{at_stake.id} is restricted: restore it, with the reason why")
        return False
    claim = records.get(tx, Claim, at_stake.claim)
    if decision.reason is Reason.COURT_ACTION:
        _keep_down(desk, tx, person, Ruled(claim, at_stake, decision))
        return True
    if not restricted:
        return False
    _uphold(desk, tx, person, Ruled(claim, at_stake, decision))
    return True


def reopen(tx: store.Transaction, person: Person, at_stake: Allegation) -> Allegation:
    """What was refused, and is contested, goes back into review by the person who decides anew."""
    if at_stake.state in REFUSED and appeal.open_side(tx, at_stake.id):
        return moves.move(tx, at_stake, A.IN_REVIEW, acting(person), why="contested by its notifier")
    return at_stake


def close_appeal(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision) -> None:
    """Closes an open appeal by the decision, and tells who appealed; what is put back is told once it is back."""
    side = appeal.open_side(tx, allegation.id)
    if not side:
        return
    claim = records.get(tx, Claim, allegation.claim)
    appeal.decided(desk, tx, claim, allegation, decision.id)
    rules = clocks.law_of(desk, claim).version.appeal
    if rules and decision.action is not Action.RESTORE:
        for name in appeal.letters_to(desk, claim, rules.decided, side):
            for letter in correspondence.write(desk, tx, claim, name, About(allegation=allegation, decision=decision)):
                _queue(desk, tx, letter, decision)


def _uphold(desk: Desk, tx: store.Transaction, person: Person, ruled: Ruled) -> None:
    """The measure stays: a counter-notice is found not effective, or an appeal not well founded."""
    if answered.by_counter_notice(tx, ruled.allegation):
        clocks.start(desk, tx, ruled.claim, {"counter_notice_rejected": desk.now()}, ruled.allegation)
    correspondence.withdraw(tx, ruled.allegation)
    kept = moves.move(tx, ruled.allegation, A.ACTIONED, acting(person), decision=ruled.decision.id)
    close_appeal(desk, tx, kept, ruled.decision)


def _keep_down(desk: Desk, tx: store.Transaction, person: Person, ruled: Ruled) -> None:
    """The clock ends with the receipt of the papers, not with the day on which somebody looked at them."""
    papers = court_action.pending(tx, ruled.allegation)
    if papers is None:
        raise NoGround(f"no papers of a court or board about {ruled.allegation.id} came in time and look complete")
    received = _received(tx, str(papers.details["notice"]))
    ends = {str(papers.details["clock"]): received, "kept_down": desk.now()}
    clocks.start(desk, tx, ruled.claim, ends, ruled.allegation)
    correspondence.withdraw(tx, ruled.allegation)
    kept = moves.move(tx, ruled.allegation, A.KEPT_DOWN, acting(person), decision=ruled.decision.id)
    about = About(allegation=kept, decision=ruled.decision)
    for letter in correspondence.on_event(desk, tx, ruled.claim, "kept_down", about):
        _queue(desk, tx, letter, ruled.decision)


def _for_good(tx: store.Transaction, person: Person, at_stake: Allegation, decision: Decision) -> None:
    """What a court has decided ends the waiting: the measure stays, and is looked at no more by itself."""
    if decision.reason is not Reason.COURT_ORDER:
        raise NoGround(f"{at_stake.id} is kept down: it stays so for good only by a court's order")
    moves.move(tx, replace(at_stake, due_at=None), A.ACTIONED, acting(person), decision=decision.id)


def _queue(desk: Desk, tx: store.Transaction, letter: Letter, decision: Decision) -> None:
    if letter.state is LetterState.DRAFT:
        correspondence.queue(desk, tx, letter, decision)


def _received(look: store.Look, notice: str) -> datetime:
    return records.get(look, Notice, notice).received_at
