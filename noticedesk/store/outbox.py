"""The outbox: every effect that leaves the desk, to be had exactly once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import ColumnElement, or_, select, true, update

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

_UNSENT: Final = (_S.QUEUED.value, _S.FAILED.value)
_HELD: Final = outbox.c.lease_owner.is_not(None)
_FREE: Final = {"lease_owner": None, "lease_until": None}


SILENT: Final = "whoever tried last stopped without saying how it went: this may be a repeat"
"""What `last_error` says of an effect that may have been had already."""


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
    way = mapper(Outbox)
    ready = _due(now) & _of_kind(kind)
    query = select(*way.columns).where(ready).order_by(outbox.c.send_after, outbox.c.id).limit(limit)
    return [cast(Outbox, way.noun(row)) for row in look.run(query)]


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
    query = select(outbox.c.id).where(_due(now), _of_kind(kind)).order_by(outbox.c.send_after, outbox.c.id).limit(limit)
    ids = list(tx.run(query.with_for_update(skip_locked=True)).scalars())
    these = outbox.c.id.in_(ids)
    tx.run(update(outbox).where(these, _HELD).values(attempts=outbox.c.attempts + 1, last_error=SILENT))
    until = now + timedelta(seconds=seconds)
    tx.run(update(outbox).where(these).values(lease_owner=owner, lease_until=until))
    order = {id: place for place, id in enumerate(ids)}
    return sorted(records.find(tx, Outbox, id=ids), key=lambda effect: order[effect.id])


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
    values = (_failed(effect, now, error, patience) if to is _S.FAILED else _ended(effect, to, error)) | _FREE
    unchanged = (outbox.c.id == id) & (outbox.c.state == effect.state.value)
    tx.run(update(outbox).where(unchanged).values(values))
    return records.get(tx, Outbox, id)


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
    waiting = ((_due(now) & ~_HELD) | mine) & _of_kind(kind)
    values = _FREE | {"next_attempt_at": until, "last_error": storable(error)}
    return int(tx.run(update(outbox).where(waiting).values(values)).rowcount)


def on_their_way(look: Look, listing: str, now: datetime) -> list[Outbox]:
    """The webhooks about a listing that somebody holds right now, or that wait for their confirmation."""
    way = mapper(Outbox)
    about = select(allegations.c.id).where(allegations.c.listing == listing)
    going = or_(outbox.c.state == _S.SENT.value, outbox.c.state.in_(_UNSENT) & ~_unheld(now))
    these = outbox.c.allegation.in_(about) & _of_kind(OutboxKind.WEBHOOK) & going
    return [cast(Outbox, way.noun(row)) for row in look.run(select(*way.columns).where(these).order_by(outbox.c.id))]


def step_back(tx: Transaction, id: str, until: datetime) -> None:
    """Lets one effect wait its turn; what it holds is given back, and it counts as no failure."""
    tx.run(update(outbox).where(outbox.c.id == id).values(_FREE | {"next_attempt_at": until}))


def has_begun(look: Look, letter: str) -> bool:
    """Whether sending a letter has begun: its bytes may be with somebody and must not change any more."""
    tried = _HELD | (outbox.c.attempts > 0) | outbox.c.state.not_in([_S.QUEUED.value, _S.CANCELLED.value])
    return look.run(select(outbox.c.id).where(outbox.c.letter == letter, tried)).first() is not None


def cancel_unsent(tx: Transaction, allegation: str, now: datetime) -> Cancellation:
    """Stops the effects of an allegation that have not begun; what is too late is told, never hidden."""
    return _cancel(tx, outbox.c.allegation == allegation, now)


def cancel_letter(tx: Transaction, letter: str, now: datetime | None = None) -> Cancellation:
    """Stops a letter that has not begun to leave; what is too late is told, never hidden.

    Without `now` only what nobody has held since is stopped: no expired hold, of which nobody knows how it went.
    """
    return _cancel(tx, outbox.c.letter == letter, now)


def _cancel(tx: Transaction, these: ColumnElement[bool], now: datetime | None) -> Cancellation:
    free = ~_HELD if now is None else _unheld(now)
    unsent = these & outbox.c.state.in_(_UNSENT) & free
    query = select(outbox.c.id, _HELD.label("held")).where(unsent).order_by(outbox.c.id)
    stopped = tx.run(query.with_for_update()).all()
    ids = [row.id for row in stopped]
    tx.run(update(outbox).where(outbox.c.id.in_(ids)).values(_FREE | {"state": OutboxState.CANCELLED.value}))
    begun = [_S.QUEUED.value, _S.FAILED.value, _S.SENT.value, _S.CONFIRMED.value]
    late = select(outbox.c.id).where(these, outbox.c.state.in_(begun)).order_by(outbox.c.id)
    return Cancellation(
        cancelled=tuple(row.id for row in stopped if not row.held),
        uncertain=tuple(row.id for row in stopped if row.held),
        too_late=tuple(tx.run(late).scalars()),
    )


def _of_kind(kind: OutboxKind | None) -> ColumnElement[bool]:
    return outbox.c.kind == kind.value if kind else true()


def _ended(effect: Outbox, to: OutboxState, error: str) -> dict[str, object]:
    return {"state": to.value, "last_error": storable(error) or effect.last_error}


def _failed(effect: Outbox, now: datetime, error: str, patience: Patience) -> dict[str, object]:
    attempts = effect.attempts + 1
    state = OutboxState.DEAD if attempts >= patience.attempts else OutboxState.FAILED
    again = now + patience.wait(attempts)
    return {"state": state.value, "attempts": attempts, "next_attempt_at": again, "last_error": storable(error)}


def _unheld(now: datetime) -> ColumnElement[bool]:
    return or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now)


def _due(now: datetime) -> ColumnElement[bool]:
    waited = or_(outbox.c.next_attempt_at.is_(None), outbox.c.next_attempt_at <= now)
    return outbox.c.state.in_(_UNSENT) & (outbox.c.send_after <= now) & waited & _unheld(now)
