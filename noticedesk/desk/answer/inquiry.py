"""Inquiries: a person asks the seller before removal; an answer, or silence to the end of the time, brings it back."""

from dataclasses import replace
from datetime import datetime

from noticedesk import store
from noticedesk.desk.actors import ANSWER, acting
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.desk.mail import correspondence
from noticedesk.desk.staff.permits import require
from noticedesk.desk.tally import Tally
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock
from noticedesk.model.letter import LetterState
from noticedesk.model.person import Act, Person
from noticedesk.regime import SellerInquiry
from noticedesk.store import moves, records


class NoInquiry(ValueError):
    """The rules of the claim know no inquiry before removal, or nobody can be asked."""


def ask_seller(desk: Desk, person: Person, allegation: str, version: int) -> Allegation:
    """Sends the seller the inquiry of the regime, and waits; raises NotPermitted, NoInquiry and store.Stale.

    The letter names no finding. Its clock starts when it is queued, and is started again when it is known to have
    reached the seller.
    """
    require(person, Act.DECIDE)
    with desk.db.write() as tx:
        at_stake = records.get(tx, Allegation, allegation)
        if at_stake.version != version:
            store.stale.refuse_stale(tx, replace(at_stake, version=version), at_stake)
        claim = records.get(tx, Claim, at_stake.claim)
        rules = _rules(desk, claim)
        letters = correspondence.write(desk, tx, claim, rules.letter, About(allegation=at_stake))
        if not letters or any(letter.state is LetterState.BLOCKED for letter in letters):
            why = "; ".join(letter.problem for letter in letters) or "no address of the seller is known"
            raise NoInquiry(f"{allegation}: the inquiry cannot be sent ({why})")
        for letter in letters:
            if letter.state is LetterState.DRAFT:
                correspondence.queue(desk, tx, letter)
        clocks.start(desk, tx, claim, {rules.asked: desk.now()}, at_stake)
        return moves.move(tx, at_stake, AllegationState.AWAITING_SELLER, acting(person), why="the seller is asked")


def fallen_silent(desk: Desk) -> Tally:
    """Brings back before a person what no seller answered in time, with what silence means under the rules."""
    tally = Tally()
    with desk.db.write() as tx:
        for allegation in records.find(tx, Allegation, state=AllegationState.AWAITING_SELLER):
            claim = records.get(tx, Claim, allegation.claim)
            rules = _rules(desk, claim)
            if _over(tx, allegation, rules, desk.now()):
                routes.ask(desk, tx, "seller_silent", claim, rules.silence, about=allegation.id)
                why = "the seller did not answer in time"
                moves.move(tx, allegation, AllegationState.IN_REVIEW, ANSWER, why=why)
                tally.counts["the seller was silent"] += 1
    return tally


def _rules(desk: Desk, claim: Claim) -> SellerInquiry:
    rules = clocks.law_of(desk, claim).version.inquiry
    if rules is None:
        raise NoInquiry(f"{claim.id} is under {claim.regime}, which knows no inquiry before removal")
    return rules


def _over(look: store.Look, allegation: Allegation, rules: SellerInquiry, now: datetime) -> bool:
    running = records.find(look, Clock, allegation=allegation.id, rule=rules.timer)
    return bool(running) and all((clock.earliest or clock.due) <= now for clock in running)
