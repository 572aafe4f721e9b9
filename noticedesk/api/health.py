"""Whether the API works (/healthz), and, where it is switched on, figures for a scraper (/metrics)."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from noticedesk import store
from noticedesk.api.answers import Health, refusals
from noticedesk.api.callers import TheOffice
from noticedesk.api.problems import PATIENCE, Problem

router = APIRouter(tags=["operation"])
metrics = APIRouter(include_in_schema=False)


@router.get("/healthz", response_model=Health, responses=refusals())
def healthz(office: TheOffice) -> Health:
    """Says that the desk answers and that its database is of this version."""
    if not store.is_current(office.desk.db):
        raise Problem(503, "the database is of another version", headers={"Retry-After": str(PATIENCE)})
    return Health()


@metrics.get("/metrics")
def figures() -> Response:
    """The figures of this process, in the format of Prometheus."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
