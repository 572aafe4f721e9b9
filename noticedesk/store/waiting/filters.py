"""What a queue is narrowed to, as conditions that an index answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select, true

from noticedesk.model.claim import Lane
from noticedesk.store.database import Look
from noticedesk.store.errors import StoreError
from noticedesk.store.tables.waits import wait_words, waits
from noticedesk.store.waiting.facts import words_in

DESKS: Final = ("safety", "legal", "specialist")
_LANES: Final = [lane.value for lane in Lane]
_FEW: Final = 1_000
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
    the title, mark or holder, all of which must be there (the last one may be a beginning).
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

    def __post_init__(self) -> None:
        """Refuses a desk or lane that there is not: it would be an empty queue without a word."""
        for given, known in ((self.desks, DESKS), (self.lanes, _LANES)):
            if unknown := set(given) - set(known):
                raise StoreError(f"no queue is called {', '.join(sorted(unknown))}; there are {', '.join(known)}")


def streams(look: Look, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Conditions that together are the filters: the rows of each stand in an index in the order of the queue."""
    common = and_(true(), *_equal(filters), *_scored(filters), *_said(look, filters))
    for desk, lane, tenth in product(filters.desks or DESKS, _lanes(filters), _tenths(filters)):
        here = [waits.c.desk == desk]
        here += [waits.c.lane_rank == lane] if lane is not None else []
        here += [waits.c.tenth == tenth] if tenth is not None else []
        # the hour bounds the index, the instant what it finds
        here += (
            [waits.c.due_hour <= filters.due_before, waits.c.due_at < filters.due_before] if filters.due_before else []
        )
        yield and_(common, *here)


def _lanes(filters: Filters) -> list[int | None]:
    """The lanes by which the queue is read one by one: with a due time it is in order only within each."""
    named = filters.lanes or (_LANES if filters.due_before else ())
    return [_LANES.index(lane) for lane in named] or [None]


def _equal(filters: Filters) -> Iterator[ColumnElement[bool]]:
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
    if filters.score_from is None and filters.score_to is None:
        return [None]
    low, high = filters.score_from or 0.0, 1.0 if filters.score_to is None else filters.score_to
    return [*range(max(0, int(low * 10)), min(10, int(high * 10 + 1e-9)) + 1)]


def _said(look: Look, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """That each word is one of the row's: looked up where the word is rare, asked of each row where it is common."""
    words = words_in(filters.text or "")
    exact = [*words[:-1], *([f"flag:{filters.flag}"] if filters.flag else [])]
    conditions = [wait_words.c.word == word for word in exact]
    if words:
        conditions.append(and_(wait_words.c.word >= words[-1], wait_words.c.word < f"{words[-1]}\U0010fffd"))
    for condition in conditions:
        if _is_rare(look, condition):
            yield waits.c.subject.in_(select(wait_words.c.subject).where(condition))
        else:
            yield select(wait_words.c.word).where(condition, wait_words.c.subject == waits.c.subject).exists()


def _is_rare(look: Look, condition: ColumnElement[bool]) -> bool:
    some = select(wait_words.c.word).where(condition).limit(_FEW + 1).subquery()
    return int(look.run(select(func.count()).select_from(some)).scalar_one()) <= _FEW
