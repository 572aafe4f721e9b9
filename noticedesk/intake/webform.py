"""Reads the web form "noticedesk/complaint/1": a JSON object, checked field by field, of which nothing is lost."""

import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from noticedesk.intake.charset import decode
from noticedesk.intake.context import Context, Documents
from noticedesk.intake.jsons import Json, opens, parse
from noticedesk.intake.records import pattern_of, render
from noticedesk.intake.rendering import Rendering
from noticedesk.model.document import Document, Field
from noticedesk.settings import nearest, shape

NAME = "webform"
SCHEMA = "noticedesk/complaint/1"
_NAMED = re.compile(rb"noticedesk\\?/complaint\\?/")
Kind = Literal["complaint", "counter_notice", "retraction", "cure_reply", "appeal"]

FIELDS = {
    "/kind": Field.KIND,
    "/reference": Field.CASE_ID,
    "/right": Field.RIGHT,
    "/service": Field.SERVICE,
    "/message": Field.MESSAGE,
    "/signature": Field.SIGNATURE,
    "/principal/name": Field.OWNER_NAME,
    "/principal/email": Field.OWNER_EMAIL,
    "/principal/address": Field.OWNER_ADDRESS,
    "/principal/phone": Field.OWNER_PHONE,
    "/agent/name": Field.COMPLAINANT_NAME,
    "/agent/email": Field.COMPLAINANT_EMAIL,
    "/agent/address": Field.COMPLAINANT_ADDRESS,
    "/agent/phone": Field.COMPLAINANT_PHONE,
    "/works/*/title": Field.WORK_TITLE,
    "/works/*/description": Field.WORK_DESCRIPTION,
    "/works/*/kind": Field.WORK_KIND,
    "/works/*/mark": Field.MARK,
    "/works/*/aliases/*": Field.MARK_ALIAS,
    "/works/*/classes/*": Field.GOODS_CLASSES,
    "/works/*/registration": Field.REGISTRATION_NUMBER,
    "/works/*/office": Field.REGISTRATION_OFFICE,
    "/works/*/urls/*": Field.ORIGINAL_URL,
    "/works/*/media/*": Field.REFERENCE_MEDIA,
    "/works/*/listings/*": Field.INFRINGING_URL,
    "/listings/*": Field.INFRINGING_URL,
    "/statements/good_faith": Field.GOOD_FAITH_STATEMENT,
    "/statements/accuracy": Field.ACCURACY_STATEMENT,
    "/statements/authority": Field.AUTHORITY_STATEMENT,
}


@shape
class FormParty:
    """Who complains, or for whom."""

    name: str = ""
    email: str = ""
    address: str = ""
    phone: str = ""


@shape
class FormWork:
    """A work or mark that is said to be infringed, by `listings`; `media` are addresses of reference pictures.

    `aliases` are other names of the mark, also in other scripts; `classes` those of Nice, as "25" or "25: clothing".
    """

    title: str = ""
    description: str = ""
    kind: str = ""
    mark: str = ""
    aliases: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    registration: str = ""
    office: str = ""
    urls: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()


@shape
class Form:
    """The whole form; every part may be left out, since what the law asks for is checked later.

    `listings` of the form infringe all of its works, those of a work that one.

    `kind` says what it is, where it is no complaint; `reference` is our reference of the case that it answers.
    """

    schema: str
    kind: Kind = "complaint"
    reference: str = ""
    right: str = ""
    service: str = ""
    principal: FormParty = FormParty()
    agent: FormParty = FormParty()
    works: tuple[FormWork, ...] = ()
    listings: tuple[str, ...] = ()
    statements: dict[str, bool | str] = dataclasses.field(default_factory=dict)
    signature: str = ""
    message: str = ""


def score(raw: bytes, name: str) -> float:
    """Sure when the name of the schema stands in a JSON object."""
    return 0.95 if opens(raw) and _NAMED.search(raw) else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """One document with an answer for every value; what is wrong stands in `problem`, by JSON pointer."""
    form = parse(decode(raw))
    rendering = Rendering()
    if isinstance(form, dict):
        render({key: value for key, value in form.items() if key != "schema"}, FIELDS, rendering, grouped="/works")
    problem = "; ".join(problems(form))
    return (Document(reader=NAME, text=rendering.text, answers=rendering.answers, problem=problem),)


def problems(form: Json) -> tuple[str, ...]:
    """What is wrong with a form, each as "JSON pointer: reason"; empty when it conforms."""
    if isinstance(form, dict) and form.get("schema") != SCHEMA:
        return (f"/schema: is not {SCHEMA}", *_problems(form))
    return tuple(_problems(form))


def _problems(form: Json) -> Iterator[str]:
    given = _without_nulls(form)
    try:
        _form().validate_python(given)
    except ValidationError as error:
        told: set[str] = set()
        for item in error.errors(include_url=False, include_input=False):
            pointer = _pointer(item["loc"], given)
            if pointer not in told:
                told.add(pointer)
                yield f"{pointer or 'the form'}: {_reason(item['type'], item['msg'], pointer)}"


@cache
def _form() -> TypeAdapter[Form]:
    return TypeAdapter(Form)


def _without_nulls(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def _pointer(steps: tuple[int | str, ...], form: Json) -> str:
    """The pointer of the value that is wrong; the validator also names the types it tried, which are cut off."""
    pointer, value = "", form
    for step in steps:
        if isinstance(value, dict) and step in value:
            value = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            break
        pointer += f"/{str(step).replace('~', '~0').replace('/', '~1')}"
    return pointer


def _reason(kind: str, message: str, pointer: str) -> str:
    if kind not in {"unexpected_keyword_argument", "extra_forbidden"}:
        return message[:1].lower() + message[1:]
    parent = pattern_of(pointer).rpartition("/")[0]
    siblings = [key[len(parent) + 1 :] for key in FIELDS if key.startswith(f"{parent}/")]
    names = {sibling.partition("/")[0] for sibling in siblings if not sibling.startswith("*")}
    return f"is not a field of the form{nearest(pointer.rpartition('/')[2], names)}"
