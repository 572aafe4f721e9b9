"""POST /v1/check: what `noticedesk check` says of a complaint before it is sent. Nothing of it is kept."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from noticedesk import check, regime
from noticedesk.api.answers import Checked, Unread, refusals
from noticedesk.api.callers import TheOffice
from noticedesk.api.office import COUNTED, Office, counted
from noticedesk.api.problems import Problem
from noticedesk.model.document import Document
from noticedesk.model.verdict import Check
from noticedesk.settings import SettingError

router = APIRouter(prefix="/v1", tags=["pre-flight"], dependencies=[*COUNTED, Depends(counted("check"))])

_ANY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_FILE: dict[str, Any] = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}},
    "additionalProperties": False,
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "text/plain": {"schema": {"type": "string"}},
            "application/json": {"schema": {}},
            "application/octet-stream": _ANY,
            "multipart/form-data": {"schema": _FILE},
        },
    }
}


@router.post("/check", response_model=Checked, responses=refusals(400, 415, 422), openapi_extra=_BODY)
async def preflight(
    request: Request,
    office: TheOffice,
    service: Annotated[str, Query(description="The service it is about; all of them where it is left out.")] = "",
    regime: Annotated[str, Query(description="The regime to judge by first.")] = "",
) -> Checked:
    """Checks a complaint: text, JSON, or a file in any format that is read by mail. Nothing is kept."""
    raw, name = await _sent(request)
    lines, unread = [], []
    for document, found in await run_in_threadpool(checked, office, raw, name, (service, regime)):
        lines.append(check.line(found, name, document.part))
        if document.problem:
            unread.append(Unread(part=document.part, problem=document.problem))
    return Checked(notices=tuple(lines), unread=tuple(unread))


def checked(office: Office, raw: bytes, name: str, asked: tuple[str, str] = ("", "")) -> list[tuple[Document, Check]]:
    """The documents in the bytes, each judged; raises the problem 422 for an unknown service or regime."""
    desk, (service, first) = office.desk, asked
    try:
        chosen = (desk.service(service),) if service else desk.services
        primary = regime.by_id(desk.law, first).id if first else None
    except SettingError as error:
        raise Problem(422, str(error)) from None
    hosts = tuple(host for one in chosen for host in one.hosts)
    law = {force.id: force for one in chosen for force in desk.in_force(desk.now(), one.id)}
    if primary:
        law |= {force.id: force for force in regime.in_force(desk.law, desk.now().date()) if force.id == primary}
    documents = desk.documents(raw, name, "")
    return [
        (document, check.check(document, tuple(law.values()), desk.reading, hosts, primary=primary))
        for document in documents
    ]


async def _sent(request: Request) -> tuple[bytes, str]:
    """The bytes sent, and the name of the file where there is one."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given == "multipart/form-data":
        async with request.form(max_files=1, max_fields=5) as fields:
            return await file_of(fields.get("file"))
    if given not in ("text/plain", "application/json", "application/octet-stream"):
        raise Problem(415, f"send text/plain, application/json or multipart/form-data, not {given or 'this'}")
    return await request.body(), ""


async def file_of(field: UploadFile | str | None) -> tuple[bytes, str]:
    """The bytes and the name of an uploaded file; raises the problem 422 for none."""
    if not isinstance(field, UploadFile):
        raise Problem(422, "the form has no file in its field `file`")
    return await field.read(), field.filename or ""
