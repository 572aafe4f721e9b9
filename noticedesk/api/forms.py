"""The hosted forms: fill in, read what will be passed on and what is missing, send. They work without JavaScript."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Self

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from noticedesk import check, gather
from noticedesk.api.callers import TheOffice
from noticedesk.api.fields import FORMS, RIGHTS, Filled, Form
from noticedesk.api.filled import (
    MOST_WORKS,
    compiled,
    email_of,
    groups_of,
    listings_in,
    mistakes,
    tidied,
    with_another,
    without,
    works_in,
)
from noticedesk.api.guard import same_origin
from noticedesk.api.office import COUNTED, Office, address
from noticedesk.api.pages import page
from noticedesk.api.preflight import checked, file_of
from noticedesk.api.problems import Problem
from noticedesk.api.status import stands
from noticedesk.desk.portal import confirming, disclosure, submissions
from noticedesk.model.notice import NoticeKind
from noticedesk.model.submission import Submission
from noticedesk.model.verdict import Check, Element, Status
from noticedesk.settings import SettingError

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=COUNTED)

_MOST_FIELDS = 20 * MOST_WORKS

OURS = [Depends(same_origin)]
"""What every form that is sent off must pass."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A form opened for one service and one right: what is sworn, and what is passed on to whom."""

    form: Form
    service: str
    right: str
    sworn: tuple[disclosure.Sworn, ...]
    passed: tuple[disclosure.Passed, ...]
    sentence: str
    regime: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a form would do if it were sent: its bytes, what its check says, and what each side would read of it."""

    raw: bytes = field(repr=False)
    missing: tuple[Element, ...]
    unsure: tuple[Element, ...]
    elsewhere: tuple[str, ...]
    listings: dict[str, tuple[str, ...]]

    @classmethod
    def of(
        cls, raw: bytes, found: Check, listings: dict[str, tuple[str, ...]], elsewhere: tuple[str, ...] = ()
    ) -> Self:
        """What the check says of it; `elsewhere` are the addresses that are of no site of ours."""
        by = {status: tuple(one for one in found.primary.elements if one.status is status) for status in Status}
        unsure = (*by[Status.NEEDS_REVIEW], *by[Status.REDACTED])
        return cls(raw, by[Status.MISSING], unsure, elsewhere, listings)


@router.get("/")
def index(office: TheOffice) -> str:
    """The first page: what can be done here."""
    return page("index.html.j2", title="Rights desk", forms=FORMS, services=office.desk.services)


def _show(form: Form) -> Callable[..., str]:
    def show(office: TheOffice, right: str = "", service: str = "") -> str:
        known = office.desk.services
        chosen = service or (known[0].id if len(known) == 1 else "")
        if not chosen or (form.notice is None and right not in RIGHTS):
            return page("choose.html.j2", title=form.title, form=form, rights=RIGHTS, services=known, service=chosen)
        return filled_page(_opened(office, form, chosen, right), {}, {})

    return show


def _take(form: Form) -> Callable[..., Awaitable[Response]]:
    async def take(request: Request, office: TheOffice) -> Response:
        filled = words(await request.form(max_files=0, max_fields=_MOST_FIELDS))
        opened = _opened(office, form, filled.get("service", ""), filled.get("right", ""))
        doing, _, number = filled.get("do", "").partition(".")
        if form.several and doing in ("add", "remove"):
            more = with_another(filled) if doing == "add" else without(filled, int(number) if number.isdecimal() else 0)
            return HTMLResponse(filled_page(opened, more, {}, works_in(more) if doing == "add" else 0))
        filled = tidied(filled) if form.several else filled
        wrong = mistakes(form, filled)
        if wrong or filled.get("do") == "change":
            shown = {} if filled.get("do") == "change" else wrong
            return HTMLResponse(filled_page(opened, filled, shown), 422 if shown else 200)
        if filled.get("do") == "send":
            return await _send(request, office, opened, filled)
        return HTMLResponse(preview_page(opened, filled, await run_in_threadpool(_preview, office, opened, filled)))

    return take


for _form in FORMS:
    router.add_api_route(_form.path, _show(_form), methods=["GET"], name=f"show {_form.path}")
    router.add_api_route(
        _form.path, _take(_form), methods=["POST"], dependencies=OURS, name=f"take {_form.path}", response_model=None
    )


async def _send(request: Request, office: Office, opened: Opened, filled: Filled) -> Response:
    office.count("form", address(request))
    incoming = submissions.Incoming(
        raw=compiled(opened.form, filled, opened.sworn),
        service=opened.service,
        kind=opened.form.kind,
        email=email_of(filled),
    )
    (accepted,) = await run_in_threadpool(submissions.accept, office.desk, [incoming])
    # the answer to a form is a page of its own, so that loading it again sends nothing
    return RedirectResponse(f"/status/{accepted.status}", 303)


@router.get("/status")
def ask_status() -> str:
    """Asks for a status address."""
    return page("ask_status.html.j2", title="Status")


@router.post("/status", dependencies=OURS)
async def find_status(request: Request) -> RedirectResponse:
    """Leads from what was pasted, an address or its end, to the page."""
    given = words(await request.form(max_files=0, max_fields=5)).get("token", "").strip().rpartition("/")[2]
    if not given.replace("-", "").replace("_", "").isalnum() or not given.isascii():
        raise Problem(404, "this is no status address; copy it whole from the answer that you got")
    return RedirectResponse(f"/status/{given}", 303)


@router.get("/status/{token}")
def status(office: TheOffice, token: str) -> str:
    """Where a submission stands, in words."""
    return page("status.html.j2", title="Status of what you sent", stands=stands(office, token), token=token)


@router.get("/check")
def ask_check(office: TheOffice) -> str:
    """Asks for a text or a file to check."""
    return page("ask_check.html.j2", title="Check before you send", largest=office.terms.largest_bytes)


@router.post("/check", dependencies=OURS)
async def show_check(request: Request, office: TheOffice) -> str:
    """The check in words; nothing of it is kept."""
    office.count("check", address(request))
    async with request.form(max_files=1, max_fields=5, max_part_size=office.terms.largest_bytes) as fields:
        text = fields.get("text")
        pasted = text if isinstance(text, str) else ""
        raw, name = (pasted.encode(errors="replace"), "") if pasted.strip() else await file_of(fields.get("file"))
    found = await run_in_threadpool(checked, office, raw, name)
    results = [(document, one, check.line(one, name, document.part)) for document, one in found]
    titles = {one.id: one.title for one in office.desk.law}
    return page("check.html.j2", title="What the check says", results=results, titles=titles)


@router.get("/confirm/{token}")
def ask_confirm(office: TheOffice, token: str) -> str:
    """Asks once more: what opens links by itself, as mail scanners do, confirms nothing."""
    with office.desk.db.read() as look:
        known = _confirmable(lambda: confirming.awaited(look, token, office.desk))
    return page("confirm.html.j2", title="Confirm your address", token=token, done=known.confirmed_at is not None)


@router.post("/confirm/{token}", dependencies=OURS)
def confirm(office: TheOffice, token: str) -> str:
    """Confirms the address; what was sent takes effect from now on."""
    _confirmable(lambda: confirming.confirm(office.desk, token))
    return page("confirm.html.j2", title="Your address is confirmed", token=token, done=True)


def _confirmable(act: Callable[[], Submission]) -> Submission:
    try:
        return act()
    except confirming.NotConfirmable as error:
        raise Problem(410, str(error)) from None


def _opened(office: Office, form: Form, service: str, right: str) -> Opened:
    """The form for a service and a right; raises the problem 422 for an unknown one."""
    try:
        chosen = submissions.service_of(office.desk, service)
    except SettingError as error:
        raise Problem(422, str(error)) from None
    if form.notice is None and right not in RIGHTS:
        raise Problem(422, "choose the right that your complaint rests on")
    kind: NoticeKind = form.notice or RIGHTS[right][1]
    law = disclosure.law_for(office.desk, chosen, kind)
    if law is None:
        return Opened(form, chosen, right, (), (), "", "")
    return Opened(
        form=form,
        service=chosen,
        right=right if form.notice is None else "",
        sworn=disclosure.asked(office.desk, law, kind) if form.notice in (None, NoticeKind.COUNTER_NOTICE) else (),
        passed=disclosure.passed_on(office.desk, law, kind),
        sentence=disclosure.told(law, "answer") if form.notice is NoticeKind.COUNTER_NOTICE else "",
        regime=law.regime.title,
    )


def _preview(office: Office, opened: Opened, filled: Filled) -> Preview:
    raw = compiled(opened.form, filled, opened.sworn)
    ((_, found),) = checked(office, raw, "form.json", (opened.service, ""))
    desk, listings = office.desk, listings_in(filled)
    elsewhere = tuple(url for url in listings if gather.identify(url, desk.services, desk.places) is None)
    return Preview.of(raw, found, listings, elsewhere)


def filled_page(opened: Opened, filled: Filled, wrong: dict[str, str], begin: int = 0) -> str:
    """The form with what was filled in and what is wrong with it; the cursor stands in the work `begin`."""
    facts = {"opened": opened, "filled": filled, "wrong": wrong, "begin": begin, "most": MOST_WORKS}
    title = f"Mistakes: {opened.form.title}" if wrong else opened.form.title
    return page("form.html.j2", title=title, groups=groups_of(opened.form, filled), works=works_in(filled), **facts)


def preview_page(opened: Opened, filled: Filled, preview: Preview) -> str:
    """What would be sent, passed on and missing, before anything is sent."""
    facts = {"opened": opened, "filled": filled, "groups": groups_of(opened.form, filled), "preview": preview}
    return page("preview.html.j2", title=f"{opened.form.title}: read before you send", **facts)


def words(fields: FormData) -> dict[str, str]:
    """The values that are words; a browser's line ends are made plain."""
    return {name: value.replace("\r\n", "\n").strip() for name, value in fields.multi_items() if isinstance(value, str)}
