"""Inquiries: a partner's question without a claim is registered, linked to claims that it touches, and answered."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation.escalate import BadAnswer
from noticedesk.desk.staff.permits import require
from noticedesk.model.claim import Claim
from noticedesk.model.escalation import Inquiry, Team
from noticedesk.model.event import Event
from noticedesk.model.ids import new_id
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records

LINKED = "inquiry.linked"
"""The event that an inquiry touches a claim."""


def register(
    desk: Desk, person: Person, partner: str, question: str, team: Team = Team.LEGAL, *, due: datetime | None = None
) -> Inquiry:
    """Registers a question that did not come by a notice; raises NotPermitted and BadAnswer for an empty one."""
    require(person, Act.ESCALATE)
    if not partner.strip() or not question.strip():
        raise BadAnswer("an inquiry needs a partner and a question")
    made = Inquiry(
        id=new_id("I"),
        partner=partner,
        question=question,
        received_at=desk.now(),
        owner=team.value,
        due_at=due or desk.now() + timedelta(hours=desk.policy.escalation_hours),
    )
    with desk.db.write() as tx:
        records.add(tx, made)
        chain.append(tx, acting(person), "inquiry.registered", made.id, None, {"team": team.value})
    return made


def answer(desk: Desk, person: Person, inquiry: str, text: str) -> Inquiry:
    """Records the answer that the partner gets, once; raises NotPermitted and BadAnswer."""
    require(person, Act.ESCALATE)
    with desk.db.write() as tx:
        known = records.get(tx, Inquiry, inquiry)
        if known.answered_at:
            raise BadAnswer(f"{inquiry} was answered at {known.answered_at:%Y-%m-%d %H:%M}Z")
        if not text.strip():
            raise BadAnswer("an answer needs words")
        chain.append(tx, acting(person), "inquiry.answered", inquiry, None)
        return records.replace(tx, replace(known, answer=text, answered_at=desk.now()))


def link(desk: Desk, person: Person, inquiry: str, claim: str) -> tuple[str, ...]:
    """Links an inquiry to a claim, whose timeline then shows it; the claims that it is linked to."""
    require(person, Act.ESCALATE)
    with desk.db.write() as tx:
        records.get(tx, Inquiry, inquiry)
        records.get(tx, Claim, claim)
        if claim not in claims_of(tx, inquiry):
            chain.append(tx, acting(person), LINKED, inquiry, claim)
        return claims_of(tx, inquiry)


def settled(desk: Desk, tx: store.Transaction, person: Person, notice: str, claim: str) -> None:
    """Ends the question as which a message was put before a team, since a person has said that it is of a claim."""
    for one in records.find(tx, Inquiry, notice=notice, answered_at=None):
        chain.append(tx, acting(person), LINKED, one.id, claim)
        chain.append(tx, acting(person), "inquiry.answered", one.id, None)
        records.replace(tx, replace(one, answer=f"It is part of {claim}.", answered_at=desk.now()))


def claims_of(look: store.Look, inquiry: str) -> tuple[str, ...]:
    """The claims that an inquiry was linked to, in the order of linking."""
    return claims_of_all(look, [inquiry]).get(inquiry, ())


def claims_of_all(look: store.Look, inquiries: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The claims that each of the inquiries was linked to; those without any are left out."""
    found: dict[str, dict[str, None]] = {}
    for event in records.find(look, Event, subject=tuple(inquiries), act=LINKED) if inquiries else ():
        if event.claim:
            found.setdefault(event.subject, {})[event.claim] = None
    return {inquiry: tuple(claims) for inquiry, claims in found.items()}
