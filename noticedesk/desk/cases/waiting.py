"""What waits for a person, most pressing first and why, and everything there is to know about one case.

The queue is read from a table of its own that every transaction keeps up to date (store/waiting): nothing here reads a
whole table. Who holds, is assigned or has snoozed a claim is its Custody; a row shows what that says.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

from noticedesk import store
from noticedesk.desk.cases.casefile import AllegationFile, Case, case, latest_proposal
from noticedesk.model.person import Act, Person
from noticedesk.store.waiting import GROUPS, Filters, Group, Precedent, Wait

__all__ = [
    "GROUPS",
    "AllegationFile",
    "Case",
    "Filters",
    "Group",
    "Page",
    "Precedent",
    "Precedents",
    "Wait",
    "Waiting",
    "case",
    "desks_of",
    "groups",
    "latest_proposal",
    "next",
    "page",
    "precedents",
    "standing",
    "waiting",
]

COUNTED = 1_000
"""How far a queue is counted: one more means "more than 1,000"."""

GROUPED = 100
"""How far a group is counted: a page has many, and whether it is large is all that a row says."""

_ALL = Filters()
_MANY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting(Wait):
    """One thing that waits for a person, and `order`: in words, why it stands where it stands."""

    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of the queue; `after` asks for what follows, empty on the last page; `count` is COUNTED + 1 for "more"."""

    items: tuple[Waiting, ...]
    after: str
    count: int

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedents:
    """What was decided before about the same holder, mark, seller and picture."""

    items: tuple[Precedent, ...]


def page(
    look: store.Look, filters: Filters = _ALL, after: str = "", limit: int = 50, *, now: datetime | None = None
) -> Page:
    """The queue behind `after`: by lane, then the hour in which it is due (undated last), then risk.

    Raises StoreError for an `after` that is the end of no page. As quick deep in the queue as at its start.
    """
    found = store.waiting.line(look, filters, after, limit)
    at = now or datetime.now(UTC)
    items = tuple(_explained(item, at) for item in found.items)
    return Page(items=items, after=found.after, count=store.waiting.count(look, filters, COUNTED))


def waiting(look: store.Look, filters: Filters = _ALL, *, now: datetime | None = None) -> Iterator[Waiting]:
    """Everything that waits for a person, page by page: allegations, and messages set aside."""
    at, after = now or datetime.now(UTC), ""
    while True:
        found = store.waiting.line(look, filters, after, _MANY)
        yield from (_explained(item, at) for item in found.items)
        if not (after := found.after):
            return


def next(
    look: store.Look,
    person: Person,
    filters: Filters = _ALL,
    *,
    now: datetime | None = None,
    passing: Collection[str] = (),
) -> str | None:
    """The subject (allegation or notice) that the person should take next, or None.

    Passes over what another holds or is assigned, what is snoozed, what they decided themselves, what is at a desk
    that their roles do not serve, and `passing` (what they have skipped). Taking it is another act, and may fail.
    """
    mine = desks_of(person)
    desks = tuple(desk for desk in mine if not filters.desks or desk in filters.desks)
    if not desks:
        return None
    given = {field.name: getattr(filters, field.name) for field in fields(Filters)}
    return store.waiting.first_for(
        look, person.id, Filters(**given | {"desks": desks}), now or datetime.now(UTC), passing
    )


def desks_of(person: Person) -> tuple[str, ...]:
    """The desks whose cases the person may take, most pressing first."""
    serves = [("safety", Act.READ_SAFETY), ("legal", Act.DECIDE_COUNTER_NOTICE), ("specialist", Act.DECIDE)]
    return tuple(desk for desk, act in serves if person.may(act))


def standing(look: store.Look, subject: str, *, now: datetime | None = None) -> Waiting | None:
    """The row of one allegation or notice; None where it waits for nobody."""
    found = store.waiting.standing(look, subject)
    return _explained(found, now or datetime.now(UTC)) if found else None


def groups(look: store.Look, items: Collection[Wait]) -> list[Group]:
    """The groups of two and more that these cases belong to (same listing, seller, picture, campaign), largest first.

    Counted to GROUPED + 1. The members of a group are the page with that filter, e.g. Filters(picture=group.key).
    """
    return store.waiting.groups(look, items, GROUPED)


def precedents(look: store.Look, allegation: str) -> Precedents:
    """Counts by action and reason, and the latest, of standing decisions about the same holder, mark, seller, picture.

    Of each the newest 250 allegations are looked at; `more` says where there are older ones.
    """
    return Precedents(items=tuple(store.waiting.precedents(look, allegation)))


def _explained(item: Wait, now: datetime) -> Waiting:
    given = {field.name: getattr(item, field.name) for field in fields(Wait)}
    return Waiting(**given, order=_order(item, now))


def _order(item: Wait, now: datetime) -> tuple[str, ...]:
    risk = ", ".join(code.replace("_", " ") for code in item.risk_why)
    return (
        f"lane {item.lane.replace('_', ' ')}",
        _due(item.due_at, now),
        f"risk {item.risk}: {risk}" if risk else f"risk {item.risk}",
    )


def _due(due: datetime | None, now: datetime) -> str:
    if due is None:
        return "no due time"
    return f"overdue {_span(now - due)}" if due < now else f"due in {_span(due - now)}"


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"
