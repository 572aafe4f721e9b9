"""The page of a case, and that of a message that could not be read."""

from starlette.responses import Response

from noticedesk.console.ahead import reading_on
from noticedesk.console.casefile import admitted, case, has_region, read_complaint
from noticedesk.console.choices import MEASURES
from noticedesk.console.queue import just_decided
from noticedesk.console.visit import Visit
from noticedesk.desk.cases import waiting
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.casework import Audience, Infringing, SkipReason
from noticedesk.model.escalation import Team
from noticedesk.model.notice import Notice, NoticeState
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


def message(visit: Visit) -> Response:
    """A message that no case holds: what could be read of it, and why it was set aside."""
    with visit.desk.db.read() as look:
        notice = records.get(look, Notice, visit.path["notice"])
        if notice.claim:
            admitted(look, visit, notice.claim)
        elif notice.state is NoticeState.QUARANTINED and not notice.problem and not visit.who.may(Act.READ_SAFETY):
            raise NotPermitted(f"{notice.id} is with the safety team and is shown to nobody else")
    return visit.page("message", notice=notice, read=read_complaint(visit, notice))
