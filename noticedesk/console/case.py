"""The page of a case."""

from starlette.responses import Response

from noticedesk.console.ahead import reading_on
from noticedesk.console.casefile import case, has_region
from noticedesk.console.choices import MEASURES
from noticedesk.console.queue import just_decided
from noticedesk.console.visit import Visit
from noticedesk.desk.cases import waiting
from noticedesk.model.casework import Audience, Infringing, SkipReason
from noticedesk.model.escalation import Team
from noticedesk.model.person import Act, Person
from noticedesk.store import records


def show(visit: Visit) -> Response:
    """The case, with one allegation in focus."""
    with visit.desk.db.read() as look:
        shown = case(look, visit, visit.path["claim"])
        earlier = waiting.precedents(look, shown.focus.allegation.id).items if shown.focus else ()
        last = just_decided(look, visit)
        staff = [person for person in records.find(look, Person) if person.may(Act.READ_CASE)]
    answer = visit.page(
        "case",
        case=shown,
        precedents=earlier,
        last=last,
        staff=staff,
        has_region=has_region,
        actions=MEASURES,
        teams=list(Team),
        skip_reasons=list(SkipReason),
        answers=list(Infringing),
        audiences=list(Audience),
        now=visit.desk.now(),
    )
    return reading_on(visit, answer)
