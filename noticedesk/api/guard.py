"""The guard: no body beyond the limit is read, every answer carries its headers, forms come from our own pages only."""

from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from noticedesk.api.problems import MEDIA_TYPE, Problem

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
}
"""What every answer says to a browser; addresses of this server hold secrets, so it passes none of them on."""


class TooLarge(Exception):
    """More bytes came than are taken."""


class Guard:
    """Wraps the application: bounds what it reads, and adds the headers to what it says."""

    def __init__(self, app: ASGIApp, largest: int, secure: bool) -> None:
        self._app = app
        self._largest = largest
        self._headers = HEADERS | ({"strict-transport-security": "max-age=31536000"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; one that is too large gets 413 before anything was done with it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    said.setdefault(name, value)
            await send(message)

        stated = Headers(scope=scope).get("content-length", "0")
        if not stated.isdecimal() or int(stated[:20]) > self._largest:
            await self._too_large()(scope, receive, dressed)
            return
        try:
            await self._app(scope, self._bounded(receive), dressed)
        except TooLarge:
            await self._too_large()(scope, receive, dressed)

    def _bounded(self, receive: Receive) -> Receive:
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._largest:
                raise TooLarge
            return message

        return bounded

    def _too_large(self) -> JSONResponse:
        problem = Problem(413, f"at most {self._largest:,} bytes are taken; send less, or several")
        # the rest of the body is not read, so the connection cannot be used again
        return JSONResponse(problem.said(), 413, {"connection": "close"}, media_type=MEDIA_TYPE)


def same_origin(request: Request) -> None:
    """Refuses a form that another site sent off: by the browser's Fetch metadata, else by its Origin."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        ours = site == "same-origin"
    else:
        origin = urlsplit(request.headers.get("origin", ""))
        ours = bool(origin.netloc) and origin.netloc == request.headers.get("host")
    if not ours:
        raise Problem(403, "this form was sent off from another site; open it here and send it again")
