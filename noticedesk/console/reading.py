"""What the queue page asks of the queue: its views, its filters, and never what is with the safety team."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from noticedesk import store
from noticedesk.console.visit import Sent
from noticedesk.desk.cases import notes, waiting
from noticedesk.model.casework import FirstAnswer
from noticedesk.model.person import Person
from noticedesk.model.right import RightKind
from noticedesk.store import records

TEXTS = ("right_kind", "holder", "band", "language", "flag", "state", "service", "text")
TEXTS_OF_GROUPS = ("listing", "seller", "picture", "campaign", "claim")
"""The fields of the filter form, and those that links to groups set."""


FIELDS = (*TEXTS, *TEXTS_OF_GROUPS, "lane", "score_from", "score_to")
"""Every field by which the queue is narrowed."""


@dataclass(frozen=True, slots=True)
class View:
    """A saved way to look at the queue."""

    id: str
    name: str
    narrow: Callable[[waiting.Filters, Person, datetime], waiting.Filters]
    desk: str = ""


VIEWS: tuple[View, ...] = (
    View("all", "Everything", lambda filters, person, now: filters),
    View("mine", "Mine", lambda filters, person, now: replace(filters, assignee=person.id)),
    View("today", "Due in 24 h", lambda filters, person, now: replace(filters, due_before=now + timedelta(hours=24))),
    View("borderline", "Borderline", lambda filters, person, now: replace(filters, band="borderline")),
    View("aside", "Put aside", lambda filters, person, now: replace(filters, aside_at=now)),
    View("trademark", "Trademark", lambda filters, person, now: replace(filters, right_kind=RightKind.TRADEMARK.value)),
    View("copyright", "Copyright", lambda filters, person, now: replace(filters, right_kind=RightKind.COPYRIGHT.value)),
    View("legal", "For legal", lambda filters, person, now: replace(filters, desks=("legal",)), "legal"),
)
"""The tabs of the queue; one for a desk is shown to who serves it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the queue, how many there are in each view, and the groups that its cases belong to.

    `blind` are those about which the person has to say what they think before they see what the software thinks.
    """

    page: waiting.Page
    counts: dict[str, int]
    groups: tuple[waiting.Group, ...]
    blind: frozenset[str]


class BadFilter(ValueError):
    """A filter that is none."""


def filters(query: Sent) -> waiting.Filters:
    """The filters of the form; raises BadFilter for a score that is none."""
    texts = {name: query.text(name) for name in (*TEXTS, *TEXTS_OF_GROUPS) if query.text(name)}
    lane = query.text("lane")
    return waiting.Filters(
        lanes=(lane,) if lane else (),
        score_from=_score(query.text("score_from")),
        score_to=_score(query.text("score_to")),
        **texts,  # type: ignore[arg-type]
    )


def views(person: Person) -> tuple[View, ...]:
    """The views of the desks that the person serves."""
    mine = waiting.desks_of(person)
    return tuple(view for view in VIEWS if not view.desk or view.desk in mine)


def shelf(look: store.Look, person: Person, wanted: Sent, now: datetime, percent: int) -> Shelf:
    """The page that the query asks for, of what the person may see; `percent` of the clear cases ask first."""
    mine = views(person)
    view = next((view for view in mine if view.id == wanted.text("view")), mine[0])
    given = permitted(view.narrow(filters(wanted), person, now), person)
    page = waiting.page(look, given, wanted.text("after"), now=now)
    bare = waiting.Filters()
    counts = {
        one.id: store.waiting.count(look, permitted(one.narrow(bare, person, now), person), waiting.COUNTED)
        for one in mine
    }
    return Shelf(page, counts, tuple(waiting.groups(look, page.items)), blind(look, person, page.items, percent))


def blind(look: store.Look, person: Person, items: Collection[waiting.Wait], percent: int) -> frozenset[str]:
    """Those of the rows whose page asks the person for an answer before it shows band, score and proposal."""
    asked = {item.subject for item in items if item.band and notes.asks_first(item.subject, item.band, percent)}
    known = records.find(look, FirstAnswer, allegation=asked, person=person.id) if asked else []
    return frozenset(asked - {answer.allegation for answer in known})


def permitted(wanted: waiting.Filters, person: Person) -> waiting.Filters:
    """The filters for the desks that the person serves; raises BadFilter for another's alone."""
    mine = waiting.desks_of(person)
    desks = tuple(desk for desk in mine if not wanted.desks or desk in wanted.desks)
    if not desks:
        raise BadFilter(f"{', '.join(wanted.desks) or 'no desk'}: that desk is not yours")
    return replace(wanted, desks=desks)


def chosen(wanted: waiting.Filters) -> dict[str, str]:
    """The filters in use, as the links of a page repeat them."""
    return {
        field.name: str(value)
        for field in fields(wanted)
        if field.name not in ("desks", "lanes", "aside_at") and (value := getattr(wanted, field.name)) is not None
    } | ({"lane": wanted.lanes[0]} if wanted.lanes else {})


def _score(text: str) -> float | None:
    try:
        score = float(text) if text else None
    except ValueError:
        score = -1.0
    if score is not None and not 0 <= score <= 1:
        raise BadFilter(f"{text[:20]!r} is no score; write a number from 0 to 1")
    return score
