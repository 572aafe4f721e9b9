"""What stands before every page: the host we answer to, the origin that may act, and headers that confine the page."""

import logging
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from noticedesk.console.rules import Rules

logger = logging.getLogger(__name__)

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # the style sheet draws its check marks and arrows as data:
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "report-uri /csp-reports",
    )
)

HEADERS: dict[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-frame-options": "DENY",
}
"""On every answer (ASVS 5.0, 3.4)."""

STRICT_TRANSPORT = ("strict-transport-security", "max-age=31536000; includeSubDomains")


class Guard:
    """Refuses foreign hosts and cross-site acts, and sends every answer with the headers that confine it."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app, self._rules = app, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def confined(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), self._further())
            await send(message)

        problem = self._problem(str(scope["method"]), headers)
        if problem:
            logger.warning("a request was turned away", extra={"status": problem[0], "where": scope["path"]})
        answer = PlainTextResponse(problem[1], problem[0]) if problem else self._app
        await answer(scope, receive, confined)

    def _problem(self, method: str, headers: Headers) -> tuple[int, str] | None:
        if headers.get("host", "") != self._rules.host:
            return 421, f"This is the console at {self._rules.url}; open it there (url in config/console.yaml)."
        if method not in SAFE and not self._is_ours(headers):
            return 403, "This act did not come from a page of the console, so nothing was done."
        return None

    def _is_ours(self, headers: Headers) -> bool:
        """Whether a page of ours asks: browsers say so themselves and no page can make them lie."""
        site = headers.get("sec-fetch-site")
        return site == "same-origin" if site else headers.get("origin") == self._rules.url.rstrip("/")

    def _further(self) -> Iterable[tuple[str, str]]:
        return [STRICT_TRANSPORT] if self._rules.secure else []


def _add(headers: MutableHeaders, further: Iterable[tuple[str, str]]) -> None:
    for name, value in (*HEADERS.items(), *further):
        headers[name] = value
    # what a person saw must not be seen by the next one at the same machine
    headers.setdefault("cache-control", "no-store")
