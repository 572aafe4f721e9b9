"""Proof that the audit log is what was written: every break in its chains, by row."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Boolean, Integer, Text, select, type_coerce

from noticedesk.model.event import Event
from noticedesk.store.chain import GENESIS, Head, digest_of
from noticedesk.store.columns import written
from noticedesk.store.database import Database, Look
from noticedesk.store.mapping import canonical
from noticedesk.store.tables.effects import chain_head, events

_BATCH: Final = 5_000
_FIELDS: Final = tuple(column.name for column in events.columns)

Raw = dict[str, Any]
"""A row as it is stored, before anything is made of it: a type that should not be there is itself a break."""


Hashes = tuple[str, ...]
"""What the next row may name as the one before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A place where the log is not what was written: the row, and what is wrong with it."""

    seq: int
    what: str


def verify(db: Database, anchors: Iterable[Head] = ()) -> list[Break]:
    """Every break of the whole log; empty when it is sound.

    Finds any changed, removed, inserted or reordered row, and a cut tail as long as the row that counts events was not
    changed with it. Who rewrites everything from some row to the end, hashes, counting row and all, is found only by
    `anchors`: heads noted earlier outside this database.
    """
    with db.read() as look:
        walk = _Walk({anchor.seq: anchor.hash for anchor in anchors})
        breaks = [broken for row in _rows(look, None) for broken in walk.step(row)]
        return breaks + walk.end(look)


def verify_claim(db: Database, claim: str) -> list[Break]:
    """Every break in the chain of one claim."""
    with db.read() as look:
        return list(_claim_breaks(_rows(look, claim)))


def rows_of(look: Look, claim: str) -> list[Raw]:
    """The events of a claim as they are stored, first to last: what an exported bundle proves itself by."""
    return list(_rows(look, claim))


def prove(chain: Sequence[Event]) -> list[Break]:
    """Every break in the events of one claim, first to last, without a database: how an exported bundle proves itself.

    It cannot show that the bundle lacks the newest events of its claim; the whole log can.
    """
    return list(_claim_breaks(_as_row(event) for event in chain))


class _Walk:
    """One pass over the log, remembering what the next row must name."""

    def __init__(self, anchors: dict[int, str]) -> None:
        self.seq = 0
        self.hashes: Hashes = (GENESIS,)
        self.ends: dict[str, Hashes] = {}
        self.anchors = anchors

    def step(self, row: Raw) -> Iterator[Break]:
        seq = row["seq"]
        if seq != self.seq + 1:
            yield Break(seq=seq, what=f"stands where {self.seq + 1} should: rows are missing, moved or inserted")
        hashes, broken = _judge(row)
        yield from broken
        if row["prev"] not in self.hashes:
            yield Break(seq=seq, what=f"prev is not the hash of row {self.seq}: one of the two was changed")
        if row["claim_prev"] not in self._claim_ends(row["claim"]):
            yield Break(seq=seq, what=f"claim_prev is not the hash of the event before it of claim {row['claim']}")
        if (anchor := self.anchors.pop(seq, None)) is not None and anchor not in hashes:
            yield Break(seq=seq, what="is not the row that was anchored: the log was rewritten up to here")
        self.seq, self.hashes = seq, hashes
        if row["claim"]:
            self.ends[row["claim"]] = hashes

    def end(self, look: Look) -> list[Break]:
        row = look.run(select(chain_head.c.seq, chain_head.c.hash)).first()
        if row is None:
            return [Break(seq=self.seq, what="the row that says where the log ends is missing")]
        breaks = [Break(seq=seq, what="was anchored and is missing: the tail was cut off") for seq in self.anchors]
        if row.seq != self.seq:
            breaks.append(
                Break(seq=self.seq, what=f"is the last row, but {row.seq} were written: the tail was cut off")
            )
        elif row.hash not in self.hashes:
            breaks.append(Break(seq=self.seq, what="is not the last row that was written"))
        return breaks

    def _claim_ends(self, claim: str | None) -> Hashes:
        return self.ends.get(claim, (GENESIS,)) if claim else (GENESIS,)


def _claim_breaks(rows: Iterable[Raw]) -> Iterator[Break]:
    hashes: Hashes = (GENESIS,)
    for row in rows:
        now, broken = _judge(row)
        yield from broken
        if row["claim_prev"] not in hashes:
            yield Break(
                seq=row["seq"], what="claim_prev is not the hash of the event before it: one was changed or left out"
            )
        hashes = now


def _judge(row: Raw) -> tuple[Hashes, list[Break]]:
    """What the next row may name, and what is wrong with this one by itself.

    Both the stored and the computed hash may be named, so that one changed row is reported once and not its neighbour.
    """
    try:
        computed = digest_of(_hashed(row))
    except (ValueError, TypeError) as error:
        return (row["hash"],), [Break(seq=row["seq"], what=f"cannot be read as it was written: {error}")]
    if computed != row["hash"]:
        return (row["hash"], computed), [Break(seq=row["seq"], what="its hash is not that of its content")]
    return (computed,), []


def _hashed(row: Raw) -> Raw:
    if row["person"] not in (0, 1):
        raise ValueError("person is neither true nor false")
    details = json.loads(row["details"], parse_float=_no_fraction)
    if canonical(details) != row["details"]:
        raise ValueError("details are not in canonical form")
    return {k: v for k, v in row.items() if k != "hash"} | {"details": details, "person": bool(row["person"])}


def _no_fraction(text: str) -> float:
    raise ValueError(f"details hold the fraction {text}")


def _rows(look: Look, claim: str | None) -> Iterator[Raw]:
    raw_types = {"seq": Integer(), "person": Boolean() if look.on_postgres else Integer()}
    columns = [type_coerce(column, raw_types.get(column.name, Text())) for column in events.columns]
    query = select(*columns).order_by(events.c.seq)
    if claim is not None:
        query = query.where(events.c.claim == claim)
    for row in look.run(query.execution_options(yield_per=_BATCH)):
        yield dict(zip(_FIELDS, row, strict=True))


def _as_row(event: Event) -> Raw:
    row: Raw = {name: getattr(event, name) for name in _FIELDS}
    return row | {"at": written(event.at), "details": canonical(event.details)}
