"""The page of a case, and that of a message that could not be read."""

from starlette.background import BackgroundTask
from starlette.responses import Response

from noticedesk import store
from noticedesk.console import reading
from noticedesk.console.casefile import admitted, case, has_region, read_complaint, read_listing
from noticedesk.console.choices import MEASURES
from noticedesk.console.queue import just_decided
from noticedesk.console.visit import Visit
from noticedesk.desk.cases import waiting
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.casework import Audience, Infringing, SkipReason
from noticedesk.model.claim import Lane
from noticedesk.model.escalation import Team
from noticedesk.model.evidence import Evidence
from noticedesk.model.listing import Listing
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
    answer.background = BackgroundTask(read_ahead, visit)
    return answer


def read_ahead(visit: Visit) -> None:
    """Reads the complaint and the listing of the case that comes next, so that its page need not wait for them."""
    with visit.desk.db.read() as look:
        everything = reading.permitted(waiting.Filters(), visit.who)
        first = store.waiting.line(look, everything, limit=2).items
        ahead = [item for item in first if item.claim and item.lane != Lane.SAFETY]
        notices = records.find(look, Notice, claim={item.claim for item in ahead}, state=NoticeState.READ)
        listings = records.find(look, Listing, id={item.listing for item in ahead})
        captured = records.find(look, Evidence, claim={item.claim for item in ahead})
    for notice in notices:
        read_complaint(visit, notice)
    for listing in listings:
        read_listing(visit, tuple(item for item in captured if item.listing == listing.id), listing.url)


def message(visit: Visit) -> Response:
    """A message that no case holds: what could be read of it, and why it was set aside."""
    with visit.desk.db.read() as look:
        notice = records.get(look, Notice, visit.path["notice"])
        if notice.claim:
            admitted(look, visit, notice.claim)
        elif notice.state is NoticeState.QUARANTINED and not notice.problem and not visit.who.may(Act.READ_SAFETY):
            raise NotPermitted(f"{notice.id} is with the safety team and is shown to nobody else")
    return visit.page("message", notice=notice, read=read_complaint(visit, notice))
