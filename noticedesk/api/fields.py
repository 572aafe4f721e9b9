"""The fields of the hosted forms, by which what is filled in becomes the form "noticedesk/complaint/1"."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

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
    """Fields that belong together, under one heading; `number` is that of a work, of which there may be several."""

    heading: str
    inputs: tuple[Input, ...]
    number: int = 0
    says: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A hosted form: what it sends, and what it asks."""

    path: str
    title: str
    kind: SubmissionKind
    notice: NoticeKind | None
    about: str
    groups: tuple[Group, ...]
    several: bool = False


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
_OF_A_WORK = (
    Input("works.title", "Title"),
    Input("works.description", "Description", "", "words"),
    Input("works.mark", "The mark, if it is a trademark"),
    Input("works.aliases", "Other names of the mark", "Also in other scripts, one a line.", "lines"),
    Input("works.classes", "Classes of goods and services (Nice)", "One a line, such as 25.", "lines"),
    Input("works.registration", "Registration number"),
    Input("works.office", "Office or country of registration"),
    Input("works.urls", "Where the original can be seen", "One address a line.", "lines"),
)
_COPIES = Input(
    "works.listings", "The addresses (URLs) that infringe it", "One address a line.", "lines", required=True
)
_WORK = Group("The work, mark or design", (*_OF_A_WORK, _COPIES), number=1)
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
        (_OWNER, _AGENT, _WORK, Group("Anything else", (_WHY,)), _SIGN),
        several=True,
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
