"""Questions to other teams and inquiries of partners: whose they are, how old, by when due, and their answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from noticedesk import store
from noticedesk.console.casefile import admitted
from noticedesk.console.handling import BadForm, instant_of, one_of
from noticedesk.console.visit import Visit
from noticedesk.desk.escalation import escalate, inquiries
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.escalation import Escalation, Inquiry, Team
from noticedesk.model.person import Act, Person
from noticedesk.store import records

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Load:
    """What is open with one team: how many, how many too late, and since when the oldest waits."""

    team: Team
    count: int
    late: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner's question and the claims that it touches."""

    inquiry: Inquiry
    claims: tuple[str, ...]


def show(visit: Visit) -> Response:
    """What is open, due first, with the age by team; with ?answered=1 what was answered, newest first."""
    wanted = visit.query.text("team")
    team = one_of(Team, wanted) if wanted else None
    with visit.desk.db.read() as look:
        asked = [item for item in records.find(look, Escalation) if _may_see(look, visit, item)]
        staff = records.find(look, Person)
        partners = [
            Partner(item, inquiries.claims_of(look, item.id))
            for item in records.find(look, Inquiry)
            if bool(item.answered_at) is bool(visit.query.text("answered"))
        ]
    open_ones = [item for item in asked if item.answered_at is None]
    if visit.query.text("answered"):
        shown = [item for item in reversed(asked) if item.answered_at]
    else:
        shown = sorted(open_ones, key=lambda item: (item.due_at is None, item.due_at or item.asked_at, item.id))
    return visit.page(
        "escalations",
        asked=[item for item in shown if team in (None, item.team)][:SHOWN],
        loads=loads(open_ones, visit.desk.now()),
        inquiries=partners[:SHOWN],
        people={person.id: person.name for person in staff},
        staff=[person for person in staff if person.may(Act.READ_CASE)],
        teams=[team for team in Team if team is not Team.SAFETY],
        returned=escalate.RETURNED,
        answered=bool(visit.query.text("answered")),
        team=team,
        now=visit.desk.now(),
    )


def answer(visit: Visit) -> Response:
    """Records what a team answered and what follows; the case is where it was, in its queue."""
    asked = _asked(visit)
    text, outcome = visit.form.text("answer"), visit.form.text("outcome")
    if not text or not outcome:
        raise BadForm("an answer needs its words, and in a few of them what follows from it")
    escalate.answer(visit.desk, visit.who, asked.id, text, outcome)
    return visit.go("/escalations")


def give_back(visit: Visit) -> Response:
    """Returns a question to who asked it, with the reason; their case stays where it is."""
    asked, why = _asked(visit), visit.form.text("why")
    if not why:
        raise BadForm("a question is given back with a reason: what is missing, or whom to ask instead")
    escalate.give_back(visit.desk, visit.who, asked.id, why)
    return visit.go("/escalations")


def assign(visit: Visit) -> Response:
    """Says who of the team sees to a question, and until when."""
    asked, due = _asked(visit), visit.form.text("due")
    owner = visit.form.text("owner")
    if not owner:
        raise BadForm("choose who sees to it")
    escalate.assign(visit.desk, visit.who, asked.id, owner, instant_of(due) if due else None)
    return visit.go("/escalations")


def _asked(visit: Visit) -> Escalation:
    """The open question that the form names, which the person may see."""
    with visit.desk.db.read() as look:
        asked = records.get(look, Escalation, visit.form.text("escalation"))
        if not _may_see(look, visit, asked):
            raise NotPermitted(f"{asked.id} is with the safety team and is shown to nobody else")
    if asked.answered_at:
        raise BadForm(f"{asked.id} has been answered already")
    return asked


def loads(open_ones: Sequence[Escalation], now: datetime) -> list[Load]:
    """What is open by team, the team with the oldest question first; teams without any are left out."""
    found = []
    for team in Team:
        mine = [item for item in open_ones if item.team is team]
        late = sum(item.due_at is not None and item.due_at < now for item in mine)
        found.append(Load(team, len(mine), late, min((item.asked_at for item in mine), default=None)))
    return sorted((load for load in found if load.count), key=lambda load: (load.oldest or now, load.team))


def _may_see(look: store.Look, visit: Visit, asked: Escalation) -> bool:
    if visit.who.may(Act.READ_SAFETY):
        return True
    if asked.team is Team.SAFETY or asked.claim is None:
        return asked.team is not Team.SAFETY
    try:
        admitted(look, visit, asked.claim)
    except NotPermitted:
        return False
    return True
