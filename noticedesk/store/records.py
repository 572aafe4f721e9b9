"""Every noun, to and from its table."""

import dataclasses
from collections.abc import Callable, Iterable
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
    row = look.run(way.gets, {"of": id}).first()
    if row is None:
        raise Missing(f"there is no {kind.__name__} {id}")
    return cast(R, way.noun(row))


def find(look: Look, kind: type[R], /, *, limit: int | None = None, **equals: object) -> list[R]:
    """The nouns whose fields equal all the values given, in the order of their ids (which is that of their making).

    None finds what is empty; a list, tuple or set finds what equals one of its members.
    """
    way = mapper(kind)
    if limit is None and all(isinstance(value, str) for value in equals.values()):
        query = _plain(kind, way, tuple(equals))
        rows = look.run(query, {name: way.value(name, value) for name, value in equals.items()})
    else:
        query = select(*way.columns).where(*conditions(kind, way, equals)).order_by(way.key).limit(limit)
        rows = look.run(query)
    return [cast(R, way.noun(row)) for row in rows]


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
            touch(tx, noun)
    except Conflict as error:
        some = ", ".join(str(row[way.key.name]) for row in rows[:3])
        raise Conflict(f"{kind.__name__} {some}{' and others' if len(rows) > 3 else ''}: {error}") from error


def _plain(kind: type[object], way: Mapper, names: tuple[str, ...]) -> Select[Any]:
    """The query of `find` by texts in these fields, built at their first use."""
    if names not in way.finds:
        equal = [_column(kind, way, name) == bindparam(name) for name in names]
        way.finds[names] = select(*way.columns).where(*equal).order_by(way.key)
    return way.finds[names]


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
