"""Where an act leads: htmx gets that page at once, with its address; a browser without scripts is sent there."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path

from noticedesk.console.pages import PAGES, Page

PUSHED = "hx-push-url"
"""Tells htmx which address the browser shows; `false` leaves the one that it shows."""

SEE_OTHER = 303


class Ahead(NamedTuple):
    """The page behind an address of ours: the path, the values in it, and the query as it stands there."""

    page: Page
    asked: str
    path: dict[str, str]
    query: str


def asks_by_htmx(request: Request) -> bool:
    """Whether htmx asks, which puts a part of what it gets into the page that is there."""
    return request.headers.get("hx-request") == "true"


def followed(request: Request, answer: Response, show: Callable[[Ahead], Response]) -> Response:
    """The answer to an act, or instead of sending htmx on to a page of ours that page: a second request costs time."""
    if not asks_by_htmx(request) or request.method == "GET":
        return answer
    ahead = leads_to(answer)
    if ahead is None:
        # the address of an act is no page: who loads it anew must find the page from which they acted
        answer.headers.setdefault(PUSHED, "false")
        return answer
    shown = show(ahead)
    shown.headers[PUSHED] = answer.headers["location"]
    return shown


def leads_to(answer: Response) -> Ahead | None:
    """The page to which the answer sends the browser; None where it sends it nowhere, elsewhere, or into a session."""
    if answer.status_code != SEE_OTHER or "set-cookie" in answer.headers:
        return None
    address = urlsplit(answer.headers["location"])
    if address.netloc:
        return None
    asked = unquote(address.path)
    found = ((page, pattern.match(asked)) for page, pattern in _PATTERNS)
    return next((Ahead(page, asked, hit.groupdict(), address.query) for page, hit in found if hit), None)


_PATTERNS = [(page, compile_path(page.path)[0]) for page in PAGES if page.method == "GET"]
