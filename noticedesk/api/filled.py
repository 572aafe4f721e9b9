"""What was filled in: what is shown of it and wrong with it, and the form "noticedesk/complaint/1" that it makes."""

import json
import re
from dataclasses import replace
from typing import Any

from noticedesk.api.fields import Filled, Form, Group, Input
from noticedesk.desk.portal.disclosure import Sworn
from noticedesk.intake import webform

MOST_WORKS = 20
"""How many works one form may name; more are for the API, or for a table by mail."""


def groups_of(form: Form, filled: Filled) -> tuple[Group, ...]:
    """The groups as they are shown: the work as often as there are works filled in, each with fields of its own."""
    count = works_in(filled)
    return tuple(
        shown
        for group in form.groups
        for shown in ([_numbered(group, at + 1, count) for at in range(count)] if group.number else [group])
    )


def inputs_of(form: Form, filled: Filled) -> tuple[Input, ...]:
    """Every field of a form."""
    return tuple(one for group in groups_of(form, filled) for one in group.inputs)


def works_in(filled: Filled) -> int:
    """How many works are filled in, or shown to be."""
    numbers = [int(found[1]) for name in filled if (found := _OF_WORK.match(name))]
    return min(max(numbers, default=1), MOST_WORKS)


def with_another(filled: Filled) -> dict[str, str]:
    """What was filled in, and room for one work more."""
    return {**filled, f"works.{works_in(filled) + 1}.title": ""}


def without(filled: Filled, number: int) -> dict[str, str]:
    """What was filled in, without the work of that number; those behind it move up."""
    kept = {}
    for name, value in filled.items():
        found = _OF_WORK.match(name)
        at = int(found[1]) if found else 0
        if not found or at != number:
            kept[f"works.{at - 1}.{found[2]}" if found and at > number else name] = value
    return kept


def tidied(filled: Filled) -> dict[str, str]:
    """What was filled in, without the works of which nothing was."""
    kept = dict(filled)
    for number in range(works_in(filled), 1, -1):
        if not any(value for name, value in kept.items() if name.startswith(f"works.{number}.")):
            kept = without(kept, number)
    return kept


def listings_in(filled: Filled) -> dict[str, tuple[str, ...]]:
    """Each address that is complained of, with the works that it is said to infringe, by title or mark."""
    told: dict[str, tuple[str, ...]] = {}
    for name, value in filled.items():
        found = _OF_WORK.match(name)
        if found and found[2] == "listings":
            work = filled.get(f"works.{found[1]}.title", "") or filled.get(f"works.{found[1]}.mark", "")
            for url in lines(value):
                told[url] = (*told.get(url, ()), work) if work else told.get(url, ())
    return told


def lines(value: str) -> list[str]:
    """The lines of a field that have words in them."""
    return [line.strip() for line in value.splitlines() if line.strip()]


def mistakes(form: Form, filled: Filled) -> dict[str, str]:
    """What keeps a form from being sent at all, by field; what a law asks for is told by the check instead."""
    shown = inputs_of(form, filled)
    wrong = {one.name: "Please fill this in." for one in shown if one.required and not filled.get(one.name)}
    for one in shown:
        value = filled.get(one.name, "")
        if one.kind == "email" and value and ("@" not in value.strip("@") or len(value.split()) != 1):
            wrong[one.name] = "This is no e-mail address."
        if one.kind == "lines" and (twice := [n for n, line in enumerate(lines(value), 1) if line.count("://") > 1]):
            wrong[one.name] = f"Line {twice[0]} has more than one address; give each a line of its own."
    return wrong


def compiled(form: Form, filled: Filled, sworn: tuple[Sworn, ...], known: Filled | None = None) -> bytes:
    """The form "noticedesk/complaint/1", as it is saved and read; `known` is what need not be asked."""
    made: dict[str, Any] = {"schema": webform.SCHEMA, "kind": form.kind.value}
    made |= {name: filled[name] for name in ("service", "right") if filled.get(name)} | dict(known or {})
    works: dict[str, dict[str, object]] = {}
    for one in inputs_of(form, filled):
        given = filled.get(one.name, "").strip()
        value: object = lines(given) if one.kind == "lines" else given
        match one.name.split("."):
            case _ if not value:
                continue
            case ["works", number, name]:
                works.setdefault(number, {})[name] = value
            case [place, name]:
                made.setdefault(place, {})[name] = value
            case _:
                made[one.name] = value
    made |= {"works": list(works.values())} if works else {}
    statements = {one.element: _said(one, filled) for one in sworn if _said(one, filled)}
    return json.dumps(made | ({"statements": statements} if statements else {}), ensure_ascii=False, indent=2).encode()


def email_of(filled: Filled) -> str:
    """The address that letters go to: of who fills the form in."""
    return (filled.get("agent.email", "") or filled.get("principal.email", "")).strip().lower()


_OF_WORK = re.compile(r"works\.([1-9][0-9]{0,2})\.(\w+)\Z")


def _numbered(group: Group, number: int, of: int) -> Group:
    heading = f"{group.heading} ({number} of {of})" if of > 1 else group.heading
    inputs = (replace(one, name=one.name.replace(".", f".{number}.", 1)) for one in group.inputs)
    return Group(heading, tuple(inputs), number)


def _said(one: Sworn, filled: Filled) -> str:
    """A statement in the words of the law where it was ticked, or in the sender's own words where they are free."""
    given = filled.get(f"statements.{one.element}", "").strip()
    return one.words if one.words and given else given
