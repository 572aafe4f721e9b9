"""The page of a case, and that of a message that could not be read."""

from contextlib import suppress

from starlette.background import BackgroundTask
from starlette.responses import Response

from matchers.image.decode import CannotRead
from noticedesk import store
from noticedesk.console import reading
from noticedesk.console.casefile import admitted, case, has_region, read_complaint, read_letter, read_listing
from noticedesk.console.choices import MEASURES
from noticedesk.console.files import DRAWN, drawn
from noticedesk.console.queue import just_decided
from noticedesk.console.visit import Visit
from noticedesk.desk.cases import waiting
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.casework import Audience, Infringing, SkipReason
from noticedesk.model.claim import Lane
from noticedesk.model.escalation import Team
from noticedesk.model.evidence import Evidence, Outcome
from noticedesk.model.letter import Letter
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice, NoticeState
from noticedesk.model.person import Act, Person
from noticedesk.sandbox import Ending
from noticedesk.store import records

AHEAD = 2
"""Cases that are read before somebody asks for them."""


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
    """Reads what the next cases show, so that their pages need not wait for it; one reads ahead at a time."""
    if visit.house.ahead.acquire(blocking=False):
        try:
            _read_ahead(visit)
        finally:
            visit.house.ahead.release()


def _read_ahead(visit: Visit) -> None:
    with visit.desk.db.read() as look:
        everything = reading.permitted(waiting.Filters(), visit.who)
        first = store.waiting.line(look, everything, limit=AHEAD).items
        ahead = [item for item in first if item.claim and item.lane != Lane.SAFETY]
        claims = {item.claim for item in ahead}
        notices = records.find(look, Notice, claim=claims, state=NoticeState.READ)
        listings = records.find(look, Listing, id={item.listing for item in ahead})
        captured = records.find(look, Evidence, claim=claims)
        drafts = records.find(look, Letter, claim=claims)
    for notice in notices:
        read_complaint(visit, notice)
    for listing in listings:
        read_listing(visit, tuple(item for item in captured if item.listing == listing.id), listing.url)
    for letter in drafts:
        read_letter(visit, letter)
    for item in captured:
        if item.role in DRAWN and item.outcome is Outcome.FETCHED:
            # what cannot be drawn says so where it would be shown
            with suppress(CannotRead, Ending):
                drawn(visit, item.sha256)


def message(visit: Visit) -> Response:
    """A message that no case holds: what could be read of it, and why it was set aside."""
    with visit.desk.db.read() as look:
        notice = records.get(look, Notice, visit.path["notice"])
        if notice.claim:
            admitted(look, visit, notice.claim)
        elif notice.state is NoticeState.QUARANTINED and not notice.problem and not visit.who.may(Act.READ_SAFETY):
            raise NotPermitted(f"{notice.id} is with the safety team and is shown to nobody else")
    return visit.page("message", notice=notice, read=read_complaint(visit, notice))
