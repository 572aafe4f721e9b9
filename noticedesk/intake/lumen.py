"""Reads notices in the JSON of the Lumen database (github.com/berkmancenter/lumendatabase): submissions and exports."""

from collections.abc import Mapping

from noticedesk.intake.charset import decode
from noticedesk.intake.context import Context, Documents, NotMine
from noticedesk.intake.jsons import Json, at, objects, opens, parse
from noticedesk.intake.records import render
from noticedesk.intake.rendering import Rendering
from noticedesk.model.document import Document, Field

NAME = "lumen"

FIELDS = {
    "/id": Field.CASE_ID,
    "/case_id_number": Field.CASE_ID,
    "/type": Field.RIGHT,
    "/body": Field.MESSAGE,
    "/language": Field.LANGUAGE,
    "/sender_name": Field.COMPLAINANT_NAME,
    "/principal_name": Field.OWNER_NAME,
    "/mark_registration_number": Field.REGISTRATION_NUMBER,
    "/works/*/description": Field.WORK_DESCRIPTION,
    "/works/*/kind": Field.WORK_KIND,
    "/works/*/infringing_urls/*/url": Field.INFRINGING_URL,
    "/works/*/copyrighted_urls/*/url": Field.ORIGINAL_URL,
    "/marks/*/description": Field.MARK,
    "/marks/*/infringing_urls/*/url": Field.INFRINGING_URL,
}

OWNER = {
    "name": Field.OWNER_NAME,
    "email": Field.OWNER_EMAIL,
    "phone": Field.OWNER_PHONE,
    "address_line_1": Field.OWNER_ADDRESS,
}
COMPLAINANT = {
    "name": Field.COMPLAINANT_NAME,
    "email": Field.COMPLAINANT_EMAIL,
    "phone": Field.COMPLAINANT_PHONE,
    "address_line_1": Field.COMPLAINANT_ADDRESS,
}
ROLES: dict[str, Mapping[str, Field]] = {
    "principal": OWNER,
    "agent": COMPLAINANT,
    "attorney": COMPLAINANT,
    "sender": COMPLAINANT,
    "submitter": COMPLAINANT,
}

_LISTS = ("/works", "/marks")
_PARTIES = "entity_notice_roles"


def score(raw: bytes, name: str) -> float:
    """Sure when JSON holds the lists of URLs that only this format has, or its list of parties."""
    known = (b'"infringing_urls', b'"copyrighted_urls', b'"entity_notice_roles')
    return 0.65 if opens(raw) and any(key in raw for key in known) else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """One document for each notice in a submission, an answer of the database, or a list of them."""
    notices = [notice for value in objects(parse(decode(raw))) for notice in _notices(value)]
    if not notices:
        raise NotMine
    return tuple(_document(kind, notice) for kind, notice in notices)


def _notices(value: dict[str, Json]) -> list[tuple[str, dict[str, Json]]]:
    """The notices in an object, each with its kind where that is the name it stands under ("dmca")."""
    if _is_notice(value):
        return [("", value)]
    named = [(key, notice) for key, item in value.items() for notice in objects(item)]
    kinds = [("" if key in {"notice", "notices"} else key, notice) for key, notice in named]
    return [(kind, notice) for kind, notice in kinds if _is_notice(notice)]


def _is_notice(value: Json) -> bool:
    lists = ("works", "works_attributes", "marks", "marks_attributes")
    return any(_is_list(at(value, key)) for key in lists)


def _is_list(value: Json) -> bool:
    """Whether a value is a list, or what web forms make of one: an object whose keys are numbers."""
    return isinstance(value, list) or (isinstance(value, dict) and bool(value) and all(map(str.isdecimal, value)))


def _document(kind: str, notice: dict[str, Json]) -> Document:
    rendering = Rendering()
    if kind:
        rendering.add("Type", kind, "/", Field.RIGHT)
    plain = _without_suffix(notice)
    fields = FIELDS | _party_fields(plain)
    lists = {key: value for key, value in plain.items() if f"/{key}" in _LISTS}
    render({key: value for key, value in plain.items() if key not in lists}, fields, rendering)
    for key, value in lists.items():
        render({key: value}, fields, rendering, grouped=f"/{key}")
    return Document(reader=NAME, text=rendering.text, answers=rendering.answers)


def _without_suffix(notice: dict[str, Json]) -> dict[str, Json]:
    """A submission names its lists works_attributes and the like; an export names them works."""
    return {key.removesuffix("_attributes"): _deeper(value) for key, value in notice.items()}


def _deeper(value: Json) -> Json:
    if isinstance(value, dict):
        return _without_suffix(value)
    return [_deeper(item) for item in value] if isinstance(value, list) else value


def _party_fields(notice: dict[str, Json]) -> dict[str, Field]:
    """The fields of the parties by the role that each has in this notice."""
    found = {}
    for number, party in enumerate(objects(at(notice, _PARTIES) or [])):
        role = at(party, "name")
        for key, field in ROLES.get(role if isinstance(role, str) else "", {}).items():
            found[f"/{_PARTIES}/{number}/entity/{key}"] = field
    return found
