"""What the queue page asks of the queue: its views, its filters, and never what is with the safety team."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from noticedesk import store
from noticedesk.console.visit import Sent
from noticedesk.desk import waiting
from noticedesk.model.claim import Lane
from noticedesk.model.person import Act, Person
from noticedesk.model.right import RightKind

TEXTS = ("right_kind", "holder", "band", "language", "flag", "state", "service", "text")
TEXTS_OF_GROUPS = ("listing", "seller", "picture", "campaign", "claim")
"""The fields of the filter form, and those that links to groups set."""


@dataclass(frozen=True, slots=True)
class View:
    """A saved way to look at the queue."""

    id: str
    name: str
    narrow: Callable[[waiting.Filters, Person, datetime], waiting.Filters]


VIEWS: tuple[View, ...] = (
    View("all", "Everything", lambda filters, person, now: filters),
    View("mine", "Mine", lambda filters, person, now: replace(filters, assignee=person.id)),
    View("today", "Due in 24 h", lambda filters, person, now: replace(filters, due_before=now + timedelta(hours=24))),
    View("borderline", "Borderline", lambda filters, person, now: replace(filters, band="borderline")),
    View("trademark", "Trademark", lambda filters, person, now: replace(filters, right_kind=RightKind.TRADEMARK.value)),
    View("copyright", "Copyright", lambda filters, person, now: replace(filters, right_kind=RightKind.COPYRIGHT.value)),
    View("legal", "For legal", lambda filters, person, now: replace(filters, desks=("legal",))),
)
"""The tabs of the queue."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the queue, how many there are in each view, and the groups that its cases belong to."""

    page: waiting.Page
    counts: dict[str, int]
    groups: tuple[waiting.Group, ...]


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


def shelf(look: store.Look, person: Person, wanted: Sent, now: datetime) -> Shelf:
    """The page that the query asks for, of what the person may see."""
    given = permitted(filters(wanted), person)
    view = next((view for view in VIEWS if view.id == wanted.text("view")), VIEWS[0])
    page = waiting.page(look, view.narrow(given, person, now), wanted.text("after"), now=now)
    bare = permitted(waiting.Filters(), person)
    counts = {one.id: store.waiting.count(look, one.narrow(bare, person, now), waiting.COUNTED) for one in VIEWS}
    return Shelf(page, counts, tuple(waiting.groups(look, page.items)))


def permitted(wanted: waiting.Filters, person: Person) -> waiting.Filters:
    """The filters, without what only the safety team may see."""
    if person.may(Act.READ_SAFETY):
        return wanted
    open_lanes = tuple(lane.value for lane in Lane if lane is not Lane.SAFETY)
    lanes = tuple(lane for lane in wanted.lanes if lane in open_lanes)
    return replace(wanted, lanes=lanes or open_lanes, desks=wanted.desks or ("specialist", "legal"))


def chosen(wanted: waiting.Filters) -> dict[str, str]:
    """The filters in use, as the links of a page repeat them."""
    return {
        field.name: str(value)
        for field in fields(wanted)
        if field.name not in ("desks", "lanes") and (value := getattr(wanted, field.name)) is not None
    } | ({"lane": wanted.lanes[0]} if wanted.lanes else {})


def _score(text: str) -> float | None:
    try:
        score = float(text) if text else None
    except ValueError:
        score = -1.0
    if score is not None and not 0 <= score <= 1:
        raise BadFilter(f"{text[:20]!r} is no score; write a number from 0 to 1")
    return score
