"""Measures: what lies on a listing, all allegations taken together; it alone decides what the platform is asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from noticedesk import store
from noticedesk.model.action import Action
from noticedesk.model.decision import Decision
from noticedesk.model.listing import Listing, Restriction
from noticedesk.store import records

ON_THE_LISTING = (
    Action.REMOVE,
    Action.DISABLE,
    Action.GEO_RESTRICT,
    Action.REMOVE_PART,
    Action.DEMOTE,
    Action.LABEL,
)
ON_THE_ACCOUNT = (Action.TERMINATE_ACCOUNT, Action.SUSPEND_ACCOUNT, Action.HOLD_FUNDS)

LASTING = (*ON_THE_LISTING, *ON_THE_ACCOUNT)
"""What lies on a listing until it is lifted, strictest first; to warn and to forward leaves nothing that lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One kind of measure on a listing: everywhere if no territories, all of it if no parts, for good if no end."""

    action: Action
    territories: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    until: datetime | None = None


def live(look: store.Look, listing: Listing) -> list[Restriction]:
    """The restrictions not lifted: those of the listing, and those of its account that came with another listing."""
    mine = records.find(look, Restriction, listing=listing.id, lifted_at=None)
    if not listing.account:
        return mine
    others = records.find(look, Listing, service=listing.service, account=listing.account)
    ids = [other.id for other in others if other.id != listing.id]
    return mine + records.find(look, Restriction, listing=ids, action=ON_THE_ACCOUNT, lifted_at=None)


def after(look: store.Look, listing: Listing, decision: Decision) -> tuple[Measure, ...]:
    """The measures that lie on the listing once the decision is carried out, strictest first."""
    left = [item for item in live(look, listing) if not replaces(decision, item)]
    return union([*map(_of_restriction, left), *_own(decision)])


def now(look: store.Look, listing: Listing) -> tuple[Measure, ...]:
    """The measures that lie on the listing, as far as the platform has confirmed them, strictest first."""
    return union(map(_of_restriction, live(look, listing)))


def replaces(decision: Decision, restriction: Restriction) -> bool:
    """Whether the decision ends that restriction: a lift all of its allegation, a new measure those of its own kind."""
    if restriction.allegation != decision.allegation:
        return False
    if decision.action is Action.RESTORE:
        return True
    kind = next((kind for kind in (ON_THE_LISTING, ON_THE_ACCOUNT) if decision.action in kind), ())
    return restriction.action in kind


def union(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures taken together, strictest first: those that differ only in where they apply become one."""
    where: dict[Measure, list[tuple[str, ...]]] = {}
    for measure in measures:
        where.setdefault(replace(measure, territories=()), []).append(measure.territories)
    joined = [replace(measure, territories=_all(several)) for measure, several in where.items()]
    return tuple(sorted(joined, key=_strictness))


def _strictness(measure: Measure) -> tuple[int, tuple[str, ...], bool, str]:
    return LASTING.index(measure.action), measure.parts, measure.until is not None, str(measure.until)


def _all(several: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Every place named; none, which stands for everywhere, as soon as one measure names none."""
    return tuple(sorted({one for some in several for one in some})) if all(several) else ()


def _own(decision: Decision) -> list[Measure]:
    if decision.action not in LASTING:
        return []
    return [
        Measure(action=decision.action, territories=decision.territories, parts=decision.parts, until=decision.until)
    ]


def _of_restriction(item: Restriction) -> Measure:
    return Measure(action=item.action, territories=item.territories, parts=item.parts, until=item.until)
