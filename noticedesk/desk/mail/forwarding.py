"""Forwarding: under rules that ask only to pass a notice on, the letter is the effect and the platform does nothing."""

from noticedesk import store
from noticedesk.desk.actors import PROCESS
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.deadlines.clocks import law_of
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import correspondence
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.letter import LetterState
from noticedesk.regime import InForce
from noticedesk.store import chain, records

APPROVED = "forwarding_approved"
"""The event that a person approved that a notice is passed on as it stands."""


def only_forwards(law: InForce) -> bool:
    """Whether the rules ask to pass the notice on, and for no removal."""
    return APPROVED in law.regime.events


def approved(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision) -> None:
    """Queues the letter that passes the notice on; where it cannot be written, the timeline says why."""
    correspondence.withdraw(tx, allegation)
    claim = records.get(tx, Claim, allegation.claim)
    letters = correspondence.on_event(desk, tx, claim, APPROVED, About(allegation=allegation, decision=decision))
    for letter in letters:
        if letter.state is LetterState.DRAFT:
            correspondence.queue(desk, tx, letter, decision)
    if not letters:
        chain.append(
            tx, PROCESS, "forwarding.nobody_known", allegation.id, claim.id, {"regime": law_of(desk, claim).id}
        )
