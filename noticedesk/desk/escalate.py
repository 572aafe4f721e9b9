"""Escalations: a question to another team, its answer, and back; clocks run on meanwhile."""

from dataclasses import replace
from datetime import timedelta

from noticedesk import store
from noticedesk.desk.actors import INGEST, acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.permits import require
from noticedesk.model.claim import Claim
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.event import Actor
from noticedesk.model.ids import new_id
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records


def escalate(desk: Desk, person: Person, claim: str, team: Team, question: str, *, about: str = "") -> Escalation:
    """Asks a team about a claim (or, with `about`, one allegation or party of it); raises NotPermitted."""
    require(person, Act.ESCALATE)
    with desk.db.write() as tx:
        asked = _ask(desk, tx, acting(person), records.get(tx, Claim, claim), team, question)
        if about:
            asked = replace(asked, about=about)
            records.replace(tx, asked)
    return asked


def to_safety(desk: Desk, tx: store.Transaction, claim: Claim) -> Escalation:
    """Alarms the safety team about a claim that was stopped at intake."""
    question = "The complaint was stopped before anything was fetched. Please look at the original and act."
    return _ask(desk, tx, INGEST, claim, Team.SAFETY, question)


def to_legal(desk: Desk, tx: store.Transaction, actor: Actor, claim: Claim, question: str) -> Escalation:
    """Puts a question that the software must not settle before legal."""
    return _ask(desk, tx, actor, claim, Team.LEGAL, question)


def answer(desk: Desk, person: Person, escalation: str, text: str, outcome: str) -> Escalation:
    """Records a team's answer; the case is back with its queue. Raises NotPermitted."""
    require(person, Act.ANSWER_ESCALATION)
    with desk.db.write() as tx:
        asked = records.get(tx, Escalation, escalation)
        answered = replace(asked, answer=text, outcome=outcome, answered_by=person.id, answered_at=desk.now())
        records.replace(tx, answered)
        chain.append(tx, acting(person), "escalation.answered", asked.id, asked.claim, {"outcome": outcome})
    return answered


def _ask(desk: Desk, tx: store.Transaction, actor: Actor, claim: Claim, team: Team, question: str) -> Escalation:
    hours = desk.policy.safety_hours if team is Team.SAFETY else desk.policy.escalation_hours
    asked = Escalation(
        id=new_id("E"),
        about=claim.id,
        claim=claim.id,
        team=team,
        question=question,
        asked_by=actor.name,
        asked_at=desk.now(),
        due_at=desk.now() + timedelta(hours=hours),
    )
    records.add(tx, asked)
    chain.append(tx, actor, "escalation.asked", asked.id, claim.id, {"team": team.value})
    return asked
