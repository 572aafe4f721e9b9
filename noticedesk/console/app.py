"""The console as an application: pages from their registry, each with the session, the form and plain errors."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from noticedesk import store
from noticedesk.console import forms, render
from noticedesk.console.faults import Fault, fault
from noticedesk.console.following import Ahead, asks_by_htmx, followed
from noticedesk.console.guard import SAFE, Guard
from noticedesk.console.pages import PAGES, Page
from noticedesk.console.provider import Provider
from noticedesk.console.rules import Rules, checked
from noticedesk.console.visit import House, Sent, Visit
from noticedesk.desk.cases.showing import Easel
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff import wellness
from noticedesk.desk.staff.permits import require
from noticedesk.model.person import Person, Preferences
from noticedesk.store import credentials, records, sessions


def application(desk: Desk, easel: Easel, rules: Rules) -> FastAPI:
    """The console for an opened desk."""
    house = House(
        desk=desk,
        easel=easel,
        rules=checked(rules),
        pages=render.environment(desk.now),
        provider=_provider(desk, rules),
    )
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for page in PAGES:
        app.add_api_route(
            page.path, _answer(house, page), methods=[page.method], response_model=None, include_in_schema=False
        )
    app.mount("/static", _Static(directory=render.STATIC))

    async def lost(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        visit = await run_in_threadpool(_visit, house, request, Sent({}))
        return _told(
            visit, Fault(status, "There is no such page", "Go back to the queue, or look for the case by its id.")
        )

    app.add_exception_handler(HTTPException, lost)
    app.add_middleware(Guard, rules=house.rules)
    return app


def _provider(desk: Desk, rules: Rules) -> Provider | None:
    back = f"{rules.url.rstrip('/')}/sign-in/back"
    return Provider(rules.oidc, desk.settings.oidc_secret, back) if rules.oidc else None


class _Static(StaticFiles):
    """Our own files; their address changes with them, so that browsers may keep them."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file, to be kept for a year."""
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        answer.headers["cache-control"] = "public, max-age=31536000, immutable"
        return answer


def _answer(house: House, page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        form = await forms.read(request, page.files) if page.method not in SAFE else Sent({})
        if form is None:
            return await run_in_threadpool(_refused, house, request)
        return await run_in_threadpool(_handled, house, page, request, form)

    return answer


def _refused(house: House, request: Request) -> Response:
    visit = _visit(house, request, Sent({}))
    return _told(
        visit, Fault(413, "This could not be read", "What was sent is no form of ours, or longer than 512 KB.")
    )


def _handled(house: House, page: Page, request: Request, form: Sent) -> Response:
    def show(ahead: Ahead) -> Response:
        # the act may have changed who the person is or what they like
        visit = _visit(house, request, Sent({}))
        return _made(ahead.page, replace(visit, asked=ahead.asked, path=ahead.path, query=_query(ahead.query)))

    return followed(request, _made(page, _visit(house, request, form)), show)


def _made(page: Page, visit: Visit) -> Response:
    try:
        if not page.open:
            _ = visit.who
        if visit.owes_codes and not (page.open or page.before_codes):
            return visit.go("/you")
        if page.needs:
            require(visit.who, page.needs)
        return page.make(visit)
    except store.NotAccepted as error:
        if page.open:
            return _told(visit, Fault(403, "This does not work", str(error)))
        again = {"next": visit.asked} if page.method == "GET" and visit.asked != "/" else {}
        return visit.go("/sign-in", **again)
    except store.Stale as stale:
        return visit.page("conflict", 409, stale=stale, people=_people(visit.house), back=visit.form.text("back"))
    # every error becomes a page; what is not one of ours is logged there
    except Exception as error:
        return _told(visit, fault(error, visit.person.id if visit.person else "nobody", page.path))


def _visit(house: House, request: Request, form: Sent) -> Visit:
    cookie = request.cookies.get(house.cookie, "")
    person, preferences, owes_codes = _known(house, cookie) if cookie else (None, None, False)
    return Visit(
        owes_codes=owes_codes,
        house=house,
        person=person,
        preferences=preferences,
        cookie=cookie,
        leaving=request.cookies.get(house.leaving, ""),
        place=request.client.host if request.client else "",
        asked=request.url.path,
        path={name: str(value) for name, value in request.path_params.items()},
        query=_query(request.url.query),
        form=form,
        part=asks_by_htmx(request),
    )


def _query(text: str) -> Sent:
    return Sent(parse_qs(text, keep_blank_values=True))


def _known(house: House, cookie: str) -> tuple[Person | None, Preferences | None, bool]:
    """Who is signed in, how they like the console, and whether they owe codes; keeps the session from falling idle."""
    now = house.desk.now()
    with house.desk.db.read() as look:
        house.remembered.forget_erased(look)
        try:
            person = sessions.person_of(look, cookie, now=now)
        except store.NotAccepted:
            return None, None, False
        known, owes_codes = wellness.of(look, person.id), _owes_codes(look, house, person)
        stirs = sessions.is_worth_noting(look, cookie, now=now)
    if stirs:
        with house.desk.db.write() as tx:
            sessions.note_use(tx, cookie, now=now)
            known = wellness.worked(tx, known, now)
    return person, known, owes_codes


def _owes_codes(look: store.Look, house: House, person: Person) -> bool:
    """Whether the person has a password, a role for which codes are asked, and has set up none."""
    if not set(person.roles) & set(house.rules.codes_for):
        return False
    known = credentials.find(look, person.id)
    return known is not None and not known.totp


def _people(house: House) -> dict[str, str]:
    with house.desk.db.read() as look:
        return {person.id: person.name for person in records.find(look, Person)}


def _told(visit: Visit, known: Fault) -> Response:
    return visit.page("fault", known.status, fault=known)
