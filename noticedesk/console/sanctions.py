"""Repeat infringers and misuse: what is counted about accounts and senders, what is proposed, and a person's answer."""

from dataclasses import dataclass

from starlette.responses import Response

from noticedesk import store
from noticedesk.console.handling import instant_of, one_of
from noticedesk.console.visit import Visit
from noticedesk.desk.misuse import sanctions
from noticedesk.desk.misuse.conduct import conduct
from noticedesk.desk.misuse.strikes import strikes
from noticedesk.model.allegation import Allegation
from noticedesk.model.conduct import OF_NOTIFIERS, Answer, Sanction
from noticedesk.model.person import Act, Person
from noticedesk.store import records

SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal with the cases that it counts, whether each still stands, and why the person cannot accept it."""

    sanction: Sanction
    grounds: tuple[tuple[str, str, bool], ...]
    barred: str


def show(visit: Visit) -> Response:
    """What is proposed, oldest first; with ?answered=1 what was answered, newest first; and the rules behind it."""
    answered = bool(visit.query.text("answered"))
    with visit.desk.db.read() as look:
        open_ones = sanctions.open_proposals(look)
        found = records.find(look, Sanction, answer=tuple(Answer)) if answered else open_ones
        shown = list(reversed(found))[:SHOWN] if answered else found[:SHOWN]
        rows = [_proposed(look, visit, item) for item in shown]
        people = {person.id: person.name for person in records.find(look, Person)}
    return visit.page(
        "sanctions", rows=rows, waiting=len(open_ones), answered=answered, people=people, rules=conduct(visit.desk)
    )


def answer(visit: Visit) -> Response:
    """Accepts or rejects a proposal, as a decision of this person."""
    until = visit.form.text("until")
    verdict = sanctions.Verdict(
        answer=one_of(Answer, visit.form.text("answer")),
        until=instant_of(until) if until else None,
        note=visit.form.text("note"),
    )
    made = sanctions.answer(visit.desk, visit.who, visit.form.text("sanction"), verdict)
    return visit.go("/sanctions", done=made.id)


def _proposed(look: store.Look, visit: Visit, item: Sanction) -> Proposed:
    if item.measure in OF_NOTIFIERS:
        grounds = tuple((claim, "", True) for claim in item.grounds)
    else:
        standing = {one.allegation for one in strikes(visit.desk, look, item.service, item.subject)}
        found = {one.id: one.claim for one in records.find(look, Allegation, id=list(item.grounds))}
        grounds = tuple((found.get(one, ""), one, one in standing) for one in item.grounds)
    legal = item.measure in sanctions.FOR_LEGAL and not visit.who.may(Act.TERMINATE)
    return Proposed(sanction=item, grounds=grounds, barred="Only legal accepts this one." if legal else "")
