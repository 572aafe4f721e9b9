"""POST /v1/platform/events: what the platform tells the desk, signed by Standard Webhooks."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from noticedesk import store
from noticedesk.api import bodies
from noticedesk.api.answers import Heard, refusals
from noticedesk.api.callers import TheOffice
from noticedesk.api.office import COUNTED
from noticedesk.api.problems import PATIENCE, Problem
from noticedesk.desk.enforcement import platform

router = APIRouter(prefix="/v1/platform", tags=["platform"], dependencies=COUNTED)

_BODY = {"requestBody": {"required": True, "content": {bodies.JSON: {"schema": {"type": "object"}}}}}


@router.post("/events", response_model=Heard, responses=refusals(400, 401, 415, 422), openapi_extra=_BODY)
async def hear(request: Request, office: TheOffice) -> Heard:
    """Takes an event of the platform; its signature is its only credential, and its id makes a repeat harmless."""
    raw = await bodies.raw_body(request, bodies.JSON)
    try:
        outcome = await run_in_threadpool(platform.receive, office.desk, dict(request.headers), raw)
    except platform.BadSignature as error:
        raise Problem(401, str(error), headers={"WWW-Authenticate": "Webhook-Signature"}) from None
    except platform.BadEvent as error:
        raise Problem(422, str(error)) from None
    except store.StoreError as error:
        raise Problem(503, f"nothing was saved: {error}", headers={"Retry-After": str(PATIENCE)}) from None
    return Heard(outcome=outcome)
