"""One noun of each kind that points to the others, with the plainest value in every other field."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from noticedesk.model.event import Event
from noticedesk.store.attached import AttachedFinding
from noticedesk.store.tables import TABLE_OF
from tests.noticedesk.store.factory import NOON

PLAIN: Mapping[type, object] = {
    str: "x", int: 1, bool: True, float: 0.5, datetime: NOON, date: NOON.date(), tuple: (), Mapping: {}, dict: {},
}  # fmt: skip


def one_of_each() -> list[Any]:
    """Every noun but the event, which the chain writes."""
    return [_noun(kind) for kind in TABLE_OF if kind is not Event]


def _noun(kind: type[Any]) -> Any:
    table, hints = TABLE_OF[kind], get_type_hints(kind)
    given = {field.name: _plain(hints[field.name]) for field in dataclasses.fields(kind)}
    for column in table.columns:
        to = next((key.column.table.name for key in column.foreign_keys), table.name if column.primary_key else None)
        if to and column.name in given:
            given[column.name] = f"X-{to}"
    if kind is AttachedFinding:
        given["outcome"] = "compared"
    return kind(**given)


def _plain(hint: Any) -> object:
    """A value of the type, never the missing one, so that what is lost is seen."""
    kind = next((one for one in get_args(hint) if one is not NoneType), hint) if NoneType in get_args(hint) else hint
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    kind = get_origin(kind) or kind
    return next(iter(kind)) if issubclass(kind, Enum) else PLAIN[kind]
