"""The outbox: every effect that leaves the desk, to be had exactly once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Integer, Select, bindparam, case, or_, select, update

from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.store import records
from noticedesk.store.database import Look, Transaction
from noticedesk.store.errors import Conflict, StoreError
from noticedesk.store.mapping import mapper, storable
from noticedesk.store.queue import Patience
from noticedesk.store.tables.claims import allegations
from noticedesk.store.tables.effects import outbox

_S = OutboxState

NEXT: Final[Mapping[OutboxState, frozenset[OutboxState]]] = {
    _S.QUEUED: frozenset({_S.SENT, _S.CONFIRMED, _S.FAILED, _S.DEAD, _S.CANCELLED}),
    _S.FAILED: frozenset({_S.SENT, _S.CONFIRMED, _S.FAILED, _S.DEAD, _S.CANCELLED, _S.QUEUED}),
    _S.SENT: frozenset({_S.CONFIRMED, _S.FAILED, _S.DEAD}),
    _S.DEAD: frozenset({_S.QUEUED, _S.CONFIRMED}),
    _S.CONFIRMED: frozenset(),
    # what was stopped may have been had all the same: its holder fell silent before
    _S.CANCELLED: frozenset({_S.CONFIRMED}),
}
"""What may become of an effect."""

PATIENCE: Final = Patience()
"""How often an effect is tried unless its kind asks for more."""

SILENT: Final = "whoever tried last stopped without saying how it went: this may be a repeat"
"""What `last_error` says of an effect that may have been had already."""

_UNSENT: Final = (_S.QUEUED.value, _S.FAILED.value)
_HELD: Final = outbox.c.lease_owner.is_not(None)
_FREE: Final = {"lease_owner": None, "lease_until": None}

# statements are built once: building one costs more than running it
_NOW: Final = bindparam("now", type_=outbox.c.send_after.type)
_UNHELD: Final = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= _NOW)
_WAITED: Final = or_(outbox.c.next_attempt_at.is_(None), outbox.c.next_attempt_at <= _NOW)
_DUE: Final = outbox.c.state.in_(_UNSENT) & (outbox.c.send_after <= _NOW) & _WAITED & _UNHELD
_THESE: Final = outbox.c.id.in_(bindparam("these", expanding=True))


def _ready_ones(*only: ColumnElement[bool]) -> Select[Any]:
    columns = (*mapper(Outbox).columns, _HELD.label("held"))
    ordered = select(*columns).where(_DUE, *only).order_by(outbox.c.send_after, outbox.c.id)
    return ordered.limit(bindparam("most", type_=Integer))


_READY: Final = {True: _ready_ones(outbox.c.kind == bindparam("kind")), False: _ready_ones()}
"""What is due, of one kind or of all."""

_TO_LEASE: Final = {one: query.with_for_update(skip_locked=True) for one, query in _READY.items()}

_TAKE: Final = (
    update(outbox)
    .where(_THESE)
    .values(
        attempts=outbox.c.attempts + case((_HELD, 1), else_=0),
        last_error=case((_HELD, SILENT), else_=outbox.c.last_error),
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until", type_=outbox.c.lease_until.type),
    )
)
_MARK: Final = update(outbox).where(outbox.c.id == bindparam("of"), outbox.c.state == bindparam("of_state"))
_STOP: Final = update(outbox).where(_THESE).values(_FREE | {"state": OutboxState.CANCELLED.value})

_BEGUN: Final = outbox.c.state.in_([_S.QUEUED.value, _S.FAILED.value, _S.SENT.value, _S.CONFIRMED.value])
_OF: Final = {name: outbox.c[name] == bindparam("of") for name in ("allegation", "letter")}
_TOO_LATE: Final = {name: select(outbox.c.id).where(these, _BEGUN).order_by(outbox.c.id) for name, these in _OF.items()}
_TO_STOP: Final = {
    (name, unheld): select(outbox.c.id, _HELD.label("held"))
    .where(these, outbox.c.state.in_(_UNSENT), ~_HELD if unheld else _UNHELD)
    .order_by(outbox.c.id)
    .with_for_update()
    for name, these in _OF.items()
    for unheld in (True, False)
}
"""What can still be stopped of an allegation or a letter: what nobody ever held, or what nobody holds now."""

_ON_THEIR_WAY: Final = (
    select(*mapper(Outbox).columns)
    .where(outbox.c.allegation.in_(select(allegations.c.id).where(allegations.c.listing == bindparam("listing"))))
    .where(outbox.c.kind == OutboxKind.WEBHOOK.value)
    .where(or_(outbox.c.state == _S.SENT.value, outbox.c.state.in_(_UNSENT) & ~_UNHELD))
    .order_by(outbox.c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    """What became of the effects of an allegation: stopped, perhaps had all the same, or too late to stop.

    `uncertain` are stopped too, but whoever was about to have them stopped without a word, so they may have been had;
    `too_late` are sent, or being sent right now.
    """

    cancelled: tuple[str, ...]
    uncertain: tuple[str, ...]
    too_late: tuple[str, ...]


def queue(tx: Transaction, effect: Outbox) -> Outbox:
    """The effect, queued; the one already there when its key was queued before, so that asking twice acts once."""
    try:
        with tx.attempt():
            records.add(tx, effect)
    except Conflict:
        known = records.find(tx, Outbox, key=effect.key)
        if not known:
            raise
        return known[0]
    return effect


def due(look: Look, now: datetime, limit: int = 250, kind: OutboxKind | None = None) -> list[Outbox]:
    """The effects (of one kind, if given) to be had now and held by nobody, longest waiting first."""
    return [effect for effect, _ in _ready(look, _READY[bool(kind)], now, limit, kind)]


def lease(
    tx: Transaction,
    owner: str,
    now: datetime,
    limit: int = 50,
    seconds: float = 300,
    kind: OutboxKind | None = None,
) -> list[Outbox]:
    """The due effects (of one kind, if given) that the owner alone may now bring about.

    One whose last holder fell silent may have been had already: its attempt is counted and `last_error` says so.
    """
    ready = _ready(tx, _TO_LEASE[bool(kind)], now, limit, kind)
    if not ready:
        return []
    until = now + timedelta(seconds=seconds)
    tx.run(_TAKE, {"these": [effect.id for effect, _ in ready], "owner": owner, "until": until})
    return [replace(one, attempts=one.attempts + 1, last_error=SILENT) if held else one for one, held in ready]


def _ready(
    look: Look, query: Select[Any], now: datetime, limit: int, kind: OutboxKind | None
) -> list[tuple[Outbox, bool]]:
    """Effects that are due, and whether a holder of each fell silent."""
    way, of = mapper(Outbox), {"kind": kind.value} if kind else {}
    return [(cast(Outbox, way.noun(row[:-1])), row[-1]) for row in look.run(query, {"now": now, "most": limit} | of)]


def mark(
    tx: Transaction, id: str, to: OutboxState, now: datetime, error: str = "", patience: Patience = PATIENCE
) -> Outbox:
    """Notes how an effect went and ends its lease; raises StoreError where it cannot become that.

    A failed effect is tried again with growing pauses; one that failed too often is dead until somebody retries it.
    """
    effect = records.get(tx, Outbox, id)
    if to not in NEXT[effect.state]:
        legal = ", ".join(sorted(NEXT[effect.state])) or "nothing more"
        raise StoreError(f"outbox {id} is {effect.state} and cannot become {to}; it may become {legal}")
    values = _failed(effect, now, error, patience) if to is _S.FAILED else _ended(effect, to, error)
    changed = replace(effect, **values)
    now_so = {name: mapper(Outbox).value(name, value) for name, value in values.items()}
    tx.run(_MARK, {"of": id, "of_state": effect.state.value} | now_so | _FREE)
    return changed


def retry(tx: Transaction, id: str, now: datetime) -> Outbox:
    """A dead or failed effect, queued anew under its old key with its failures forgotten."""
    mark(tx, id, OutboxState.QUEUED, now)
    tx.run(update(outbox).where(outbox.c.id == id).values(attempts=0, next_attempt_at=None))
    return records.get(tx, Outbox, id)


def postpone(tx: Transaction, kind: OutboxKind, owner: str, now: datetime, until: datetime, error: str) -> int:
    """Lets every due effect of a kind wait, where none of them can be had at all; how many. No attempt is counted.

    What the owner holds is given back; `last_error` says why it waits.
    """
    mine = (outbox.c.lease_owner == owner) & outbox.c.state.in_(_UNSENT)
    waiting = ((_DUE & ~_HELD) | mine) & (outbox.c.kind == kind.value)
    values = _FREE | {"next_attempt_at": until, "last_error": storable(error)}
    return int(tx.run(update(outbox).where(waiting).values(values), {"now": now}).rowcount)


def on_their_way(look: Look, listing: str, now: datetime) -> list[Outbox]:
    """The webhooks about a listing that somebody holds right now, or that wait for their confirmation."""
    way = mapper(Outbox)
    return [cast(Outbox, way.noun(row)) for row in look.run(_ON_THEIR_WAY, {"listing": listing, "now": now})]


def step_back(tx: Transaction, id: str, until: datetime) -> None:
    """Lets one effect wait its turn; what it holds is given back, and it counts as no failure."""
    tx.run(update(outbox).where(outbox.c.id == id).values(_FREE | {"next_attempt_at": until}))


def has_begun(look: Look, letter: str) -> bool:
    """Whether sending a letter has begun: its bytes may be with somebody and must not change any more."""
    tried = _HELD | (outbox.c.attempts > 0) | outbox.c.state.not_in([_S.QUEUED.value, _S.CANCELLED.value])
    return look.run(select(outbox.c.id).where(outbox.c.letter == letter, tried)).first() is not None


def cancel_unsent(tx: Transaction, allegation: str, now: datetime) -> Cancellation:
    """Stops the effects of an allegation that have not begun; what is too late is told, never hidden."""
    return _cancel(tx, "allegation", allegation, now)


def cancel_letter(tx: Transaction, letter: str, now: datetime | None = None) -> Cancellation:
    """Stops a letter that has not begun to leave; what is too late is told, never hidden.

    Without `now` only what nobody has held since is stopped: no expired hold, of which nobody knows how it went.
    """
    return _cancel(tx, "letter", letter, now)


def _cancel(tx: Transaction, of: str, id: str, now: datetime | None) -> Cancellation:
    asked = {"of": id} if now is None else {"of": id, "now": now}
    stopped = tx.run(_TO_STOP[of, now is None], asked).all()
    if stopped:
        tx.run(_STOP, {"these": [row.id for row in stopped]})
    return Cancellation(
        cancelled=tuple(row.id for row in stopped if not row.held),
        uncertain=tuple(row.id for row in stopped if row.held),
        too_late=tuple(tx.run(_TOO_LATE[of], {"of": id}).scalars()),
    )


def _ended(effect: Outbox, to: OutboxState, error: str) -> dict[str, Any]:
    return {"state": to, "last_error": storable(error) or effect.last_error}


def _failed(effect: Outbox, now: datetime, error: str, patience: Patience) -> dict[str, Any]:
    attempts = effect.attempts + 1
    state = OutboxState.DEAD if attempts >= patience.attempts else OutboxState.FAILED
    again = now + patience.wait(attempts)
    return {"state": state, "attempts": attempts, "next_attempt_at": again, "last_error": storable(error)}
