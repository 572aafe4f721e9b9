"""The form by which what is missing is supplied: at the status address, asking for nothing else.

Whoever has that address may fill it in, and that proves nothing: it counts once the address that the complaint came
from has been confirmed.
"""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from noticedesk.api.callers import TheOffice
from noticedesk.api.fields import Form, Group, Input
from noticedesk.api.filled import compiled, inputs_of
from noticedesk.api.forms import OURS, Opened, Preview, filled_page, preview_page, words
from noticedesk.api.office import COUNTED, Office, address
from noticedesk.api.problems import Problem
from noticedesk.api.status import found
from noticedesk.desk.portal import curing, submissions
from noticedesk.desk.portal.curing import Asked
from noticedesk.model.submission import Submission, SubmissionKind
from noticedesk.model.verdict import Element

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=COUNTED)

_CONTACT = (
    Input("principal.name", "Your full name, or that of the owner", autocomplete="name"),
    Input("principal.address", "Postal address", autocomplete="street-address"),
    Input("principal.phone", "Telephone number", "", "tel", autocomplete="tel"),
    Input("principal.email", "E-mail address", "", "email", autocomplete="email"),
)
_WORDS = Input("message", "In your own words", "", "words")

_ANSWERS: dict[str, tuple[Input, ...]] = {
    "signature": (Input("signature", "Sign by typing your full name"),),
    "contact": _CONTACT,
    "full_contact": _CONTACT,
    "postal_contact": _CONTACT,
    "name_and_email": (_CONTACT[0], _CONTACT[3]),
    "work": (Input("works.1.title", "Title of the work"), Input("works.1.description", "Description", "", "words")),
    "mark": (Input("works.1.mark", "The mark"),),
    "registration": (Input("works.1.registration", "Registration number"),),
    "office": (Input("works.1.office", "Office or country of registration"),),
    "location": (Input("listings", "The addresses (URLs) concerned", "One address a line.", "lines"),),
    "statement": (),
}
"""What is asked for an element, by the way in which it is read; statements are asked in the words of the law."""


@router.get("/status/{token}/cure")
async def show(office: TheOffice, token: str) -> str:
    """Asks for what is missing."""
    submission, asked = await run_in_threadpool(_asked, office, token)
    return filled_page(_opened(submission, asked, token), {}, {})


@router.post("/status/{token}/cure", dependencies=OURS, response_model=None)
async def take(request: Request, office: TheOffice, token: str) -> Response:
    """Shows what would still be missing, and then saves it; it counts once the sender's address is confirmed."""
    filled = words(await request.form(max_files=0, max_fields=60))
    submission, asked = await run_in_threadpool(_asked, office, token)
    opened = _opened(submission, asked, token)
    empty = not any(filled.get(name) for name in _names(opened))
    if empty or filled.get("do") == "change":
        wrong = {} if filled.get("do") == "change" else {_names(opened)[0]: "Please fill in at least one of these."}
        return HTMLResponse(filled_page(opened, filled, wrong), 422 if wrong else 200)
    raw = compiled(opened.form, filled, opened.sworn, {"reference": asked.file.claim.id, "service": submission.service})
    if filled.get("do") == "send":
        return await _send(request, office, submission, raw)
    preview = await run_in_threadpool(_preview, office, asked, raw)
    return HTMLResponse(preview_page(opened, filled, preview))


async def _send(request: Request, office: Office, about: Submission, raw: bytes) -> Response:
    office.count("form", address(request))
    # the address is that of the complaint, which is asked to confirm it: never one that is filled in here
    answer = submissions.Incoming(raw=raw, service=about.service, kind=SubmissionKind.CURE_REPLY, email=about.email)
    (accepted,) = await run_in_threadpool(submissions.accept, office.desk, [answer])
    return RedirectResponse(f"/status/{accepted.status}", 303)


def _asked(office: Office, token: str) -> tuple[Submission, Asked]:
    """The submission and what it lacks; raises the problem 404, or 410 where nothing is asked for (any more)."""
    submission = found(office, token)
    asked = curing.asked(office.desk, submission)
    if asked is None or not asked.missing:
        raise Problem(410, "nothing is asked for here; the status page says where it stands")
    return submission, asked


def _opened(submission: Submission, asked: Asked, token: str) -> Opened:
    owner = _masked(submission.email)
    form = Form(
        f"/status/{token}/cure",
        "Supply what is missing",
        SubmissionKind.CURE_REPLY,
        None,
        f"Only what is missing is asked. It counts once {owner}, from where the complaint came, confirms it.",
        tuple(_group(one, asked) for one in _in_turn(asked) if _inputs(one, asked)),
    )
    return Opened(form, asked.file.claim.service, "", asked.sworn, asked.passed, "", asked.regime)


def _masked(email: str) -> str:
    """An address as its owner knows it again and nobody else learns it."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}…@{domain}"


def _in_turn(asked: Asked) -> tuple[Element, ...]:
    """One element for each set of fields: those that the same fields answer are asked once."""
    first: dict[tuple[Input, ...], Element] = {}
    for one in asked.missing:
        first.setdefault(_inputs(one, asked), one)
    return tuple(first.values())


def _group(element: Element, asked: Asked) -> Group:
    inputs = _inputs(element, asked)
    cures = [one.cure for one in asked.missing if _inputs(one, asked) == inputs]
    return Group(element.id.replace("_", " ").capitalize(), inputs, says=" ".join(dict.fromkeys(cures)))


def _inputs(element: Element, asked: Asked) -> tuple[Input, ...]:
    return _ANSWERS.get(asked.ways[element.id], (_WORDS,))


def _names(opened: Opened) -> list[str]:
    return [one.name for one in inputs_of(opened.form, {})] + [f"statements.{one.element}" for one in opened.sworn]


def _preview(office: Office, asked: Asked, raw: bytes) -> Preview:
    (document,) = office.desk.documents(raw, "form.json", "")
    return Preview.of(raw, curing.with_answer(office.desk, asked, document), {})
