"""Bodies and courts outside: that a dispute was put to one, and what it decided; what follows is legal's to say."""

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.desk.staff.permits import require
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.person import Act, Person
from noticedesk.regime import Appeal
from noticedesk.store import chain, records

SUBMITTED, DECIDED = "dispute.submitted", "dispute.decided"
"""The events of a dispute about an allegation; `body` names who decides it, `outcome` what was decided."""

OUTCOMES = ("for_user", "for_notifier", "settled", "ended")
"""How a dispute can end."""


class NoDispute(ValueError):
    """A dispute that the rules of the claim do not know, or an outcome that is none."""


def submit(desk: Desk, person: Person, allegation: str, body: str) -> None:
    """Notes that a dispute about the allegation was put to a body outside, whose time runs from now.

    `body` is the short name of the body, no personal data. Raises NotPermitted and NoDispute.
    """
    require(person, Act.DECIDE)
    with desk.db.write() as tx:
        at_stake, claim, rules = _case(desk, tx, allegation)
        chain.append(tx, acting(person), SUBMITTED, at_stake.id, claim.id, {"body": body})
        clocks.start(desk, tx, claim, {str(rules.outside_submitted): desk.now()}, at_stake)


def decide(desk: Desk, person: Person, allegation: str, outcome: str) -> None:
    """Notes what the body decided, ends its time, and asks legal what follows. Raises NotPermitted and NoDispute."""
    require(person, Act.DECIDE)
    if outcome not in OUTCOMES:
        raise NoDispute(f"{outcome} is no outcome of a dispute; these are {', '.join(OUTCOMES)}")
    with desk.db.write() as tx:
        at_stake, claim, rules = _case(desk, tx, allegation)
        chain.append(tx, acting(person), DECIDED, at_stake.id, claim.id, {"outcome": outcome})
        clocks.start(desk, tx, claim, {str(rules.outside_decided): desk.now()}, at_stake)
        said = f"The outcome is: {outcome.replace('_', ' ')}."
        routes.ask(desk, tx, "outside_outcome", claim, said, about=at_stake.id)


def _case(desk: Desk, tx: store.Transaction, allegation: str) -> tuple[Allegation, Claim, Appeal]:
    at_stake = records.get(tx, Allegation, allegation)
    claim = records.get(tx, Claim, at_stake.claim)
    rules = clocks.law_of(desk, claim).version.appeal
    if rules is None or not (rules.outside_submitted and rules.outside_decided):
        raise NoDispute(f"{claim.id} is under {claim.regime}, which knows no body outside")
    return at_stake, claim, rules
