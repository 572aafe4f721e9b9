"""Marks in the titles of listings, searched in the database: candidates by trigrams, then the scorer of the matchers.

PostgreSQL narrows a million titles down by its own index (pg_trgm); SQLite has none, so there every title is scored.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, delete, insert, or_, select, text

from matchers.finding import Finding
from matchers.text import Marks
from matchers.text.keys import mark_keys, title_key
from noticedesk.store.database import Look, Transaction
from noticedesk.store.tables.holders import listings
from noticedesk.store.tables.titles import title_keys

__all__ = ["refresh", "search"]

_AT_ONCE: Final = 1_000
_LIKENESS: Final = {4: 0.21, 5: 0.2, 6: 0.2, 7: 0.2, 9: 0.105}
_LIKENESS_OF_LONG: Final = 0.12
"""How alike, by shared trigrams, a stretch of the title must be to a key of so many letters.

A letter pair exchanged breaks four trigrams of the n + 1 that n letters have. What one of them (up to seven letters) or
two leave over is shared by stretches as long as the key at no less than this, and a single shared trigram is less.
"""

_SHORTEST: Final = 4
"""Shorter keys have too few trigrams to be like anything; they must stand there letter by letter, as in the scorer."""


def refresh(tx: Transaction) -> int:
    """Makes the keys of titles that have none or have changed, and says how many; cheap where nothing has."""
    made = 0
    while rows := tx.run(_STALE).all():
        tx.run(delete(title_keys).where(title_keys.c.id.in_([row.id for row in rows])))
        tx.run(insert(title_keys), [{"id": row.id, "title": row.title, "key": title_key(row.title)} for row in rows])
        made += len(rows)
    return made


def search(look: Look, marks: Sequence[str]) -> Iterator[tuple[str, list[Finding]]]:
    """The listings whose title may hold any of the marks, by their ids, each with its findings; `refresh` before."""
    scorer = Marks(marks)
    for row in _candidates(look, marks) if look.on_postgres else look.run(_ALL):
        if found := scorer.find(row.title):
            yield row.id, found


_STALE: Final = (
    select(listings.c.id, listings.c.title)
    .outerjoin(title_keys, title_keys.c.id == listings.c.id)
    .where(listings.c.title != "", or_(title_keys.c.id.is_(None), title_keys.c.title != listings.c.title))
    .order_by(listings.c.id)
    .limit(_AT_ONCE)
)

_THRESHOLD: Final = text("SELECT set_config('pg_trgm.word_similarity_threshold', :least, true)")

_ALL: Final = select(title_keys.c.id, title_keys.c.title).order_by(title_keys.c.id)


def _candidates(look: Look, marks: Sequence[str]) -> Iterator[Row[Any]]:
    """The titles that share enough trigrams with a key of any mark, in the order of their ids."""
    keys = sorted({key for mark in marks for key in mark_keys(mark)})
    ids = sorted({one for key in keys for one in _near(look, key)})
    for start in range(0, len(ids), _AT_ONCE):
        yield from look.run(_ALL.where(title_keys.c.id.in_(ids[start : start + _AT_ONCE])))


def _near(look: Look, key: str) -> Sequence[str]:
    """The titles that share enough trigrams with one key; the index reads the threshold from the transaction."""
    look.run(_THRESHOLD.bindparams(least=str(_LIKENESS.get(len(key), _LIKENESS_OF_LONG))))
    return look.run(select(title_keys.c.id).where(_like(key))).scalars().all()


def _like(key: str) -> ColumnElement[bool]:
    if len(key) < _SHORTEST:
        return title_keys.c.key.contains(key)
    return title_keys.c.key.bool_op("%>")(key)
