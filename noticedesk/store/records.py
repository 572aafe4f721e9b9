"""Every noun, to and from its table."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any, Final, TypeVar, cast

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.event import Event
from noticedesk.model.notice import Notice
from noticedesk.settings import nearest
from noticedesk.store.columns import metadata
from noticedesk.store.database import Look, Transaction
from noticedesk.store.errors import Conflict, Missing, StoreError
from noticedesk.store.mapping import Mapper, mapper
from noticedesk.store.stale import refuse_stale
from noticedesk.store.tables import Noun
from noticedesk.store.waiting.keep import touch

N = TypeVar("N", bound=Noun)
R = TypeVar("R", bound=Noun | Event)
V = TypeVar("V", bound=Notice | Claim | Allegation)


def add(tx: Transaction, nouns: Noun | Iterable[Noun]) -> None:
    """Saves one noun, or any number of them of any kind and in any order, at once.

    Raises Conflict where an id or unique key is taken, or where a noun names another that is not there.
    """
    given = list(nouns) if isinstance(nouns, Iterable) else [nouns]
    if any(isinstance(noun, Event) for noun in given):
        raise StoreError("events are appended by chain.append and by nothing else")
    given.sort(key=_depth)
    for kind, same in groupby(given, key=type):
        _insert(tx, kind, list(same))


def get(look: Look, kind: type[R], id: str, /) -> R:
    """The noun with this id; raises Missing when there is none."""
    way = mapper(kind)

    def read() -> list[R]:
        return [cast(R, way.noun(row)) for row in look.run(way.gets, {"of": id})]

    found = look.recalled(way.table.name, (kind, id), read)
    if not found:
        raise Missing(f"there is no {kind.__name__} {id}")
    return found[0]


AHEAD: Final = 400
"""How many values are read ahead together: a view recalls what was asked for all of them."""


def ahead(look: Look, kind: type[R], field: str, values: Iterable[str], /, **equals: object) -> None:
    """Reads together what `find` is about to be asked for each of at most AHEAD values of a field.

    `equals` are further conditions, in the order in which `find` will be given them. `get` knows what was read by id.
    """
    way, wanted = mapper(kind), dict.fromkeys(values)
    if len(wanted) > AHEAD:
        raise StoreError(f"{len(wanted)} values are read ahead; the most is {AHEAD}")
    found: dict[str, list[R]] = {value: [] for value in wanted}
    asked: dict[str, Any] = {field: list(wanted)} | equals
    for noun in find(look, kind, **asked) if wanted else ():
        found[getattr(noun, field)].append(noun)
    for value, nouns in found.items():
        asked[field] = value
        given = tuple(_given(way, name, one) for name, one in asked.items())
        look.recall(way.table.name, (kind, None, _shape(asked), given), nouns)
        if field == way.key.name and not equals:
            look.recall(way.table.name, (kind, value), nouns)


def find(look: Look, kind: type[R], /, *, limit: int | None = None, **equals: object) -> list[R]:
    """The nouns whose fields equal all the values given, in the order of their ids (which is that of their making).

    None finds what is empty; a list, tuple or set finds what equals one of its members.
    """
    way = mapper(kind)
    given = {name: _given(way, name, value) for name, value in equals.items()}
    shape = _shape(equals)
    query = _query(kind, way, shape)

    def read() -> list[R]:
        bound = {name: value for name, value in given.items() if value is not None}
        rows = look.run(query if limit is None else query.limit(limit), bound)
        return [cast(R, way.noun(row)) for row in rows]

    return look.recalled(way.table.name, (kind, limit, shape, tuple(given.values())), read)


def count(look: Look, kind: type[Noun | Event], /, *, cap: int | None = None, **equals: object) -> int:
    """How many nouns equal the values given; counts no further than `cap`, which keeps it quick in a large table."""
    way = mapper(kind)
    found = select(way.key).where(*conditions(kind, way, equals)).limit(cap).subquery()
    return int(look.run(select(func.count()).select_from(found)).scalar_one())


def replace(tx: Transaction, noun: N) -> N:
    """Saves a changed noun under its id and returns it as it now stands; raises Missing when there is none.

    A notice, claim or allegation is saved only if its version and state are still what they were (Stale otherwise),
    and comes back with the next version. Its state changes through moves.move only.
    """
    if isinstance(noun, Notice | Claim | Allegation):
        return cast(N, replace_version(tx, noun, noun.state))
    if isinstance(noun, Event):
        raise StoreError("an event is never changed")
    way = mapper(type(noun))
    values = way.row(noun)
    if tx.run(way.replaces, values | {"of": values[way.key.name]}).rowcount != 1:
        raise Missing(f"there is no {type(noun).__name__} {values[way.key.name]} to replace")
    touch(tx, noun)
    return noun


def replace_version(tx: Transaction, noun: V, state: str, **more: object) -> V:
    """Saves the noun in its next version if the stored one has its version and the given state; `more` are columns."""
    way = mapper(type(noun))
    values = way.row(noun) | {"version": noun.version + 1} | more
    unchanged = {"of": noun.id, "of_version": noun.version, "of_state": str(state)}
    if tx.run(way.replaces_version, values | unchanged).rowcount != 1:
        refuse_stale(tx, noun, get(tx, type(noun), noun.id))
    touch(tx, noun)
    return dataclasses.replace(noun, version=noun.version + 1)


def conditions(kind: type[object], way: Mapper, equals: dict[str, object]) -> list[ColumnElement[bool]]:
    """The conditions that `find` makes of field names and values."""
    return [_condition(kind, way, name, value) for name, value in equals.items()]


def _insert(tx: Transaction, kind: type[object], nouns: list[object]) -> None:
    way = mapper(kind)
    rows = [way.row(noun) for noun in nouns]
    try:
        tx.run(way.inserts, rows)
        for noun in nouns:
            touch(tx, noun, new=True)
    except Conflict as error:
        some = ", ".join(str(row[way.key.name]) for row in rows[:3])
        raise Conflict(f"{kind.__name__} {some}{' and others' if len(rows) > 3 else ''}: {error}") from error


def _shape(equals: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _form(value)) for name, value in equals.items())


_SEVERAL: Final = (list, tuple, set, frozenset)


def _form(value: object) -> str:
    """How a field is asked for: as nothing, one of several, or one value."""
    return "nothing" if value is None else "several" if isinstance(value, _SEVERAL) else "one"


def _given(way: Mapper, name: str, value: object) -> object:
    """What a column is compared with."""
    if name not in way.fields or value is None:
        return None
    if isinstance(value, _SEVERAL):
        return tuple(way.value(name, one) for one in value)
    return way.value(name, value)


def _query(kind: type[object], way: Mapper, shape: tuple[tuple[str, str], ...]) -> Select[Any]:
    """The query of `find` by these fields in these forms, built at its first use."""
    if shape not in way.finds:
        these = [_asked(_column(kind, way, name), name, form) for name, form in shape]
        way.finds[shape] = select(*way.columns).where(*these).order_by(way.key)
    return way.finds[shape]


def _asked(column: ColumnElement[Any], name: str, form: str) -> ColumnElement[bool]:
    if form == "nothing":
        return column.is_(None)
    return column.in_(bindparam(name, expanding=True)) if form == "several" else column == bindparam(name)


def _condition(kind: type[object], way: Mapper, name: str, value: object) -> ColumnElement[bool]:
    column = _column(kind, way, name)
    if isinstance(value, list | tuple | set | frozenset):
        return column.in_([way.value(name, one) for one in value])
    return cast(ColumnElement[bool], column == way.value(name, value))


def _column(kind: type[object], way: Mapper, name: str) -> ColumnElement[Any]:
    if name not in way.fields:
        raise StoreError(f"{kind.__name__} has no field {name}{nearest(name, way.fields)}")
    return way.table.c[name]


def _depths() -> Callable[[object], int]:
    order = {table.name: depth for depth, table in enumerate(metadata.sorted_tables)}
    return lambda noun: order[mapper(type(noun)).table.name]


_depth: Final = _depths()
