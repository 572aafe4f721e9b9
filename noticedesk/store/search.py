"""Finding more than equals: pages of a queue, what is past its time, and the claims that a word leads to."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, Generic, TypeVar, cast

from sqlalchemy import ColumnElement, Select, bindparam, literal, or_, select, tuple_, union

from noticedesk.model.event import Event
from noticedesk.store.columns import Instant, written
from noticedesk.store.database import Look
from noticedesk.store.errors import StoreError
from noticedesk.store.mapping import Mapper, mapper, storable
from noticedesk.store.records import conditions
from noticedesk.store.tables import Noun
from noticedesk.store.tables.claims import allegations, claims, notices, works
from noticedesk.store.tables.decisions import decisions
from noticedesk.store.tables.effects import letters
from noticedesk.store.tables.holders import listings, parties, rights

N = TypeVar("N", bound=Noun | Event)

_MARK: Final = "~"


@dataclass(frozen=True, slots=True)
class Page(Generic[N]):
    """Some nouns in the order of their queue; `after` asks for the next page and is empty on the last."""

    items: tuple[N, ...]
    after: str


def page(
    look: Look, kind: type[N], states: Collection[str], *, after: str = "", limit: int = 50, **equals: object
) -> Page[N]:
    """A page of what is in one of the states, due first and undated last; as quick deep in a queue as at its start."""
    way = mapper(kind)
    streams = [way.table.c.state == str(one) for one in states]
    return due_first(look, kind, streams, conditions(kind, way, equals), after=after, limit=limit)


def due_first(
    look: Look,
    kind: type[N],
    streams: Collection[ColumnElement[bool]],
    also: Collection[ColumnElement[bool]] = (),
    *,
    after: str = "",
    limit: int = 50,
) -> Page[N]:
    """The same of what is in one of the streams: conditions that exclude each other, each with an index that ends in
    due time and id."""
    way = mapper(kind)
    found: list[Any] = []
    for part in _rest(way, after):
        found += _first(look, part.where(*also), streams, limit + 1 - len(found))
    items = tuple(cast(N, way.noun(row)) for row in found[:limit])
    return Page(items, _cursor(items[-1]) if len(found) > limit else "")


def past(look: Look, kind: type[N], field: str, at: datetime, *, limit: int | None = None, **equals: object) -> list[N]:
    """The nouns whose instant is `at` or earlier, earliest first: clocks due, retention over, restrictions ended."""
    way, column = mapper(kind), _instant_called(kind, field)
    query = select(*way.columns).where(column <= at, *conditions(kind, way, equals)).order_by(column, way.key)
    return [cast(N, way.noun(row)) for row in look.run(query.limit(limit))]


def since(look: Look, kind: type[N], field: str, at: datetime) -> list[N]:
    """The nouns whose instant is `at` or later, earliest first."""
    way, column = mapper(kind), _instant_called(kind, field)
    query = select(*way.columns).where(column >= at).order_by(column, way.key)
    return [cast(N, way.noun(row)) for row in look.run(query)]


def newest(look: Look, kind: type[N], limit: int, **equals: object) -> list[N]:
    """The nouns made last of those whose fields equal the values, newest first; never more than the limit."""
    way = mapper(kind)
    query = select(*way.columns).where(*conditions(kind, way, equals)).order_by(way.key.desc()).limit(limit)
    return [cast(N, way.noun(row)) for row in look.run(query)]


def _instant_called(kind: type[Any], field: str) -> ColumnElement[Any]:
    way = mapper(kind)
    column = way.table.c.get(field) if field in way.fields else None
    if column is None or not isinstance(column.type, Instant):
        raise StoreError(f"{kind.__name__} has no instant called {field}")
    return column


def through_claim(look: Look, kind: type[N], claim: str) -> list[N]:
    """What the allegations of a claim have or name (findings, decisions, listings, rights ...), in one query."""
    way = mapper(kind)
    return [cast(N, way.noun(row)) for row in look.run(_through(way), {"of": claim})]


@cache
def _through(way: Mapper) -> Select[Any]:
    """The query, built at its first use."""
    own, link = _THROUGH[way.table.name]
    mine = select(link).where(allegations.c.claim == bindparam("of"))
    return select(*way.columns).where(way.table.c[own].in_(mine.scalar_subquery())).order_by(way.key)


_THROUGH: Final = {
    **{name: ("allegation", allegations.c.id) for name in ("findings", "proposals", "decisions", "restrictions")},
    "listings": ("id", allegations.c.listing),
    "rights": ("id", allegations.c.right),
    "permissions": ("right", allegations.c.right),
}
"""Which column of a table holds what a column of the allegations names."""


def log(look: Look, *, before: int | None = None, limit: int = 50, **equals: object) -> list[Event]:
    """The newest events, newest first, of what equals the values (actor, act, claim, subject ...).

    The next page is what comes `before` the last seq of this one.
    """
    way = mapper(Event)
    older = [way.key < before] if before is not None else []
    query = select(*way.columns).where(*older, *conditions(Event, way, equals)).order_by(way.key.desc()).limit(limit)
    return [cast(Event, way.noun(row)) for row in look.run(query)]


_OF_LISTING: Final = select(allegations.c.claim).join(listings, listings.c.id == allegations.c.listing)
_OF_RIGHT: Final = select(allegations.c.claim).join(rights, rights.c.id == allegations.c.right)
_OF_DECISION: Final = select(allegations.c.claim).join(decisions, decisions.c.allegation == allegations.c.id)

LEADS: Final[list[tuple[Select[Any], tuple[ColumnElement[Any], ...]]]] = [
    (select(claims.c.id), (claims.c.id, claims.c.principal)),
    (select(allegations.c.claim), (allegations.c.id,)),
    (select(notices.c.claim), (notices.c.id, notices.c.message_id, notices.c.sender, notices.c.sha256)),
    (select(parties.c.claim), (parties.c.name, parties.c.email, parties.c.account)),
    (select(works.c.claim), (works.c.mark, works.c.registration)),
    (select(letters.c.claim), (letters.c.id, letters.c.message_id)),
    (_OF_LISTING, (listings.c.id, listings.c.item, listings.c.url, listings.c.account)),
    (_OF_RIGHT, (rights.c.id, rights.c.number)),
    (_OF_DECISION, (decisions.c.id,)),
]
"""Which columns lead to a claim; each has an index, so that looking is quick whatever the size."""


def claims_about(look: Look, words: str, limit: int = 50) -> list[str]:
    """The ids of the claims that an id, address, URL, item, account, mark, number or digest leads to, newest first.

    The words must be the whole value, as it stands there or in lower case.
    """
    wanted = storable(words.strip())
    values = {wanted, wanted.lower()} - {""}
    leads = [claim.where(or_(*(column.in_(values) for column in columns))) for claim, columns in LEADS]
    found = union(*leads).subquery()
    claim = next(iter(found.c))
    query = select(claim).where(claim.is_not(None)).order_by(claim.desc()).limit(limit)
    return list(look.run(query).scalars()) if values else []


def _rest(way: Mapper, after: str) -> Iterator[Select[Any]]:
    """What follows the cursor: first what has a date, then what has none; each part follows an index."""
    due, id = way.table.c.due_at, way.table.c.id
    when, last = parted(after)
    dated = select(*way.columns).where(due.is_not(None)).order_by(due, id)
    undated = select(*way.columns).where(due.is_(None)).order_by(id)
    if not after:
        yield dated
    elif when:
        yield dated.where(tuple_(due, id) > tuple_(literal(when, due.type), literal(last)))
    yield undated.where(id > last) if after and not when else undated


def _first(look: Look, part: Select[Any], streams: Collection[ColumnElement[bool]], limit: int) -> list[Any]:
    """The first rows of a part over all streams, asked for one by one because an index holds the order of one."""
    rows = [row for one in streams for row in look.run(part.where(one).limit(limit))]
    return sorted(rows, key=lambda row: (row.due_at or datetime.min.replace(tzinfo=UTC), row.id))[:limit]


def _cursor(last: Any) -> str:
    return cursor(last.due_at, last.id)


def cursor(at: datetime | None, id: str) -> str:
    """The end of a page in the order of an instant and then of ids."""
    return f"{written(at) if at else ''}{_MARK}{id}"


def parted(after: str) -> tuple[datetime | None, str]:
    """The instant and the id of such an end; raises StoreError for what is none."""
    text, _, id = after.partition(_MARK)
    if not text:
        return None, id
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise StoreError(f"{after[:40]!r} is not the end of a page; begin at the first page")
    return instant, id
