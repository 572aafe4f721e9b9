"""What people do with a case: each is an act of the desk; here a form becomes its arguments."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from starlette.responses import Response

from noticedesk import store
from noticedesk.console.casefile import UNDECIDED, admitted
from noticedesk.console.choices import action_for
from noticedesk.console.queue import to_next
from noticedesk.console.visit import Visit
from noticedesk.desk import review
from noticedesk.desk.cases import custody, notes
from noticedesk.desk.cases.casefile import latest_proposal
from noticedesk.desk.escalation import escalate as escalating
from noticedesk.desk.mail import asking
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.casework import Audience, Infringing, SkipReason
from noticedesk.model.escalation import Team
from noticedesk.model.person import Person
from noticedesk.store import records

E = TypeVar("E", bound=StrEnum)


class BadForm(ValueError):
    """A form that lacks something, or names what is not there to be chosen."""


def take(visit: Visit) -> Response:
    """Holds the case, also from who has it where the form says so."""
    claim = claim_of(visit)
    custody.take(visit.desk, visit.who, claim, over=bool(visit.form.text("over")))
    return _back(visit, claim)


def keep(visit: Visit) -> Response:
    """A sign of life of the page that shows the case; says who has it if somebody took it over."""
    claim = claim_of(visit)
    try:
        custody.keep(visit.desk, visit.who, claim)
    except custody.Held as held:
        with visit.desk.db.read() as look:
            name = next((p.name for p in records.find(look, Person, id=held.holder)), held.holder)
        return visit.page("taken", claim=claim, holder=name)
    return Response(status_code=204)


def release(visit: Visit) -> Response:
    """Puts the case back."""
    custody.release(visit.desk, visit.who, claim_of(visit))
    return visit.go("/queue")


def assign(visit: Visit) -> Response:
    """Gives the case to somebody."""
    claim = claim_of(visit)
    custody.assign(visit.desk, visit.who, claim, visit.form.text("to"))
    return _back(visit, claim)


def snooze(visit: Visit) -> Response:
    """Puts the case aside until a time."""
    custody.snooze(visit.desk, visit.who, claim_of(visit), instant_of(visit.form.text("until")), visit.form.text("why"))
    return to_next(visit)


def wake(visit: Visit) -> Response:
    """Takes a case up again that was put aside."""
    claim = claim_of(visit)
    custody.wake(visit.desk, visit.who, claim)
    return _back(visit, claim)


def skip(visit: Visit) -> Response:
    """Passes the case on, with a reason."""
    custody.skip(visit.desk, visit.who, claim_of(visit), one_of(SkipReason, visit.form.text("why")))
    return to_next(visit)


def note(visit: Visit) -> Response:
    """Adds a note."""
    claim = claim_of(visit)
    notes.write(visit.desk, visit.who, claim, one_of(Audience, visit.form.text("audience")), visit.form.text("text"))
    return _back(visit, claim, "notes")


def escalate(visit: Visit) -> Response:
    """Asks another team."""
    claim, question = claim_of(visit), visit.form.text("question")
    if not question:
        raise BadForm("an escalation needs a question")
    about = allegation_of(visit, claim).id if visit.form.text("allegation") else ""
    team, owner, due = one_of(Team, visit.form.text("team")), visit.form.text("owner"), visit.form.text("due")
    until = instant_of(due) if due else None
    if until and not owner:
        raise BadForm("say who is to answer by then, or leave the day to the team")
    asked = escalating.escalate(visit.desk, visit.who, claim, team, question, about=about)
    if owner:
        escalating.assign(visit.desk, visit.who, asked.id, owner, until)
    return _back(visit, claim, "escalations")


def ask_party(visit: Visit) -> Response:
    """Asks a side of the case a question by letter."""
    claim = claim_of(visit)
    about = allegation_of(visit, claim).id if visit.form.text("allegation") else ""
    asking.ask(
        visit.desk, visit.who, claim, asking.Question(visit.form.text("side"), visit.form.text("question"), about)
    )
    return _back(visit, claim, "letters")


def answer_first(visit: Visit) -> Response:
    """Keeps what the person thinks before they see what the software thinks."""
    claim = claim_of(visit)
    notes.answer_first(
        visit.desk, visit.who, allegation_of(visit, claim).id, one_of(Infringing, visit.form.text("answer"))
    )
    return _back(visit, claim)


def decide(visit: Visit) -> Response:
    """Decides, and goes on: to the next allegation of the case that waits, else to the next case."""
    with visit.desk.db.read() as look:
        claim = admitted(look, visit, visit.path["claim"]).id
        allegation = _named(look, visit, claim)
        _answered_first(look, visit, allegation)
    reason = one_of(Reason, visit.form.text("reason") or visit.form.text("other_reason"))
    ruling = review.Ruling(
        action=action_for(reason, one_of(Action, visit.form.text("action"))),
        reason=reason,
        territories=visit.form.several("territories"),
        parts=visit.form.several("parts"),
        until=instant_of(visit.form.text("until")) if visit.form.text("until") else None,
        note=visit.form.text("note"),
    )
    decision = review.decide(visit.desk, visit.who, allegation.id, ruling, version_of(visit))
    with visit.desk.db.read() as look:
        waits = records.find(look, Allegation, claim=claim, state=UNDECIDED)
    if waits:
        return visit.go(f"/case/{claim}", allegation=waits[0].id, last=decision.id)
    return to_next(visit, claim, last=decision.id)


def undo(visit: Visit) -> Response:
    """Takes a decision back, and shows its case again."""
    claim = claim_of(visit)
    undone = review.undo(visit.desk, visit.who, allegation_of(visit, claim).id)
    return visit.go(f"/case/{claim}", allegation=undone.allegation)


def claim_of(visit: Visit) -> str:
    """The claim in the path, which the person may see."""
    with visit.desk.db.read() as look:
        return admitted(look, visit, visit.path["claim"]).id


def allegation_of(visit: Visit, claim: str) -> Allegation:
    """The allegation that the form names, which must be of the claim."""
    with visit.desk.db.read() as look:
        return _named(look, visit, claim)


def _named(look: store.Look, visit: Visit, claim: str) -> Allegation:
    allegation = records.get(look, Allegation, visit.form.text("allegation"))
    if allegation.claim != claim:
        raise BadForm(f"{allegation.id} does not belong to {claim}")
    return allegation


def _answered_first(look: store.Look, visit: Visit, allegation: Allegation) -> None:
    """Raises BadForm where the person must say what they think before they decide."""
    proposal = latest_proposal(look, allegation.id)
    asked = notes.is_asked_first(proposal, visit.house.rules.first_answer_percent)
    if asked and notes.first_answer(look, visit.who, allegation.id) is None:
        raise BadForm("say first whether you think it infringes; score and proposal are shown then")


def version_of(visit: Visit) -> int:
    """The version that the form was made from; raises BadForm."""
    text = visit.form.text("version")
    if not text.isdecimal():
        raise BadForm("the form does not say which version you looked at; open the case again")
    return int(text)


def one_of(kind: type[E], value: str) -> E:
    """The member of that value; raises BadForm with what there is to choose."""
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(kind)
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).lower()
        raise BadForm(f"choose a {name}: {known}" + (f"; not {value[:40]}" if value else "")) from None


def instant_of(text: str) -> datetime:
    """A time as a browser's field gives it, in UTC; raises BadForm."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise BadForm(f"{text[:40]!r} is no date; write it as 2027-01-31 or 2027-01-31T17:00") from None
    return given if given.tzinfo else given.replace(tzinfo=UTC)


def _back(visit: Visit, claim: str, part: str = "") -> Response:
    named = visit.form.text("allegation")
    answer = visit.go(f"/case/{claim}", **({"allegation": named} if named else {}))
    if part:
        answer.headers["location"] += f"#{part}"
    return answer
