"""Signing in and out: local accounts, set-up links, and an identity provider."""

import logging

from starlette.responses import RedirectResponse, Response

from noticedesk import store
from noticedesk.console.provider import Provider
from noticedesk.console.visit import Visit
from noticedesk.desk.staff import signin
from noticedesk.store import credentials, sessions

logger = logging.getLogger(__name__)


def ask(visit: Visit) -> Response:
    """The sign-in page; the queue for who is signed in already."""
    return visit.go("/") if visit.person else _form(visit)


def sign_in(visit: Visit) -> Response:
    """Lets in who shows the right password and code; everybody else reads the same words."""
    shown = signin.Shown(visit.form.text("email"), visit.form.get("password", ""), visit.form.text("code"))
    visit.house.pace.sign_in(visit.place, shown.email)
    try:
        cookie = signin.sign_in(visit.desk.db, shown, visit.desk.now())
    except store.NotAccepted as refused:
        return _form(visit, str(refused), 403)
    _leave_behind(visit)
    return visit.let_in(cookie, inside(visit.form.text("next")))


def go_elsewhere(visit: Visit) -> Response:
    """Sends the browser to the identity provider."""
    leaving = _provider(visit).leave()
    return visit.carrying(RedirectResponse(leaving.url, 303), visit.house.leaving, leaving.state)


def come_back(visit: Visit) -> Response:
    """Lets in whom the identity provider vouches for."""
    provider = _provider(visit)
    visit.house.pace.sign_in(visit.place, provider.issuer)
    try:
        email = provider.come_back(visit.query.text("state"), visit.leaving, visit.query.text("code"))
        cookie = signin.sign_in_elsewhere(visit.desk.db, email, provider.issuer, visit.desk.now())
    except store.NotAccepted as refused:
        return _form(visit, str(refused), 403)
    _leave_behind(visit)
    return visit.let_in(cookie, "/")


def sign_out(visit: Visit) -> Response:
    """Ends the session, here and in the store."""
    with visit.desk.db.write() as tx:
        sessions.end(tx, visit.cookie, now=visit.desk.now())
    return visit.let_out()


def _leave_behind(visit: Visit) -> None:
    """Ends the session with which the browser came: who signs in again has one, not two."""
    with visit.desk.db.write() as tx:
        sessions.end(tx, visit.cookie, now=visit.desk.now())


def welcome(visit: Visit) -> Response:
    """The page behind a set-up link, on which a person chooses a password."""
    link = visit.query.text("link")
    with visit.desk.db.read() as look:
        newcomer = credentials.invited(look, link, now=visit.desk.now())
    return visit.page("welcome", newcomer=newcomer, link=link, problem="")


def choose_password(visit: Visit) -> Response:
    """Keeps the password and lets the person in."""
    link, password = visit.form.text("link"), visit.form.get("password", "")
    visit.house.pace.sign_in(visit.place, "link")
    try:
        if password != visit.form.get("again", ""):
            raise credentials.WeakPassword("the two passwords differ; type the same one twice")
        cookie = signin.choose_password(visit.desk.db, link, password, visit.desk.now())
    except credentials.WeakPassword as weak:
        with visit.desk.db.read() as look:
            newcomer = credentials.invited(look, link, now=visit.desk.now())
        return visit.page("welcome", 422, newcomer=newcomer, link=link, problem=str(weak))
    return visit.let_in(cookie, "/you")


def report(visit: Visit) -> Response:
    """Notes that a browser refused to load something, which must never happen on a page of ours."""
    logger.warning("a browser reported that a page broke the content policy")
    return Response(status_code=204)


def inside(path: str) -> str:
    """The path where it is one of ours, else the home page: a sign-in never leads elsewhere."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/"


def _form(visit: Visit, problem: str = "", status: int = 200) -> Response:
    return visit.page(
        "sign_in",
        status,
        problem=problem,
        email=visit.form.text("email"),
        next=inside(visit.query.text("next") or visit.form.text("next")),
        provider=visit.house.provider,
    )


def _provider(visit: Visit) -> Provider:
    if visit.house.provider is None:
        raise store.Missing("no identity provider is set up; name one in config/console.yaml")
    return visit.house.provider
