"""POST /v1/complaints: complaints and answers to them, saved as received before anything else happens to them."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from noticedesk.api import bodies
from noticedesk.api.answers import Batch, Receipt, Row, RowError, refusals
from noticedesk.api.callers import Caller, TheCaller, TheKey, TheOffice
from noticedesk.api.office import COUNTED, Office
from noticedesk.api.problems import Problem
from noticedesk.desk.portal import submissions

router = APIRouter(prefix="/v1/complaints", tags=["complaints"], dependencies=COUNTED)

_FORM = {"$ref": "#/components/schemas/Complaint"}
_ROWS = {"type": "string", "pattern": r"\S", "description": "One JSON object a line, each a Complaint."}


def _body(media_type: str, schema: dict[str, str]) -> dict[str, object]:
    return {"requestBody": {"required": True, "content": {media_type: {"schema": schema}}}}


@router.post(
    "",
    status_code=202,
    response_model=Receipt,
    responses=refusals(400, 401, 409, 415, 422),
    openapi_extra=_body(bodies.JSON, _FORM),
)
async def send(request: Request, office: TheOffice, caller: TheCaller, key: TheKey) -> Receipt:
    """Sends a complaint, a counter-notice, a retraction, a cure or an appeal (`kind`).

    It is saved exactly as received and read soon after. The same Idempotency-Key with the same body is the same
    submission, however often it is sent.
    """
    raw = await bodies.raw_body(request, bodies.JSON)
    body = bodies.form(raw, _services(office))
    (accepted,) = await run_in_threadpool(_accept, office, [_incoming(office, caller, body, key)])
    return _receipt(office, accepted)


@router.post(
    "/batch",
    status_code=202,
    response_model=Batch,
    responses=refusals(400, 401, 409, 415, 422),
    openapi_extra=_body(bodies.ROWS, _ROWS),
)
async def send_many(request: Request, office: TheOffice, caller: TheCaller, key: TheKey) -> Batch:
    """Sends many at once, one JSON object a line; each row has a result of its own, and the good ones are saved."""
    raw = await bodies.raw_body(request, bodies.ROWS)
    lines = [line for line in raw.splitlines() if line.strip()]
    if len(lines) > office.terms.most_rows:
        raise Problem(422, f"{len(lines)} rows are more than the {office.terms.most_rows} that one batch may have")
    read = [_row(line, _services(office)) for line in lines]
    good = {n: body for n, body in enumerate(read) if isinstance(body, bodies.Body)}
    incoming = [_incoming(office, caller, body, f"{key}#{n}" if key else "") for n, body in good.items()]
    accepted = dict(zip(good, await run_in_threadpool(_accept, office, incoming), strict=True))
    return Batch(rows=tuple(_results(office, read, accepted)))


def _row(line: bytes, services: tuple[str, ...]) -> bodies.Body | Problem:
    try:
        return bodies.form(line, services)
    except Problem as problem:
        return problem


def _results(
    office: Office, read: list[bodies.Body | Problem], accepted: dict[int, submissions.Accepted]
) -> Iterator[Row]:
    for n, body in enumerate(read):
        if isinstance(body, Problem):
            errors = tuple(RowError(pointer=one.pointer, detail=one.detail) for one in body.mistakes)
            yield Row(row=n, status=body.status, detail=body.detail, errors=errors)
        else:
            yield Row(row=n, status=202, receipt=_receipt(office, accepted[n]))


def _incoming(office: Office, caller: Caller, body: bodies.Body, key: str) -> submissions.Incoming:
    return submissions.Incoming(
        raw=body.raw,
        service=submissions.service_of(office.desk, body.service),
        kind=body.kind,
        email=caller.sender.email,
        sender=caller.sender,
        shown=caller.shown,
        key=key,
    )


def _accept(office: Office, incoming: list[submissions.Incoming]) -> list[submissions.Accepted]:
    try:
        return submissions.accept(office.desk, incoming)
    except submissions.KeyReused as error:
        raise Problem(409, str(error)) from None


def _receipt(office: Office, accepted: submissions.Accepted) -> Receipt:
    saved = accepted.submission
    return Receipt(
        id=saved.id,
        received_at=saved.received_at,
        status_url=office.terms.address(f"/v1/status/{accepted.status}"),
        expires_at=saved.expires_at,
    )


def _services(office: Office) -> tuple[str, ...]:
    return tuple(service.id for service in office.desk.services)
