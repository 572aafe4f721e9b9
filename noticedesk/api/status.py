"""GET /v1/status: where a submission stands, to whoever has its address, until it expires."""

from typing import Annotated

from fastapi import APIRouter, Path

from noticedesk.api.answers import News, Status, refusals, status_of
from noticedesk.api.callers import TheOffice
from noticedesk.api.office import COUNTED, Office
from noticedesk.api.problems import Problem
from noticedesk.desk.portal import submissions
from noticedesk.desk.portal.standing import Standing, standing
from noticedesk.model.submission import Submission

router = APIRouter(prefix="/v1/status", tags=["status"], dependencies=COUNTED)


@router.get("/{token}", response_model=Status, responses=refusals(404, 410))
def show(office: TheOffice, token: Annotated[str, Path(description="What the status address ends in.")]) -> Status:
    """The facts of one's own side: receipt, what is missing with its cure, and what became of each address."""
    return status_of(stands(office, token))


news = APIRouter()
"""What goes out to the senders, as the document lists it."""


@news.post("submission.status_changed", summary="Where something that you sent stands by now", status_code=204)
def told(body: News) -> None:
    """Sent to the address that the platform noted for you, whenever the status address shows something else.

    Signed as Standard Webhooks says: verify `webhook-signature` with your secret, and take a `webhook-id` once only.
    Answer 2xx within ten seconds; anything else is sent again later, and 410 ends it.
    """


def stands(office: Office, token: str) -> Standing:
    """Where the submission stands; raises the problem 404 or 410."""
    return standing(office.desk, found(office, token))


def found(office: Office, token: str) -> Submission:
    """The submission with the status address; raises the problem 404, or 410 where the address has expired."""
    with office.desk.db.read() as look:
        submission = submissions.found(look, token)
    if submission is None:
        raise Problem(404, "no submission has this status address; copy it whole from the answer that you got")
    if submission.expires_at <= office.desk.now():
        raise Problem(410, "this status address has expired; write to us with your reference")
    return submission
