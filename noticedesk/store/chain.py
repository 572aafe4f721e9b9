"""The audit log: append-only, each event chained to the one before it and to the one before it of its claim."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import bindparam, select, update

from noticedesk.model.event import Actor, Event
from noticedesk.store.columns import written
from noticedesk.store.database import Look, Transaction
from noticedesk.store.errors import StoreError
from noticedesk.store.mapping import canonical, mapper, storable
from noticedesk.store.tables.effects import chain_head, events

Detail = str | int | bool | None

GENESIS: Final = "0" * 64
"""What the first event, of the log and of each claim, names as the one before it."""


_HEAD: Final = select(chain_head.c.seq, chain_head.c.hash)
_NEW_HEAD: Final = update(chain_head)
_LAST_OF_CLAIM: Final = (
    select(events.c.hash).where(events.c.claim == bindparam("of")).order_by(events.c.seq.desc()).limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event to be: who did what to which noun, of which claim. Details hold ids and codes, no personal data."""

    actor: Actor
    act: str
    subject: str
    claim: str | None = None
    details: Mapping[str, Detail] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the log: how many events there are, and the hash of the last. Kept elsewhere, it proves the whole."""

    seq: int
    hash: str


def append(
    tx: Transaction,
    actor: Actor,
    act: str,
    subject: str,
    claim: str | None,
    details: Mapping[str, Detail] | None = None,
) -> Event:
    """Writes one event at the end of the log and returns it."""
    return append_all(tx, [Entry(actor=actor, act=act, subject=subject, claim=claim, details=details)])[0]


def append_all(tx: Transaction, entries: Iterable[Entry], known: Mapping[str, str] | None = None) -> list[Event]:
    """Writes any number of events at the end of the log, in order, and returns them.

    `known` are claims whose last hash need not be looked up: a new claim's is GENESIS.
    """
    if not tx.logged:
        raise StoreError("this transaction was opened with logged=False and may not append events")
    made: list[Event] = []
    last = head(tx)
    ends = tx.claim_ends | dict(known or {})
    now = datetime.now(UTC)
    for entry in entries:
        event = _made(entry, now, last, _claim_end(tx, entry.claim, ends))
        last = Head(seq=event.seq, hash=event.hash)
        if event.claim:
            ends[event.claim] = event.hash
        made.append(event)
    if made:
        way = mapper(Event)
        tx.run(way.inserts, [way.row(event) for event in made])
        tx.log_end, tx.claim_ends, tx.seal = (last.seq, last.hash), ends, _seal
    return made


def head(look: Look) -> Head:
    """The end of the log: in a transaction with what it appended, else as the log's own row has it."""
    if isinstance(look, Transaction) and look.log_end:
        return Head(seq=look.log_end[0], hash=look.log_end[1])
    row = look.run(_HEAD).first()
    if row is None:
        raise StoreError("the log has lost the row that says where it ends; verify it before anything else is written")
    return Head(seq=row.seq, hash=row.hash)


def digest(event: Event) -> str:
    """The hash of an event: sha256 over the canonical JSON (sorted keys, no spaces, UTF-8) of all its other fields."""
    return digest_of(
        {
            "seq": event.seq,
            "at": written(event.at),
            "actor": event.actor,
            "person": event.person,
            "act": event.act,
            "subject": event.subject,
            "claim": event.claim,
            "details": event.details,
            "prev": event.prev,
            "claim_prev": event.claim_prev,
        }
    )


def digest_of(fields: Mapping[str, object]) -> str:
    """The sha256 of the canonical JSON of an event's fields."""
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def _made(entry: Entry, at: datetime, last: Head, claim_prev: str) -> Event:
    if not entry.actor.name:
        raise StoreError(f"{entry.act} of {entry.subject}: nothing happens without an actor")
    event = Event(
        seq=last.seq + 1,
        at=at,
        actor=storable(entry.actor.name),
        person=entry.actor.person,
        act=entry.act,
        subject=entry.subject,
        claim=entry.claim,
        details=_plain(entry),
        prev=last.hash,
        claim_prev=claim_prev,
        hash="",
    )
    return replace(event, hash=digest(event))


def _plain(entry: Entry) -> dict[str, Detail]:
    details = dict(entry.details or {})
    for name, value in details.items():
        if value is not None and not isinstance(value, str | int):
            raise StoreError(
                f"{entry.act} of {entry.subject}: detail {name} is a {type(value).__name__};"
                " an event holds text, whole numbers, true, false and null (write a fraction as text)"
            )
    return {storable(name): _detail(value) for name, value in details.items()}


def _detail(value: Detail) -> Detail:
    return storable(str(value)) if isinstance(value, str) else value


def _claim_end(look: Look, claim: str | None, ends: Mapping[str, str]) -> str:
    if not claim:
        return GENESIS
    if claim in ends:
        return ends[claim]
    return look.run(_LAST_OF_CLAIM, {"of": claim}).scalar() or GENESIS


def _seal(tx: Transaction) -> None:
    """Writes the end of the log into its own row, once a transaction."""
    if tx.log_end:
        tx.run(_NEW_HEAD, {"seq": tx.log_end[0], "hash": tx.log_end[1]})
