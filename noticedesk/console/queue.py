"""The queue: what waits, in the order in which it presses, and the next case for who asks for it."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from starlette.responses import Response

from noticedesk import store
from noticedesk.console import reading
from noticedesk.console.ahead import reading_on
from noticedesk.console.casefile import FOR_LEGAL
from noticedesk.console.visit import Visit
from noticedesk.desk.cases import custody
from noticedesk.desk.staff import wellness
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.decision import Band, Decision
from noticedesk.model.person import Act, Person
from noticedesk.model.right import RightKind
from noticedesk.store import records, search

MOST_VIEWS = 12
LONGEST_NAME = 40


def home(visit: Visit) -> Response:
    """The page where a person's work begins."""
    return visit.go("/queue" if visit.who.may(Act.READ_CASE) else "/overview")


def show(visit: Visit) -> Response:
    """A page of the queue."""
    now = visit.desk.now()
    with visit.desk.db.read() as look:
        shelf = reading.shelf(look, visit.who, visit.query, now, visit.house.rules.first_answer_percent)
        last = just_decided(look, visit)
        people = {person.id: person.name for person in records.find(look, Person)}
    answer = visit.page(
        "queue",
        shelf=shelf,
        query=visit.query,
        chosen=reading.chosen(reading.filters(visit.query)),
        view=visit.query.text("view") or "all",
        views=reading.views(visit.who),
        own_views=visit.preferences.views if visit.preferences else (),
        lanes=[lane for lane in Lane if lane is not Lane.SAFETY or visit.who.may(Act.READ_SAFETY)],
        bands=list(Band),
        rights=list(RightKind),
        people=people,
        last=last,
        now=now,
    )
    return reading_on(visit, answer)


def save_view(visit: Visit) -> Response:
    """Keeps the filters in use under a name, for this person alone; the same name again replaces them."""
    name = " ".join(visit.form.text("name").split())[:LONGEST_NAME]
    query = {field: visit.form.text(field) for field in (*reading.FIELDS, "view") if visit.form.text(field)}
    if not name or not query:
        raise reading.BadFilter("a view of your own needs a name, and a filter to keep")
    _change_views(visit, lambda mine: {**mine, name: urlencode(query)})
    return visit.go("/queue", **query)


def forget_view(visit: Visit) -> Response:
    """Forgets a view of the person's own."""
    _change_views(visit, lambda mine: {name: query for name, query in mine.items() if name != visit.form.text("name")})
    return visit.go("/queue")


def _change_views(visit: Visit, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    with visit.desk.db.write() as tx:
        liked = wellness.of(tx, visit.who.id)
        changed = change(dict(liked.views))
        if len(changed) > MOST_VIEWS:
            raise reading.BadFilter(f"you have {MOST_VIEWS} views of your own; forget one first")
        wellness.keep(tx, replace(liked, views=tuple(changed.items())))


def take_next(visit: Visit) -> Response:
    """Takes the most pressing case that is free, and opens it."""
    return to_next(visit)


def to_next(visit: Visit, leaving: str = "", **told: str) -> Response:
    """The page of the next case in the person's hand, instead of the one they leave; the queue where none is left."""
    wanted = reading.permitted(reading.filters(visit.form), visit.who)
    taken = custody.take_next(visit.desk, visit.who, wanted, leaving=leaving)
    if taken is None:
        return visit.go("/queue", empty="1", **told)
    if taken.kind == "notice":
        return visit.go(f"/message/{taken.subject}", **told)
    if taken.state in FOR_LEGAL:
        return visit.go(f"/counter/{taken.subject}", **told)
    return visit.go(f"/case/{taken.claim}", allegation=taken.subject, **told)


def find(visit: Visit) -> Response:
    """The case that an id, address, URL or number leads to; the queue where there are several or none."""
    text = visit.query.text("text")
    with visit.desk.db.read() as look:
        found = search.claims_about(look, text, limit=2) if text else []
        safe = [id for id in found if _may_see(visit, records.get(look, Claim, id))]
    return visit.go(f"/case/{safe[0]}") if len(safe) == 1 else visit.go("/queue", text=text)


def _may_see(visit: Visit, claim: Claim) -> bool:
    return claim.lane is not Lane.SAFETY or visit.who.may(Act.READ_SAFETY)


def just_decided(look: store.Look, visit: Visit) -> tuple[Allegation, Decision] | None:
    """The decision from which the person comes, while it can be taken back."""
    wanted = visit.query.text("last")
    found = [item for item in records.find(look, Decision, id=wanted) if item.undone_at is None] if wanted else []
    if not found or visit.desk.now() > found[0].decided_at + visit.desk.policy.undo_window:
        return None
    return records.get(look, Allegation, found[0].allegation), found[0]
