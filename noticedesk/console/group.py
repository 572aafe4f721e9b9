"""Cases that belong together, decided alike: chosen one by one, shown again before anything happens."""

from starlette.responses import Response

from noticedesk.console import reading
from noticedesk.console.choices import MEASURES, action_for, choices
from noticedesk.console.handling import BadForm, one_of
from noticedesk.console.visit import Visit
from noticedesk.desk import review
from noticedesk.desk.cases import bulk, waiting
from noticedesk.model.action import Action, Reason
from noticedesk.model.person import Person
from noticedesk.model.right import RightKind
from noticedesk.store import records


def show(visit: Visit) -> Response:
    """The cases of a group that wait for a specialist, each to be chosen; never those that ask for an answer first."""
    group = bulk.Together(visit.query.text("by"), visit.query.text("key"))
    items, blind = _members(visit, group)
    rights = {item.right_kind for item in items}
    right = RightKind(rights.pop()) if len(rights) == 1 and "" not in rights else None
    with visit.desk.db.read() as look:
        people = {person.id: person.name for person in records.find(look, Person)}
    return visit.page(
        "group",
        group=group,
        items=items,
        blind=blind,
        choices=choices(right, None, visit.desk.reasons),
        actions=MEASURES,
        people=people,
        most=bulk.MOST,
        now=visit.desk.now(),
    )


def preview(visit: Visit) -> Response:
    """What would be decided about which cases; nothing is decided yet."""
    group, chosen, ruling = _asked(visit)
    items, _ = _members(visit, group)
    wanted = {member.allegation: member.version for member in chosen}
    shown = [item for item in items if wanted.get(item.subject) == item.version]
    if not shown:
        raise BadForm("choose at least one case; those that have changed meanwhile are shown anew on the page before")
    return visit.page(
        "bulk",
        group=group,
        items=shown,
        changed=len(wanted) - len(shown),
        ruling=ruling,
        says=visit.desk.reasons[ruling.reason],
        typed=len(shown) > bulk.TYPED_ABOVE,
    )


def decide(visit: Visit) -> Response:
    """Decides about each, and says of each what came of it."""
    group, chosen, ruling = _asked(visit)
    _, blind = _members(visit, group)
    if asked := [member.allegation for member in chosen if member.allegation in blind]:
        raise BadForm(f"{', '.join(asked[:5])}: say first what you think of each; these are decided one by one")
    fates = bulk.decide_all(visit.desk, visit.who, group, chosen, ruling, visit.form.text("typed"))
    return visit.page("decided", fates=fates, ruling=ruling, done=sum(fate.decision is not None for fate in fates))


def _members(visit: Visit, group: bulk.Together) -> tuple[tuple[waiting.Waiting, ...], frozenset[str]]:
    if group.by not in waiting.GROUPS or not group.key:
        raise BadForm(f"cases go together by {', '.join(waiting.GROUPS)}")
    wanted = waiting.Filters(desks=("specialist",), **{group.by: group.key})  # type: ignore[arg-type]
    percent = visit.house.rules.first_answer_percent
    with visit.desk.db.read() as look:
        items = waiting.page(look, reading.permitted(wanted, visit.who), limit=bulk.MOST, now=visit.desk.now()).items
        return items, reading.blind(look, visit.who, items, percent)


def _asked(visit: Visit) -> tuple[bulk.Together, tuple[bulk.Member, ...], review.Ruling]:
    reason = one_of(Reason, visit.form.text("reason"))
    action = action_for(reason, one_of(Action, visit.form.text("action")))
    ruling = review.Ruling(action=action, reason=reason, note=visit.form.text("note"))
    members = tuple(_member(text) for text in visit.form.several("item"))
    return bulk.Together(visit.form.text("by"), visit.form.text("key")), members, ruling


def _member(text: str) -> bulk.Member:
    allegation, _, version = text.partition(":")
    if not version.isdecimal():
        raise BadForm(f"{text[:40]!r} names no case of this page; open the group again")
    return bulk.Member(allegation, int(version))
