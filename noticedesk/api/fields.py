"""The fields of the hosted forms, and how what is filled in becomes the form "noticedesk/complaint/1"."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from noticedesk.desk.disclosure import Sworn
from noticedesk.intake import webform
from noticedesk.model.notice import NoticeKind
from noticedesk.model.submission import SubmissionKind

Filled = Mapping[str, str]
"""What was filled in, by the name of the field."""


@dataclass(frozen=True, slots=True)
class Input:
    """One field: its name is where its value stands in the form, "works.title" or "listings" (one a line)."""

    name: str
    label: str
    hint: str = ""
    kind: Literal["text", "email", "tel", "lines", "words"] = "text"
    required: bool = False
    autocomplete: str = "off"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under one heading."""

    heading: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A hosted form: what it sends, and what it asks."""

    path: str
    title: str
    kind: SubmissionKind
    notice: NoticeKind | None
    about: str
    groups: tuple[Group, ...]


_ME = Group(
    "You",
    (
        Input("principal.name", "Your full name", required=True, autocomplete="name"),
        Input("principal.email", "Your e-mail address", "Letters about this go there.", "email", True, "email"),
        Input("principal.address", "Your postal address", autocomplete="street-address"),
        Input("principal.phone", "Your telephone number", "", "tel", autocomplete="tel"),
    ),
)
_OWNER = Group(
    "The owner of the right",
    (
        Input("principal.name", "Name of the owner", "As a register shows it, if there is one.", required=True),
        Input("principal.email", "E-mail address of the owner", "", "email"),
        Input("principal.address", "Postal address of the owner"),
        Input("principal.phone", "Telephone number of the owner", "", "tel"),
    ),
)
_AGENT = Group(
    "You, if you act for the owner",
    (
        Input("agent.name", "Your name and company", autocomplete="name"),
        Input("agent.email", "Your e-mail address", "Letters about this go there.", "email", autocomplete="email"),
        Input("agent.address", "Your postal address", autocomplete="street-address"),
        Input("agent.phone", "Your telephone number", "", "tel", autocomplete="tel"),
    ),
)
_WORK = Group(
    "The work, mark or design",
    (
        Input("works.title", "Title"),
        Input("works.description", "Description", "", "words"),
        Input("works.mark", "The mark, if it is a trademark"),
        Input("works.registration", "Registration number"),
        Input("works.office", "Office or country of registration"),
        Input("works.urls", "Where the original can be seen", "One address a line.", "lines"),
    ),
)
_WHERE = Input("listings", "The addresses (URLs) concerned", "One address a line.", "lines", required=True)
_CASE = Input("reference", "Our reference", "It begins with C- and stands in our letters.")
_WHY = Input("message", "Your explanation", "", "words")
_SIGN = Group("Signature", (Input("signature", "Sign by typing your full name", required=True),))

FORMS: list[Form] = [
    Form(
        "/complaint",
        "Complaint",
        SubmissionKind.COMPLAINT,
        None,
        "Report listings that infringe your right.",
        (_OWNER, _AGENT, _WORK, Group("The listings", (_WHERE, _WHY)), _SIGN),
    ),
    Form(
        "/counter-notice",
        "Counter-notice",
        SubmissionKind.COUNTER_NOTICE,
        NoticeKind.COUNTER_NOTICE,
        "Answer the removal of something that you put up.",
        (_ME, Group("What was removed", (_CASE, _WHERE, _WHY)), _SIGN),
    ),
    Form(
        "/retraction",
        "Retraction",
        SubmissionKind.RETRACTION,
        NoticeKind.RETRACTION,
        "Take back a complaint that you sent.",
        (_ME, Group("What you take back", (_CASE, _WHERE, _WHY)), _SIGN),
    ),
    Form(
        "/appeal",
        "Appeal",
        SubmissionKind.APPEAL,
        NoticeKind.APPEAL,
        "Ask us to look again at a decision.",
        (_ME, Group("The decision", (_CASE, _WHERE, _WHY)), _SIGN),
    ),
]
"""The forms that write something down, in the order of the first page."""

RIGHTS: dict[str, tuple[str, NoticeKind]] = {
    "copyright": ("Copyright", NoticeKind.COPYRIGHT_NOTICE),
    "trademark": ("Trademark", NoticeKind.TRADEMARK_NOTICE),
    "counterfeit": ("Counterfeit goods", NoticeKind.COUNTERFEIT_NOTICE),
    "design": ("Registered design", NoticeKind.DESIGN_NOTICE),
    "patent": ("Patent", NoticeKind.PATENT_NOTICE),
}
"""The rights that a complaint can rest on, by their name in the form."""


def inputs_of(form: Form) -> tuple[Input, ...]:
    """Every field of a form."""
    return tuple(one for group in form.groups for one in group.inputs)


def mistakes(form: Form, filled: Filled) -> dict[str, str]:
    """What keeps a form from being sent at all, by field; what a law asks for is told by the check instead."""
    wrong = {one.name: "Please fill this in." for one in inputs_of(form) if one.required and not filled.get(one.name)}
    for one in inputs_of(form):
        value = filled.get(one.name, "")
        if one.kind == "email" and value and ("@" not in value.strip("@") or len(value.split()) != 1):
            wrong[one.name] = "This is no e-mail address."
    return wrong


def compiled(form: Form, filled: Filled, sworn: tuple[Sworn, ...]) -> bytes:
    """The form "noticedesk/complaint/1", as it is saved and read."""
    made: dict[str, object] = {"schema": webform.SCHEMA, "kind": form.kind.value}
    for name in ("service", "right"):
        if filled.get(name):
            made[name] = filled[name]
    parties: dict[str, dict[str, object]] = {}
    for one in inputs_of(form):
        value: object = filled.get(one.name, "").strip()
        if one.kind == "lines":
            value = [line.strip() for line in str(value).splitlines() if line.strip()]
        place, _, name = one.name.partition(".")
        if value and name:
            parties.setdefault(place, {})[name] = value
        elif value:
            made[place] = value
    made |= {place: [values] if place == "works" else values for place, values in parties.items()}
    statements = {one.element: _said(one, filled) for one in sworn if _said(one, filled)}
    return json.dumps(made | ({"statements": statements} if statements else {}), ensure_ascii=False, indent=2).encode()


def email_of(filled: Filled) -> str:
    """The address that letters go to: of who fills the form in."""
    return (filled.get("agent.email", "") or filled.get("principal.email", "")).strip().lower()


def _said(one: Sworn, filled: Filled) -> str:
    """A statement in the words of the law where it was ticked, or in the sender's own words where they are free."""
    given = filled.get(f"statements.{one.element}", "").strip()
    return one.words if one.words and given else given
