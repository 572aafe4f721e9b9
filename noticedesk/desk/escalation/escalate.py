"""Escalations: a question to another team, its answer, and back; clocks run on meanwhile."""

from dataclasses import replace
from datetime import datetime, timedelta

from noticedesk import store
from noticedesk.desk.actors import INGEST, acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import require
from noticedesk.model.claim import Claim
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.event import Actor
from noticedesk.model.ids import new_id
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records


class BadAnswer(ValueError):
    """An answer or a return that says nothing, or comes to what is settled already."""


def escalate(desk: Desk, person: Person, claim: str, team: Team, question: str, *, about: str = "") -> Escalation:
    """Asks a team about a claim (or, with `about`, one allegation or party of it); raises NotPermitted."""
    require(person, Act.ESCALATE)
    with desk.db.write() as tx:
        records.get(tx, Claim, claim)
        return ask(desk, tx, acting(person), (claim, about or claim), team, question)


def to_safety(desk: Desk, tx: store.Transaction, claim: Claim) -> Escalation:
    """Alarms the safety team about a claim that was stopped at intake."""
    question = "The complaint was stopped before anything was fetched. Please look at the original and act."
    return ask(desk, tx, INGEST, (claim.id, claim.id), Team.SAFETY, question)


def to_legal(desk: Desk, tx: store.Transaction, actor: Actor, claim: Claim, question: str) -> Escalation:
    """Puts a question that the software must not settle before legal."""
    return ask(desk, tx, actor, (claim.id, claim.id), Team.LEGAL, question)


def answer(desk: Desk, person: Person, escalation: str, text: str, outcome: str) -> Escalation:
    """Records a team's answer; the case is back with its queue. Raises NotPermitted."""
    require(person, Act.ANSWER_ESCALATION)
    with desk.db.write() as tx:
        asked = _open(tx, escalation, text)
        answered = replace(asked, answer=text, outcome=outcome, answered_by=person.id, answered_at=desk.now())
        records.replace(tx, answered)
        chain.append(tx, acting(person), "escalation.answered", asked.id, asked.claim, {"outcome": outcome})
    return answered


def give_back(desk: Desk, person: Person, escalation: str, why: str) -> Escalation:
    """Returns a question to who asked it, unanswered and with the reason; raises NotPermitted and BadAnswer."""
    return answer(desk, person, escalation, why, RETURNED)


def assign(desk: Desk, person: Person, escalation: str, owner: str, due: datetime | None = None) -> Escalation:
    """Says who of the team sees to the question, and if given until when; raises NotPermitted and BadAnswer."""
    require(person, Act.ESCALATE)
    with desk.db.write() as tx:
        asked = _open(tx, escalation, owner)
        keeper = records.get(tx, Person, owner)
        chain.append(tx, acting(person), "escalation.assigned", asked.id, asked.claim, {"owner": keeper.id})
        return records.replace(tx, replace(asked, owner=keeper.id, due_at=due or asked.due_at))


RETURNED = "returned"
"""The outcome of a question that its team gave back."""


def _open(look: store.Look, escalation: str, said: str) -> Escalation:
    asked = records.get(look, Escalation, escalation)
    if asked.answered_at:
        raise BadAnswer(f"{escalation} is settled already ({asked.outcome}); ask anew")
    if not said.strip():
        raise BadAnswer(f"{escalation}: say something; an empty answer settles nothing")
    return asked


def ask(
    desk: Desk, tx: store.Transaction, actor: Actor, case: tuple[str, str], team: Team, question: str
) -> Escalation:
    """Puts a question before a team, in the transaction at hand; `case` is the claim, and what in it is asked about."""
    claim, about = case
    hours = desk.policy.safety_hours if team is Team.SAFETY else desk.policy.escalation_hours
    asked = Escalation(
        id=new_id("E"),
        about=about,
        claim=claim,
        team=team,
        question=question,
        asked_by=actor.name,
        asked_at=desk.now(),
        due_at=desk.now() + timedelta(hours=hours),
    )
    records.add(tx, asked)
    chain.append(tx, actor, "escalation.asked", asked.id, claim, {"team": team.value})
    return asked
