"""What the API answers, as it is published: each shape once, with its schema name where a program reads it."""

from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter

from noticedesk.api.problems import MEDIA_TYPE
from noticedesk.desk.portal.standing import Standing
from noticedesk.settings import shape


@shape
class Receipt:
    """Something was saved. `status_url` shows where it stands, to whoever has it, until `expires_at`."""

    schema: Literal["receipt/1"] = "receipt/1"
    id: str
    received_at: datetime
    status_url: str
    expires_at: datetime


@shape
class RowError:
    """One mistake: where, as a JSON pointer, and why."""

    pointer: str
    detail: str


@shape
class Row:
    """What became of one row of a batch: 202 with its receipt, or 400 or 422 with its mistakes."""

    row: int
    status: int
    receipt: Receipt | None = None
    detail: str = ""
    errors: tuple[RowError, ...] = ()


@shape
class Batch:
    """What became of each row, in their order."""

    schema: Literal["batch/1"] = "batch/1"
    rows: tuple[Row, ...]


@shape
class MissingElement:
    """What the law asks for and is missing, and the sentence that would cure it."""

    element: str
    reference: str
    cure: str


@shape
class ReportedUrl:
    """What became of one address that was named."""

    url: str
    fate: str
    action: str
    reason: str
    since: datetime | None


@shape
class Status:
    """Where a submission stands: the facts of the side that sent it, and none of the other's."""

    schema: Literal["status/1"] = "status/1"
    id: str
    kind: str
    stage: str
    received_at: datetime
    expires_at: datetime
    reference: str
    confirm_until: datetime | None
    curable: bool
    missing: tuple[MissingElement, ...]
    listings: tuple[ReportedUrl, ...]


@shape
class News:
    """What a sender is told by signed webhook (Standard Webhooks): `data` is what the status address shows now."""

    type: Literal["submission.status_changed"] = "submission.status_changed"
    timestamp: datetime
    data: Status


@shape
class Unread:
    """A part that could not be read, and why."""

    part: int
    problem: str


@shape
class Checked:
    """A pre-flight check: a line of `noticedesk check --json` for each notice, and what could not be read."""

    schema: Literal["preflight/1"] = "preflight/1"
    notices: tuple[dict[str, Any], ...]
    unread: tuple[Unread, ...]


@shape
class Heard:
    """What an event of the platform did."""

    outcome: str


@shape
class Health:
    """The desk answers and its database is there."""

    status: Literal["ok"] = "ok"


@shape
class ProblemDocument:
    """A problem (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[RowError, ...] = ()


_REASONS = {
    400: "The request cannot be read.",
    401: "There is no token, or it is not accepted.",
    404: "There is nothing here.",
    409: "The Idempotency-Key came with another body before.",
    410: "It was here and is no longer.",
    413: "The body is too large.",
    415: "The body is of another media type.",
    422: "The body has mistakes; each is named by its pointer.",
    429: "Too many requests; Retry-After says when the next one is welcome.",
    503: "The desk is busy; nothing was saved. Retry-After says when to try again.",
}
_RETRY = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documented problems of a route; every route may also be too busy, asked too often, or sent too much."""
    return {
        status: {
            "description": _REASONS[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}},
            **({"headers": _RETRY} if status in (429, 503) else {}),
        }
        for status in sorted({*statuses, 413, 429, 503})
    }


def status_of(standing: Standing) -> Status:
    """A standing as it is answered."""
    return Status(
        id=standing.id,
        kind=standing.kind,
        stage=standing.stage.value,
        received_at=standing.received_at,
        expires_at=standing.expires_at,
        reference=standing.reference,
        confirm_until=standing.confirm_until,
        curable=standing.curable,
        missing=tuple(
            MissingElement(element=it.element, reference=it.reference, cure=it.cure) for it in standing.missing
        ),
        listings=tuple(
            ReportedUrl(url=one.url, fate=one.fate.value, action=one.action, reason=one.reason, since=one.since)
            for one in standing.listings
        ),
    )


def problem_schemas() -> dict[str, Any]:
    """The schemas of a problem, which routes refer to."""
    made = TypeAdapter(ProblemDocument).json_schema(ref_template="#/components/schemas/{model}")
    parts: dict[str, Any] = made.pop("$defs")
    return parts | {"ProblemDocument": made}
