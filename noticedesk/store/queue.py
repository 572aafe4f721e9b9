"""The queue: who works on which notice, claim or allegation, until when, and what is tried again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, TypedDict, Unpack

from sqlalchemy import ColumnElement, Integer, Select, Table, and_, bindparam, exists, or_, select, true, update

from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.notice import Notice
from noticedesk.store.database import Look, Transaction
from noticedesk.store.errors import Missing, StoreError
from noticedesk.store.mapping import storable
from noticedesk.store.sources import lease as source_lease
from noticedesk.store.sources import release as source_release
from noticedesk.store.tables.claims import allegations, claims, notices

__all__ = [
    "Failure",
    "Patience",
    "Terms",
    "fail",
    "held",
    "lease",
    "release",
    "resume",
    "source_lease",
    "source_release",
    "stuck",
    "waits",
]

QUEUED: Final[dict[type[Any], Table]] = {Notice: notices, Claim: claims, Allegation: allegations}
"""The nouns that stand in a queue."""

Part = tuple[ColumnElement[bool], tuple[ColumnElement[Any], ...]]
"""Some rows of a queue, and their order."""


def _due_first(table: Table, *only: ColumnElement[bool]) -> list[Part]:
    """What is due first, and what has no date last."""
    dated, undated = table.c.due_at.is_not(None), table.c.due_at.is_(None)
    return [(and_(dated, *only), (table.c.due_at, table.c.id)), (and_(undated, *only), (table.c.id,))]


_ORDER: Final[dict[Table, list[Part]]] = {
    notices: [(true(), (notices.c.received_at, notices.c.id))],
    claims: [part for lane in Lane for part in _due_first(claims, claims.c.lane == lane.value)],
    allegations: _due_first(allegations),
}
"""What is taken first, part by part: each part follows an index, so that a long queue is not sorted for every lease."""

_FREE: Final = {"lease_owner": None, "lease_until": None}


class Terms(TypedDict, total=False):
    """How much is leased at most, and for how long: 250 rows for 600 seconds unless said otherwise.

    With `claim_states` only allegations of claims in one of these states are taken.
    """

    limit: int
    seconds: float
    claim_states: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often and after how long something is tried again: `first`, then twice as long each time up to `longest`."""

    first: timedelta = timedelta(minutes=1)
    longest: timedelta = timedelta(hours=6)
    attempts: int = 8

    def wait(self, attempts: int) -> timedelta:
        """How long to wait after so many failures."""
        doublings = min(attempts - 1, 30)
        return min(self.first * (1 << doublings), self.longest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What became of something that failed: tried again at `next_attempt_at`, or `stuck` until a person resumes it."""

    attempts: int
    next_attempt_at: datetime
    stuck: bool


def lease(
    tx: Transaction, kind: type[Any], states: Collection[str], owner: str, now: datetime, **terms: Unpack[Terms]
) -> list[str]:
    """The ids of what the owner may now work on alone, most pressing first, for some seconds.

    Takes what is in one of the states, not stuck, due for an attempt, and held by nobody (an expired lease is no hold).
    """
    table, bound = _queue(kind), _bound(states, now, terms)
    limit, ids = terms.get("limit", 250), list[str]()
    for part in _parts(table, "claim_states" in terms):
        if len(ids) < limit:
            ids += tx.run(part, bound | {"most": limit - len(ids)}).scalars()
    if ids:
        until = now + timedelta(seconds=terms.get("seconds", 600))
        tx.run(_TAKE[table], {"these": ids, "now": now, "owner": owner, "until": until})
    return ids


def waits(look: Look, kind: type[Any], states: Collection[str], now: datetime, **terms: Unpack[Terms]) -> bool:
    """Whether there is anything to lease; who only looks holds up nobody."""
    return look.run(_any(_queue(kind), "claim_states" in terms), _bound(states, now, terms)).first() is not None


def held(tx: Transaction, kind: type[Any], ids: Collection[str], owner: str) -> frozenset[str]:
    """Those of the ids that the owner still holds, whom nobody takes over before the transaction ends."""
    table = _queue(kind)
    mine = select(table.c.id).where(table.c.id.in_(ids), table.c.lease_owner == owner).with_for_update()
    return frozenset(tx.run(mine).scalars())


def release(tx: Transaction, *ids: str, owner: str | None = None) -> None:
    """Ends leases. With `owner`, only that owner's: one that has expired and passed to another is left alone."""
    for table in QUEUED.values() if ids else ():
        mine = [table.c.lease_owner == owner] if owner else []
        tx.run(update(table).where(table.c.id.in_(ids), *mine).values(_FREE))


def fail(tx: Transaction, id: str, error: str, now: datetime, patience: Patience = Patience()) -> Failure:
    """Counts a failure with its error, ends the lease, and says when it is tried again or that it is stuck."""
    table, attempts = _found(tx, id)
    failure = Failure(
        attempts=attempts + 1,
        next_attempt_at=now + patience.wait(attempts + 1),
        stuck=attempts + 1 >= patience.attempts,
    )
    values = {
        "attempts": failure.attempts,
        "next_attempt_at": failure.next_attempt_at,
        "stuck": failure.stuck,
        "last_error": storable(error),
    }
    tx.run(update(table).where(table.c.id == id).values(_FREE | values))
    return failure


def resume(tx: Transaction, *ids: str) -> None:
    """Lets what is stuck, or waits for its next attempt, be tried at once, with its failures forgotten."""
    for table in QUEUED.values():
        afresh = {"attempts": 0, "next_attempt_at": None, "stuck": False}
        tx.run(update(table).where(table.c.id.in_(ids)).values(afresh))


def stuck(look: Look, kind: type[Any]) -> list[tuple[str, str]]:
    """What is tried no more, with its last error."""
    table = _queue(kind)
    query = select(table.c.id, table.c.last_error).where(table.c.stuck).order_by(table.c.id)
    return [(row.id, row.last_error or "") for row in look.run(query)]


def _bound(states: Collection[str], now: datetime, terms: Terms) -> dict[str, Any]:
    named = {"claim_states": [str(state) for state in terms["claim_states"]]} if "claim_states" in terms else {}
    return {"states": [str(state) for state in states], "now": now} | named


@cache
def _parts(table: Table, of_claims: bool) -> list[Select[tuple[str]]]:
    """The queries of a lease, part by part, built at their first use."""
    query = select(table.c.id).where(_wanted(table, of_claims)).with_for_update(skip_locked=True)
    most = bindparam("most", type_=Integer)
    return [query.where(only).order_by(*order).limit(most) for only, order in _ORDER[table]]


@cache
def _any(table: Table, of_claims: bool) -> Select[tuple[str]]:
    return select(table.c.id).where(_wanted(table, of_claims)).limit(1)


def _wanted(table: Table, of_claims: bool) -> ColumnElement[bool]:
    """What is in one of the states, not stuck, due for an attempt, and held by nobody."""
    due = or_(table.c.next_attempt_at.is_(None), table.c.next_attempt_at <= _NOW)
    wanted = and_(table.c.state.in_(bindparam("states", expanding=True)), _free(table), ~table.c.stuck, due)
    if not of_claims:
        return wanted
    # asked for each candidate: a list of all claims in these states would be long, and made for every lease
    in_state = claims.c.state.in_(bindparam("claim_states", expanding=True))
    return wanted & exists().where(claims.c.id == table.c.claim, in_state)


def _free(table: Table) -> ColumnElement[bool]:
    return or_(table.c.lease_until.is_(None), table.c.lease_until <= _NOW)


_NOW: Final = bindparam("now", type_=claims.c.lease_until.type)
_TAKE: Final = {
    table: update(table)
    .where(table.c.id.in_(bindparam("these", expanding=True)), _free(table))
    .values(lease_owner=bindparam("owner"), lease_until=bindparam("until", type_=_NOW.type))
    for table in QUEUED.values()
}


def _queue(kind: type[Any]) -> Table:
    if kind not in QUEUED:
        raise StoreError(f"{kind.__name__} stands in no queue; these do: {', '.join(k.__name__ for k in QUEUED)}")
    return QUEUED[kind]


def _found(look: Look, id: str) -> tuple[Table, int]:
    for table in QUEUED.values():
        attempts = look.run(select(table.c.attempts).where(table.c.id == id)).scalar()
        if attempts is not None:
            return table, attempts
    raise Missing(f"no notice, claim or allegation is called {id}")
