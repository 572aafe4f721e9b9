"""Accepting: legal confirms that a counter-notice is effective; its clock is sure from then, and its copy goes out."""

from dataclasses import replace

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.answer import answered
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import correspondence
from noticedesk.desk.staff.permits import require, require_other_than_decider
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records


class NotCountered(ValueError):
    """An allegation about which no counter-notice is open."""


def accept(desk: Desk, person: Person, allegation: str, version: int) -> Allegation:
    """Confirms the counter-notice about an allegation; the clock stays where receipt put it.

    Raises NotPermitted (role, or who decided the takedown), NotCountered and store.Stale.
    """
    require(person, Act.DECIDE_COUNTER_NOTICE)
    with desk.db.write() as tx:
        at_stake = records.get(tx, Allegation, allegation)
        if at_stake.version != version:
            store.stale.refuse_stale(tx, replace(at_stake, version=version), at_stake)
        require_other_than_decider(tx, person, at_stake)
        if not answered.by_counter_notice(tx, at_stake):
            raise NotCountered(f"{allegation} is {at_stake.state}: no counter-notice about it is open")
        claim = records.get(tx, Claim, at_stake.claim)
        clocks.start(desk, tx, claim, {"counter_notice_accepted": desk.now()}, at_stake)
        chain.append(tx, acting(person), "counter_notice.accepted", allegation, claim.id)
        for letter in records.find(tx, Letter, allegation=allegation, state=LetterState.DRAFT):
            correspondence.queue(desk, tx, letter)
        return at_stake
