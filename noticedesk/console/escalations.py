"""Questions to other teams and inquiries of partners: whose they are, how old, by when due, and their answers."""

from dataclasses import dataclass

from starlette.responses import Response

from noticedesk import store
from noticedesk.console.casefile import admitted
from noticedesk.console.handling import BadForm, instant_of, one_of
from noticedesk.console.visit import Visit
from noticedesk.desk.escalation import escalate, inquiries
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.escalation import Escalation, Inquiry, Team
from noticedesk.model.person import Act, Person
from noticedesk.store import asked, records


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner's question and the claims that it touches."""

    inquiry: Inquiry
    claims: tuple[str, ...]


def show(visit: Visit) -> Response:
    """What is open, due first, with the age by team; with ?answered=1 what was answered, newest first."""
    wanted, answered = visit.query.text("team"), bool(visit.query.text("answered"))
    teams = (one_of(Team, wanted),) if wanted else tuple(Team)
    safety, now = visit.who.may(Act.READ_SAFETY), visit.desk.now()
    with visit.desk.db.read() as look:
        page = asked.questions(look, teams, answered=answered, safety=safety, after=visit.query.text("after"))
        partners = asked.from_partners(look, answered=answered, after=visit.query.text("partners_after"))
        touched = inquiries.claims_of_all(look, [item.id for item in partners.items])
        loads = asked.loads(look, now, safety=safety)
        staff = records.find(look, Person)
    kept = {name: visit.query.text(name) for name in ("team", "answered") if visit.query.text(name)}
    return visit.page(
        "escalations",
        asked=page,
        loads=loads,
        inquiries=[Partner(item, touched.get(item.id, ())) for item in partners.items],
        more_inquiries=partners.after,
        kept=kept,
        people={person.id: person.name for person in staff},
        staff=[person for person in staff if person.may(Act.READ_CASE)],
        teams=[team for team in Team if team is not Team.SAFETY],
        returned=escalate.RETURNED,
        answered=answered,
        team=teams[0] if wanted else None,
        now=now,
    )


def answer(visit: Visit) -> Response:
    """Records what a team answered and what follows; the case is where it was, in its queue."""
    question = _asked(visit)
    text, outcome = visit.form.text("answer"), visit.form.text("outcome")
    if not text or not outcome:
        raise BadForm("an answer needs its words, and in a few of them what follows from it")
    escalate.answer(visit.desk, visit.who, question.id, text, outcome)
    return visit.go("/escalations")


def give_back(visit: Visit) -> Response:
    """Returns a question to who asked it, with the reason; their case stays where it is."""
    question, why = _asked(visit), visit.form.text("why")
    if not why:
        raise BadForm("a question is given back with a reason: what is missing, or whom to ask instead")
    escalate.give_back(visit.desk, visit.who, question.id, why)
    return visit.go("/escalations")


def assign(visit: Visit) -> Response:
    """Says who of the team sees to a question, and until when."""
    question, due = _asked(visit), visit.form.text("due")
    owner = visit.form.text("owner")
    if not owner:
        raise BadForm("choose who sees to it")
    escalate.assign(visit.desk, visit.who, question.id, owner, instant_of(due) if due else None)
    return visit.go("/escalations")


def _asked(visit: Visit) -> Escalation:
    """The open question that the form names, which the person may see."""
    with visit.desk.db.read() as look:
        question = records.get(look, Escalation, visit.form.text("escalation"))
        if not _may_see(look, visit, question):
            raise NotPermitted(f"{question.id} is with the safety team and is shown to nobody else")
    if question.answered_at:
        raise BadForm(f"{question.id} has been answered already")
    return question


def _may_see(look: store.Look, visit: Visit, question: Escalation) -> bool:
    if visit.who.may(Act.READ_SAFETY):
        return True
    if question.team is Team.SAFETY or question.claim is None:
        return question.team is not Team.SAFETY
    try:
        admitted(look, visit, question.claim)
    except NotPermitted:
        return False
    return True
