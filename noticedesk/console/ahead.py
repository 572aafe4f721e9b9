"""What the next cases show, read and drawn before somebody asks for it: after the page that leads to them was sent."""

from contextlib import suppress

from starlette.background import BackgroundTask
from starlette.responses import Response

from matchers.image.decode import CannotRead
from noticedesk import store
from noticedesk.console import reading
from noticedesk.console.casefile import read_complaint, read_letter, read_listing
from noticedesk.console.files import DRAWN, drawn
from noticedesk.console.visit import Visit
from noticedesk.desk.cases import waiting
from noticedesk.model.claim import Lane
from noticedesk.model.evidence import Evidence, Outcome
from noticedesk.model.letter import Letter
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice, NoticeState
from noticedesk.sandbox import Ending
from noticedesk.store import records

AHEAD = 2
"""Cases that are read before somebody asks for them."""


def reading_on(visit: Visit, answer: Response) -> Response:
    """The answer, after which what comes next is read."""
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
    visit.house.pages.get_template("case.html")
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
