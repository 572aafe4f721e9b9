"""Problems as RFC 9457 describes them: what is wrong, where (JSON pointers), and when to try again."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from noticedesk import store
from noticedesk.api import pages

MEDIA_TYPE = "application/problem+json"

PATIENCE = 5
"""Seconds after which a busy database is worth asking again."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong: where, as a JSON pointer in a URI fragment, and why."""

    pointer: str
    detail: str


@dataclass(slots=True)
class Problem(Exception):
    """A request that is refused; `mistakes` say where, `headers` what else the client needs."""

    status: int
    detail: str
    mistakes: tuple[Mistake, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)

    def said(self) -> dict[str, Any]:
        """The members of the problem document."""
        told: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.mistakes:
            told["errors"] = [{"pointer": one.pointer, "detail": one.detail} for one in self.mistakes]
        return told


async def refused(request: Request, problem: Exception) -> Response:
    """A problem as a document for a program, or as a page for a person."""
    assert isinstance(problem, Problem)
    if pages.is_for_people(request):
        told = pages.page("problem.html.j2", problem=problem, title=HTTPStatus(problem.status).phrase)
        return Response(told, problem.status, problem.headers, media_type=pages.MEDIA_TYPE)
    return JSONResponse(problem.said(), problem.status, problem.headers, media_type=MEDIA_TYPE)


async def not_routed(request: Request, error: Exception) -> Response:
    """What the framework refuses (no such path, no such method, a body that is no form), told as everything else is."""
    assert isinstance(error, HTTPException)
    return await refused(request, Problem(error.status_code, str(error.detail), headers=dict(error.headers or {})))


async def busy(request: Request, error: Exception) -> Response:
    """The database is held by others for too long: nothing was saved, and trying again is safe."""
    wait = {"Retry-After": str(PATIENCE)}
    return await refused(request, Problem(503, "the desk is busy; nothing was saved, try again", headers=wait))


HANDLERS = {Problem: refused, HTTPException: not_routed, store.Busy: busy}
"""How each kind of error is told."""
