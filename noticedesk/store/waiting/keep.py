"""Keeping the queue as it should be: whatever a transaction saves, its rows of the queue are made anew before it ends.

`records` tells `touch` of every noun that it saves, so that no part of the desk needs to remember the queue.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, bindparam, delete, insert, select

from noticedesk.model.allegation import Allegation
from noticedesk.model.casework import Custody
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Proposal
from noticedesk.model.listing import Listing, Restriction
from noticedesk.model.notice import Notice
from noticedesk.model.right import Work
from noticedesk.store.attached import AttachedFinding
from noticedesk.store.database import Look, Transaction
from noticedesk.store.tables.claims import allegations, notices
from noticedesk.store.tables.waits import wait_words, waits
from noticedesk.store.waiting.facts import (
    SET_ASIDE,
    STILL_MATTERS,
    Fact,
    finished,
    of_allegations,
    of_notices,
    words_of,
)

Touched = tuple[str, str]
"""What was saved: the kind of id ("allegation", "claim", "listing", "work", "notice"), and the id."""

_TOUCHES: Final[dict[type[Any], Callable[[Any], list[Touched]]]] = {
    Allegation: lambda noun: [("allegation", noun.id)],
    Claim: lambda noun: [("claim", noun.id)],
    Notice: lambda noun: [("notice", noun.id)] + ([("claim", noun.claim)] if noun.claim else []),
    Proposal: lambda noun: [("allegation", noun.allegation)],
    AttachedFinding: lambda noun: [("allegation", noun.allegation)],
    Restriction: lambda noun: [("allegation", noun.allegation)],
    Listing: lambda noun: [("listing", noun.id)],
    Work: lambda noun: [("work", noun.id)],
    Custody: lambda noun: [("claim", noun.id)],
}
"""Which rows of the queue may change with a noun."""

_POINTED_AT: Final = frozenset({Claim, Listing, Work})
"""What no allegation can be about before it is there."""

_MANY: Final = 400

_THESE: Final[BindParameter[Any]] = bindparam("these", expanding=True)
_BY: Final = {
    name: (
        select(allegations.c.id).where(allegations.c[name].in_(_THESE), STILL_MATTERS),
        None if name == "work" else select(waits.c.subject).where(waits.c[name].in_(_THESE)),
    )
    for name in ("claim", "listing", "work")
}
"""The allegations about a claim, listing or work, and those of them that stand in the queue."""

_STAND: Final = select(waits).where(waits.c.subject.in_(_THESE))
_NO_WORDS: Final = delete(wait_words).where(wait_words.c.subject.in_(_THESE))
_NO_MORE: Final = delete(waits).where(waits.c.subject.in_(_THESE))
_STANDS: Final = insert(waits)
_FOUND_BY: Final = insert(wait_words)


def touch(tx: Transaction, noun: object, *, new: bool = False) -> None:
    """Notes that a noun was saved; before the transaction ends its rows of the queue are made anew."""
    if new and type(noun) in _POINTED_AT:
        return
    if touches := _TOUCHES.get(type(noun)):
        tx.touched.update(touches(noun))
        tx.settle = settle


def settle(tx: Transaction) -> None:
    """Makes the rows anew of all that was touched since the last time."""
    touched = sorted(tx.touched)
    tx.touched.clear()
    direct = [id for kind, id in touched if kind == "allegation"]
    for name, queries in _BY.items():
        for some in _in_turn([id for kind, id in touched if kind == name], _MANY):
            direct += [id for query in queries if query is not None for id in tx.run(query, {"these": some}).scalars()]
    refresh(tx, sorted({*direct, *(id for kind, id in touched if kind == "notice")}))


def refresh(tx: Transaction, subjects: Sequence[str]) -> None:
    """Makes the rows anew of these allegations and notices: those that wait stand in the queue, the others do not."""
    for some in _in_turn(subjects, _MANY):
        _save(tx, some, _rows(tx, some))


def rebuild(tx: Transaction) -> int:
    """Makes the whole queue anew from the other tables; how many rows it has. Nothing is lost by it."""
    tx.run(delete(wait_words))
    tx.run(delete(waits))
    tx.touched.clear()
    count = 0
    for some in _waiting(tx):
        facts = _rows(tx, some)
        _add(tx, facts)
        count += len(facts)
    return count


def _rows(look: Look, subjects: Sequence[str]) -> list[Fact]:
    """The rows of those that wait for a person."""
    return [finished(fact) for fact in (*of_allegations(look, subjects), *of_notices(look, subjects))]


def _in_turn(ids: Sequence[str], many: int) -> Iterator[Sequence[str]]:
    return (ids[start : start + many] for start in range(0, len(ids), many))


def _waiting(look: Look) -> Iterator[Sequence[str]]:
    ids = [*look.run(select(allegations.c.id).where(STILL_MATTERS)).scalars()]
    ids += look.run(select(notices.c.id).where(notices.c.state.in_(sorted(SET_ASIDE)))).scalars()
    yield from _in_turn(ids, _MANY)


def _save(tx: Transaction, subjects: Sequence[str], rows: list[Fact]) -> None:
    old = {row.subject: row._asdict() for row in tx.run(_STAND, {"these": subjects})}
    changed = [row for row in rows if old.get(row["subject"]) != row]
    gone = old.keys() - {row["subject"] for row in rows} | {row["subject"] for row in changed} & old.keys()
    if gone:
        tx.run(_NO_WORDS, {"these": list(gone)})
        tx.run(_NO_MORE, {"these": list(gone)})
    _add(tx, changed)


def _add(tx: Transaction, rows: list[Fact]) -> None:
    if rows:
        tx.run(_STANDS, rows)
    if words := [{"word": word, "subject": row["subject"]} for row in rows for word in sorted(words_of(row))]:
        tx.run(_FOUND_BY, words)
