"""Deciding the cases of one group alike: only what belongs together, each by itself, each with its own answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from noticedesk import store
from noticedesk.desk import review
from noticedesk.desk.cases import waiting
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import NotPermitted, require
from noticedesk.model.decision import Decision
from noticedesk.model.person import Act, Person
from noticedesk.settings import SettingError

MOST = 250
"""How many cases one bulk decision is about."""

TYPED_ABOVE = 25
"""Above this many, the person types how many there are."""


class BadBulk(ValueError):
    """A bulk decision about what is no group, about too many, or with another count than there are."""


@dataclass(frozen=True, slots=True)
class Member:
    """An allegation, as it stood at a version when the person saw it."""

    allegation: str
    version: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What came of one member: its decision, or why there is none."""

    allegation: str
    decision: Decision | None
    problem: str


@dataclass(frozen=True, slots=True)
class Together:
    """The group: what is the same (listing, seller, picture or campaign), and its value."""

    by: str
    key: str


def decide_all(
    desk: Desk, person: Person, group: Together, members: Sequence[Member], ruling: review.Ruling, typed: str = ""
) -> list[Fate]:
    """Decides about every member; one that changed meanwhile, or may not be decided, keeps the others from nothing.

    Raises NotPermitted, and BadBulk before anything is decided.
    """
    require(person, Act.DECIDE)
    check(desk, group, members, typed)
    return [_one(desk, person, member, ruling) for member in members]


def check(desk: Desk, group: Together, members: Sequence[Member], typed: str) -> None:
    """Raises BadBulk unless the members are of the group, not too many, and as many as the person typed."""
    if group.by not in waiting.GROUPS or not group.key:
        raise BadBulk(f"cases are decided together by {', '.join(waiting.GROUPS)}, not by {group.by[:20] or 'nothing'}")
    if not 0 < len(members) <= MOST or len({member.allegation for member in members}) != len(members):
        raise BadBulk(f"a group is decided with 1 to {MOST} cases, each once; this names {len(members)}")
    if len(members) > TYPED_ABOVE and typed != str(len(members)):
        raise BadBulk(f"these are {len(members)} cases: type {len(members)} to decide about all of them")
    with desk.db.read() as look:
        strangers = [item.allegation for item in members if not _belongs(look, item.allegation, group)]
    if strangers:
        raise BadBulk(f"{', '.join(strangers[:5])}: not of the same {group.by}, or no longer waiting")


def _belongs(look: store.Look, allegation: str, group: Together) -> bool:
    row = waiting.standing(look, allegation)
    return row is not None and row.desk == "specialist" and getattr(row, group.by) == group.key


def _one(desk: Desk, person: Person, member: Member, ruling: review.Ruling) -> Fate:
    try:
        return Fate(member.allegation, review.decide(desk, person, member.allegation, ruling, member.version), "")
    except store.Stale:
        return Fate(member.allegation, None, "it has changed since you saw it")
    except (NotPermitted, review.BadDecision, SettingError) as why:
        return Fate(member.allegation, None, str(why))
