"""The EU transparency database: statements held against its published rules, and sent a hundred at a time.

A call is taken as a whole or not at all; which statement was at fault is told by its place, a known one by its name.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from noticedesk import http
from noticedesk.desk.act import contract
from noticedesk.settings import SettingError, data_folder

AT_ONCE = 100
"""How many statements one call may hold."""

Statement = Mapping[str, object]

_POLICY = replace(http.CONFIGURED, told=frozenset({401, 403, 422}))
_PLACE = re.compile(r"statement_(\d+)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a call: the identifiers it was given by puid, or what was wrong by place, or the puids it knew."""

    created: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[int, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()


class Strange(ValueError):
    """An answer that says neither that the statements were taken nor which of them were not."""


def problems(statement: Statement) -> tuple[str, ...]:
    """What the published rules have against a statement, each by its field."""
    errors = sorted(_validator().iter_errors(statement), key=lambda error: list(map(str, error.absolute_path)))
    return tuple(f"/{'/'.join(map(str, one.absolute_path))}: {one.message[:160]}" for one in errors)


def submit(base: str, token: str, statements: Sequence[Statement]) -> Answer:
    """Sends up to a hundred statements in one call.

    Raises SettingError where the token is not accepted, http.Unreachable, http.Refused, and Strange.
    """
    headers = {"authorization": f"Bearer {token}", "accept": "application/json", "content-type": "application/json"}
    url = f"{base.rstrip('/')}/statements"
    page = http.post(url, json.dumps({"statements": list(statements)}).encode(), headers, _POLICY)
    if page.status in (401, 403):
        raise SettingError(f"{url} does not accept NOTICEDESK_TRANSPARENCY_TOKEN (it answered {page.status})")
    said = _said(url, page)
    return _refused(url, said) if page.status == 422 else Answer(created=_created(url, said))


def _said(url: str, page: http.Page) -> contract.Fields:
    try:
        return contract.parsed(page.body)
    except contract.NotConforming as error:
        raise Strange(f"{url} answered {page.status}, and not in JSON: {error}") from None


def _created(url: str, said: contract.Fields) -> dict[str, str]:
    rows = said.get("statements")
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) and row.get("puid") for row in rows):
        raise Strange(f"{url} took the call and does not say which statements it has")
    return {str(row["puid"]): str(row.get("uuid", "")) for row in rows}


def _refused(url: str, said: contract.Fields) -> Answer:
    errors = said.get("errors")
    if not isinstance(errors, Mapping):
        raise Strange(f"{url} refused the call without saying why")
    known = errors.get("existing_puids")
    wrong = {int(place[1]): _told(what) for name, what in errors.items() if (place := _PLACE.fullmatch(str(name)))}
    answer = Answer(wrong=wrong, known=frozenset(map(str, known)) if isinstance(known, list) else frozenset())
    if not (answer.wrong or answer.known):
        raise Strange(f"{url} refused the call and names no statement: {_told(errors)}")
    return answer


def _told(what: object) -> str:
    """Fields and messages in one line."""
    if not isinstance(what, Mapping):
        return str(what)[:300]
    return "; ".join(
        f"/{name}: {' '.join(map(str, said)) if isinstance(said, list) else said}" for name, said in what.items()
    )[:500]


@cache
def _validator() -> Draft202012Validator:
    schema = data_folder("config") / "transparency" / "statement.schema.json"
    return Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
