"""Bodies: JSON read strictly, held against the published schema, each mistake told by its pointer."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import Request
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from pydantic import TypeAdapter

from noticedesk.api.problems import Mistake, Problem
from noticedesk.intake import webform
from noticedesk.model.submission import SubmissionKind

JSON = "application/json"
ROWS = "application/x-ndjson"
_MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Body:
    """A form as it came in: its bytes, and what they say of themselves."""

    raw: bytes
    kind: SubmissionKind
    service: str
    email: str


async def raw_body(request: Request, media_type: str) -> bytes:
    """The bytes of a request of that media type; raises the problem 415 for another, 400 for none."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != media_type:
        raise Problem(415, f"the body has to be {media_type}, not {given or 'without a type'}")
    body = await request.body()
    if not body.strip():
        raise Problem(400, "the body is empty")
    return body


def form(raw: bytes, services: tuple[str, ...]) -> Body:
    """A complaint, or an answer to one; raises the problem 400 or 422 with every mistake."""
    said = parsed(raw)
    mistakes = tuple(_mistakes(said, services))
    if mistakes:
        raise Problem(422, "the form has mistakes; nothing was saved", mistakes)
    if webform.score(raw, "") == 0:
        raise Problem(422, "the form has mistakes; nothing was saved", (_SPELT,))
    return Body(
        raw=raw,
        kind=SubmissionKind(said.get("kind", "complaint")),
        service=said.get("service", ""),
        email=said.get("agent", {}).get("email", "") or said.get("principal", {}).get("email", ""),
    )


_SPELT = Mistake("#/schema", f"write {webform.SCHEMA} in plain letters, within the first object")


def parsed(raw: bytes) -> dict[str, Any]:
    """The object that the bytes hold, in strict JSON and UTF-8; raises the problem 400."""
    try:
        said = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Problem(400, f"the body is no JSON in UTF-8: {str(error)[:200]}") from None
    if not isinstance(said, dict):
        raise Problem(422, "the body is no JSON object", (Mistake("#", "has to be an object"),))
    return said


def schema(services: tuple[str, ...]) -> dict[str, Any]:
    """The JSON Schema of the form for these services, as it is published and as it is held against a body."""
    made = TypeAdapter(webform.Form).json_schema(mode="validation")
    made["properties"]["schema"] = {"const": webform.SCHEMA}
    known = list(services) if len(services) > 1 else ["", *services]
    made["properties"]["service"] = {"enum": known, "description": "May be left out where there is only one."}
    if len(services) > 1:
        made["required"] = [*made.get("required", []), "service"]
    published: dict[str, Any] = _without_titles(made)
    return published


@cache
def _validator(services: tuple[str, ...]) -> Draft202012Validator:
    return Draft202012Validator(schema(services))


def _mistakes(said: dict[str, Any], services: tuple[str, ...]) -> Iterable[Mistake]:
    errors = sorted(_validator(services).iter_errors(said), key=lambda error: [str(step) for step in error.path])
    for error in errors[:_MOST_TOLD]:
        steps = (str(step).replace("~", "~0").replace("/", "~1") for step in error.absolute_path)
        yield Mistake("#" + "".join(f"/{step}" for step in steps), error.message[:300])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    if twice is not None:
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return dict(pairs)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _without_titles(made: Any) -> Any:
    """The schema without the titles that only repeat its keys."""
    if isinstance(made, dict):
        return {key: _without_titles(value) for key, value in made.items() if key != "title" or isinstance(value, dict)}
    return [_without_titles(item) for item in made] if isinstance(made, list) else made
