"""Reads statements of reasons in the JSON of the EU's transparency database, as another platform hands them on."""

from noticedesk.intake.charset import decode
from noticedesk.intake.context import Context, Documents, NotMine
from noticedesk.intake.jsons import Json, at, objects, opens, parse
from noticedesk.intake.records import render
from noticedesk.intake.rendering import Rendering
from noticedesk.model.document import Document, Field

NAME = "dsa"

FIELDS = {
    "/puid": Field.CASE_ID,
    "/uuid": Field.CASE_ID,
    "/platform_name": Field.SERVICE,
    "/category": Field.RIGHT,
    "/content_language": Field.LANGUAGE,
    "/content_type/*": Field.WORK_KIND,
    "/content_date": Field.OBSERVED_AT,
    "/decision_facts": Field.MESSAGE,
    "/incompatible_content_explanation": Field.MATERIAL_DESCRIPTION,
    "/illegal_content_explanation": Field.MATERIAL_DESCRIPTION,
}


def score(raw: bytes, name: str) -> float:
    """Sure when JSON holds the two keys that every statement has."""
    return 0.65 if opens(raw) and b'"decision_ground"' in raw and b'"category"' in raw else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """One document for each statement."""
    values = objects(parse(decode(raw)))
    statements = [item for value in values for item in objects(at(value, "statements") or value) if _is_one(item)]
    if not statements:
        raise NotMine
    return tuple(_document(statement) for statement in statements)


def _is_one(value: Json) -> bool:
    return isinstance(at(value, "decision_ground"), str)


def _document(statement: dict[str, Json]) -> Document:
    rendering = Rendering()
    rendering.say("Statement of reasons")
    render(statement, FIELDS, rendering)
    return Document(reader=NAME, text=rendering.text, answers=rendering.answers)
