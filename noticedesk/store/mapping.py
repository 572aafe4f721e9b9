"""How a noun becomes a row and a row the noun again: one mapping for all, driven by the fields of the noun."""

import dataclasses
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from operator import attrgetter
from typing import Any, Final, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter
from sqlalchemy import Select, Table, Text, bindparam, insert, select, update

from noticedesk.store.tables import TABLE_OF

N = TypeVar("N")

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """The text with U+FFFD for each NUL and lone surrogate, which no database keeps; spans still fit."""
    return text if text.isascii() and "\x00" not in text else _UNSTORABLE.sub(_REPLACEMENT, text)


def canonical(value: Mapping[str, object]) -> str:
    """JSON with sorted keys and no spaces: the one form in which details are stored and hashed."""
    return _CANONICAL.encode(value)


class Mapper:
    """The way between one noun and its table."""

    def __init__(self, noun: type[Any], table: Table) -> None:
        """Looks at the noun's fields once."""
        self.table = table
        self.key = next(iter(table.primary_key))
        hints = get_type_hints(noun)
        self.fields = tuple(field.name for field in dataclasses.fields(noun))
        self.columns = tuple(table.c[name] for name in self.fields)
        # statements are built once: building one costs more than running it
        self.inserts = insert(table)
        self.gets = select(*self.columns).where(self.key == bindparam("of"))
        self.finds: dict[tuple[tuple[str, str], ...], Select[Any]] = {}
        self.replaces = update(table).where(self.key == bindparam("of"))
        if {"version", "state"} <= set(self.fields):
            self.replaces_version = self.replaces.where(
                table.c.version == bindparam("of_version"), table.c.state == bindparam("of_state")
            )
        self._noun: TypeAdapter[Any] = TypeAdapter(noun)
        self._encode = {name: _encoder(hints[name]) for name in self.fields}
        self._read = attrgetter(*self.fields)
        self._encoded = tuple((name, encode) for name, encode in self._encode.items() if encode is not _as_it_is)
        self._as_text = tuple(name for name in self.fields if _is_json_text(table, name, hints[name]))

    def row(self, noun: Any) -> dict[str, Any]:
        """The values of the noun's columns."""
        values = dict(zip(self.fields, self._read(noun), strict=True))
        for name, encode in self._encoded:
            values[name] = encode(values[name])
        return values

    def noun(self, row: Sequence[Any]) -> Any:
        """The noun of a row that holds the noun's columns in their order."""
        values = dict(zip(self.fields, row, strict=True))
        for name in self._as_text:
            values[name] = json.loads(values[name])
        return self._noun.validate_python(values)

    def value(self, name: str, value: object) -> Any:
        """One value as its column holds it, for a comparison."""
        return self._encode[name](value)


_MAPPERS: Final[dict[type[Any], Mapper]] = {}


def mapper(noun: type[Any]) -> Mapper:
    """The way between a noun and its table, made once; raises TypeError for what is no noun."""
    if noun not in _MAPPERS:
        if noun not in TABLE_OF:
            kept = ", ".join(known.__name__ for known in TABLE_OF)
            raise TypeError(f"{noun.__name__} is not kept in the store; kept are {kept}")
        _MAPPERS[noun] = Mapper(noun, TABLE_OF[noun])
    return _MAPPERS[noun]


def _encoder(hint: Any) -> Callable[[Any], Any]:
    if _is_compound(hint):
        adapter: TypeAdapter[Any] = TypeAdapter(hint)
        if getattr(hint, "__origin__", None) is dict:
            return canonical
        return lambda value: _clean(adapter.dump_python(value, mode="json")) if value else _empty(value)
    return _as_it_is if _types(hint) <= _PLAIN else _scalar


def _as_it_is(value: Any) -> Any:
    return value


def _empty(value: Any) -> Any:
    return [] if value == () else value


def _scalar(value: Any) -> Any:
    if type(value) is str:
        return storable(value)
    return value.value if isinstance(value, Enum) else storable(value) if isinstance(value, str) else value


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return {key: _clean(item) for key, item in value.items()} if isinstance(value, dict) else value


_PLAIN: Final = frozenset({int, float, bool, date, datetime, type(None)})
"""The types whose values a column takes as they are."""


def _types(hint: Any) -> frozenset[Any]:
    return frozenset(get_args(hint) or [hint])


def _is_compound(hint: Any) -> bool:
    """Whether values of the type need JSON."""
    origin = getattr(hint, "__origin__", None)
    return origin in (tuple, dict) or any(_is_compound(part) for part in get_args(hint) if part is not type(None))


def _is_json_text(table: Table, name: str, hint: Any) -> bool:
    return _is_compound(hint) and isinstance(table.c[name].type, Text)
