"""What a queue is narrowed to, as conditions that an index answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.sql.util import ClauseAdapter

from noticedesk.model.claim import Lane
from noticedesk.store.database import Look
from noticedesk.store.errors import StoreError
from noticedesk.store.tables.waits import wait_words, waits
from noticedesk.store.waiting.facts import words_in

DESKS: Final = ("safety", "legal", "specialist")
_LANES: Final = [lane.value for lane in Lane]
_FEW: Final = 1_000
_NARROW: Final = 3
_EQUAL: Final = (
    "right_kind",
    "holder",
    "band",
    "language",
    "state",
    "assignee",
    "service",
    "listing",
    "seller",
    "picture",
    "campaign",
    "claim",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What of the queue is wanted; None (and no desk or lane) is everything.

    `holder` is the principal in any case of letters; `assignee` "" is what nobody is assigned to; scores are from 0 to
    1, both ends included; `due_before` finds nothing that has no date; `flag` is the id of a flag; `text` is words of
    the title, mark or holder, all of which must be there (the last one may be a beginning); `aside_at` is what is put
    aside at that instant.
    """

    desks: tuple[str, ...] = ()
    lanes: tuple[str, ...] = ()
    right_kind: str | None = None
    holder: str | None = None
    band: str | None = None
    score_from: float | None = None
    score_to: float | None = None
    language: str | None = None
    due_before: datetime | None = None
    flag: str | None = None
    state: str | None = None
    assignee: str | None = None
    service: str | None = None
    text: str | None = None
    listing: str | None = None
    seller: str | None = None
    picture: str | None = None
    campaign: str | None = None
    claim: str | None = None
    aside_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuses a desk or lane that there is not: it would be an empty queue without a word."""
        for given, known in ((self.desks, DESKS), (self.lanes, _LANES)):
            if unknown := set(given) - set(known):
                raise StoreError(f"no queue is called {', '.join(sorted(unknown))}; there are {', '.join(known)}")


def streams(look: Look, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Conditions that together are the filters: the rows of each stand in an index in the order of the queue."""
    said = [
        waits.c.subject.in_(select(wait_words.c.subject).where(word)) if _is_rare(look, word) else _says(word)
        for word in _words(filters)
    ]
    return _parts(filters, said)


def counted(filters: Filters) -> Select[Any]:
    """The same as one query for subjects in any order: where words are asked for, they are found from the words."""
    words = _words(filters)
    wanted = select(waits.c.subject).where(
        waits.c.desk.in_(filters.desks or DESKS), *_equal(filters), *_scored(filters), *map(_says, words[1:])
    )
    if filters.lanes:
        wanted = wanted.where(waits.c.lane_rank.in_([_LANES.index(lane) for lane in filters.lanes]))
    if filters.due_before:
        wanted = wanted.where(waits.c.lane_rank.in_(range(len(_LANES))), *_due(filters.due_before))
    if not words:
        return wanted
    joined = wanted.join(wait_words, wait_words.c.subject == waits.c.subject).where(words[0])
    # only the beginning of a word may be that of several words of one row
    return joined.distinct() if len(words) == 1 and not filters.flag else joined


def _parts(filters: Filters, said: Sequence[ColumnElement[bool]]) -> Iterator[ColumnElement[bool]]:
    common = and_(true(), *_equal(filters), *_scored(filters), *said)
    for desk, lane, tenth in product(filters.desks or DESKS, _lanes(filters), _tenths(filters)):
        here = [waits.c.desk == desk]
        here += [waits.c.lane_rank == lane] if lane is not None else []
        here += [waits.c.tenth == tenth] if tenth is not None else []
        here += _due(filters.due_before) if filters.due_before else []
        yield and_(common, *here)


def _due(before: datetime) -> list[ColumnElement[bool]]:
    """The hour bounds the index, the instant what it finds."""
    return [waits.c.due_hour <= before, waits.c.due_at < before]


def _lanes(filters: Filters) -> list[int | None]:
    """The lanes by which the queue is read one by one: with a due time it is in order only within each."""
    named = filters.lanes or (_LANES if filters.due_before else ())
    return [_LANES.index(lane) for lane in named] or [None]


def _equal(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.aside_at is not None:
        # few are put aside: they are found first, by their own index
        aside = waits.alias("aside")
        yield waits.c.subject.in_(select(aside.c.subject).where(aside.c.snoozed_until > filters.aside_at))
    for name in _EQUAL:
        value = getattr(filters, name)
        if value is not None:
            yield waits.c[name] == (" ".join(value.lower().split()) if name == "holder" else value)


def _scored(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.score_from is not None:
        yield waits.c.score >= filters.score_from
    if filters.score_to is not None:
        yield waits.c.score <= filters.score_to


def _tenths(filters: Filters) -> list[int | None]:
    """The tenths by which a narrow range of scores is read; else, or with another filter, each row is asked."""
    low, high = filters.score_from, filters.score_to
    if (low is None and high is None) or any(True for _ in _equal(filters)):
        return [None]
    first = max(0, int((low or 0.0) * 10))
    last = min(10, int((1.0 if high is None else high) * 10 + 1e-9))
    return [*range(first, last + 1)] if last - first < _NARROW else [None]


def _words(filters: Filters) -> list[ColumnElement[bool]]:
    """What is asked of the words: the flag and whole words first, then the beginning of a word."""
    words = words_in(filters.text or "")
    exact = [*([f"flag:{filters.flag}"] if filters.flag else []), *words[:-1]]
    conditions = [wait_words.c.word == word for word in exact]
    if words:
        conditions.append(and_(wait_words.c.word >= words[-1], wait_words.c.word < f"{words[-1]}\U0010fffd"))
    return conditions


def _says(word: ColumnElement[bool]) -> ColumnElement[bool]:
    other = wait_words.alias("said")
    asked = ClauseAdapter(other).traverse(word)
    return select(other.c.word).where(asked, other.c.subject == waits.c.subject).exists()


def _is_rare(look: Look, condition: ColumnElement[bool]) -> bool:
    some = select(wait_words.c.word).where(condition).limit(_FEW + 1).subquery()
    return int(look.run(select(func.count()).select_from(some)).scalar_one()) <= _FEW
