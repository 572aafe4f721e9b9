"""Sources of notices: one reader at a time, and how far each has been read."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from noticedesk.store.checkpoint import Checkpoint
from noticedesk.store.database import Look, Transaction
from noticedesk.store.errors import Conflict
from noticedesk.store.mapping import storable
from noticedesk.store.records import add, find
from noticedesk.store.tables.effects import sources


def checkpoint(look: Look, source: str) -> Checkpoint:
    """How far a source has been read; at its beginning when it never was."""
    return next(iter(find(look, Checkpoint, id=source)), Checkpoint(id=source))


def lease(tx: Transaction, source: str, owner: str, now: datetime, seconds: float = 600) -> Checkpoint | None:
    """Where the owner, who alone may now read the source, goes on; None while another reads it."""
    _begin(tx, source)
    free = or_(sources.c.lease_until.is_(None), sources.c.lease_until <= now, sources.c.lease_owner == owner)
    until = now + timedelta(seconds=seconds)
    taken = tx.run(update(sources).where(sources.c.id == source, free).values(lease_owner=owner, lease_until=until))
    return checkpoint(tx, source) if taken.rowcount == 1 else None


def advance(tx: Transaction, source: str, owner: str, cursor: str, now: datetime) -> bool:
    """Moves the cursor in the transaction that saves what was read up to it; False when the lease was lost meanwhile.

    On False the transaction must be given up: another reader has begun where this one did.
    """
    held = (sources.c.id == source) & (sources.c.lease_owner == owner) & (sources.c.lease_until > now)
    values = {"cursor": cursor, "last_success": now, "last_error": ""}
    return tx.run(update(sources).where(held).values(values)).rowcount == 1


def start(tx: Transaction, source: str, cursor: str) -> None:
    """Gives a source that was never read the place at which its first reading begins."""
    _begin(tx, source)
    tx.run(update(sources).where(sources.c.id == source, sources.c.cursor == "").values(cursor=cursor))


def failed(tx: Transaction, source: str, error: str, now: datetime) -> None:
    """Notes why a source could not be read; its cursor stays."""
    _begin(tx, source)
    tx.run(update(sources).where(sources.c.id == source).values(last_error=storable(error), last_error_at=now))


def release(tx: Transaction, source: str, owner: str) -> None:
    """Ends the owner's lease."""
    mine = select(sources.c.id).where(sources.c.id == source, sources.c.lease_owner == owner)
    tx.run(update(sources).where(sources.c.id.in_(mine)).values(lease_owner=None, lease_until=None))


def _begin(tx: Transaction, source: str) -> None:
    """Makes the source's row; another process may do so in the same moment."""
    if not find(tx, Checkpoint, id=source):
        with suppress(Conflict), tx.attempt():
            add(tx, Checkpoint(id=source))
