"""Complaints as filled-in web forms of the schema noticedesk/complaint/1."""

import json

from noticedesk.demo.wording import Case

SCHEMA = "noticedesk/complaint/1"

_GOOD_FAITH = (
    "I have a good faith belief that this use is not authorized by the owner of the right, its agent, or the law."
)
_ACCURACY = "The information in this complaint is accurate."
_AUTHORITY = "Under penalty of perjury, I am authorized to act on behalf of the owner of the right that is infringed."


def form(case: Case) -> bytes:
    """The form as JSON; what the writer left out is empty or absent."""
    writer = case.writer
    contact = {"email": writer.email, "address": writer.address, "phone": writer.phone}
    filled = {
        "schema": SCHEMA,
        "right": case.telling.right,
        "service": "market",
        "principal": {"name": writer.name, **(contact if case.says("contact") else {})},
        "agent": {"name": writer.person} if case.says("contact") else {},
        "works": [_work(case)],
        "listings": list(case.listings),
        "statements": {name: text for name, text in _statements(case).items() if case.says(name)},
        "signature": f"/s/ {writer.person}" if case.says("signature") else "",
        "message": " ".join(
            part for part in (case.telling.explanation, case.telling.note, _LEVELS[_right(case)]) if part
        ),
    }
    return json.dumps(filled, indent=2, ensure_ascii=False).encode()


_LEVELS = {
    "copyright": "The listing shows our picture without our permission.",
    "mark": "The complaint is about the content of the listing.",
}


def _right(case: Case) -> str:
    return "copyright" if case.telling.right == "copyright" else "mark"


def _statements(case: Case) -> dict[str, str | bool]:
    texts = {"good_faith": _GOOD_FAITH, "accuracy": _ACCURACY, "authority": _AUTHORITY}
    return {name: True for name in texts} if case.telling.ticked else dict(texts)


def _work(case: Case) -> dict[str, str | list[str]]:
    writer = case.writer
    if _right(case) == "mark":
        return {
            "kind": "mark",
            "title": writer.mark,
            "mark": writer.mark,
            "registration": writer.registration if case.says("registration") else "",
            "office": writer.office,
            "description": f"Registered for Nice class {writer.classes}.",
        }
    return {
        "kind": "photo",
        "title": case.work,
        "description": case.what,
        "urls": [case.original] if case.original else [],
        "media": [case.original] if case.original else [],
    }
