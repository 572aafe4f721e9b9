"""Changes at the platform: a listing edited or deleted, an account closed, and what that means for each allegation."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from noticedesk import store
from noticedesk.desk.actors import PLATFORM
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import escalate
from noticedesk.desk.mail import correspondence
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.event import Event
from noticedesk.model.listing import Listing, Restriction
from noticedesk.store import chain, moves, records

_S = AllegationState

SEEN = frozenset({_S.GATHERED, _S.COMPARED, _S.IN_REVIEW})
"""Captured, and not decided: an edit makes what was captured old."""

UNDECIDED = SEEN | {_S.REPORTED, _S.UNREACHABLE, _S.AWAITING_SELLER, _S.ACTION_FAILED}
"""Whatever ends, before a person, when the listing is deleted."""

DOWN = frozenset({_S.ACTIONED, _S.COUNTERED, _S.KEPT_DOWN})
"""A measure lies on the listing, or is answered: to put it back is what may be asked."""

OVER = frozenset({_S.NOT_OURS, _S.DISMISSED, _S.WITHDRAWN, _S.RESTORED})
"""Nothing is left to do, unless a measure still lies on the listing."""


NO_CASE = "no case is about it: nothing to do"
"""What is said of a listing or account that no complaint is about."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event as it came: its webhook-id, type and data, and the digest of its body."""

    id: str
    type: str
    data: dict[str, object]
    sha256: str


Judge = Callable[[Desk, store.Transaction, Allegation, Delivery], str]


def edited(desk: Desk, tx: store.Transaction, delivery: Delivery) -> str:
    """What is under review is gathered and compared again, beside the evidence there is; the rest is noted."""
    return _each(desk, tx, delivery, _about_listing(tx, delivery), _look_again)


def deleted(desk: Desk, tx: store.Transaction, delivery: Delivery) -> str:
    """What is not decided is gone, and a person says so; that what is down cannot be put back is told to legal."""
    return _each(desk, tx, delivery, _about_listing(tx, delivery), _gone)


def closed(desk: Desk, tx: store.Transaction, delivery: Delivery) -> str:
    """Noted on every open allegation about the account's listings; legal is told where an answer is being judged."""
    service, account = str(delivery.data["service"]), str(delivery.data["account"])
    listings = records.find(tx, Listing, service=service, account=account)
    about = records.find(tx, Allegation, listing=[listing.id for listing in listings])
    live = [item for item in about if _is_open(tx, item)]
    return _each(desk, tx, delivery, live, _account_closed)


def _each(desk: Desk, tx: store.Transaction, delivery: Delivery, about: Sequence[Allegation], judge: Judge) -> str:
    """Judges each allegation, notes the event with it, and counts what came of them in words."""
    if not about:
        return NO_CASE
    done: Counter[str] = Counter()
    for allegation in about:
        outcome = judge(desk, tx, allegation, delivery)
        told: dict[str, chain.Detail] = {"delivery": delivery.id, "outcome": outcome, "by": _by(delivery)}
        chain.append(tx, PLATFORM, delivery.type, allegation.id, allegation.claim, told)
        done[outcome] += 1
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(done.items()))


def _about_listing(look: store.Look, delivery: Delivery) -> list[Allegation]:
    service, item = str(delivery.data["service"]), str(delivery.data["item"])
    listings = records.find(look, Listing, service=service, item=item)
    return [one for listing in listings for one in records.find(look, Allegation, listing=listing.id)]


def _look_again(desk: Desk, tx: store.Transaction, allegation: Allegation, delivery: Delivery) -> str:
    """A seller who edits without end must not keep a listing from being decided: after some times it is only noted."""
    if allegation.state not in SEEN:
        return "noted"
    if records.count(tx, Event, act="allegation.reported", subject=allegation.id) > desk.policy.regathers:
        return "noted: looked at often enough"
    correspondence.withdraw(tx, allegation)
    moves.move(tx, allegation, _S.REPORTED, PLATFORM, why="the listing was edited", delivery=delivery.id)
    return "looked at again"


def _gone(desk: Desk, tx: store.Transaction, allegation: Allegation, delivery: Delivery) -> str:
    if allegation.state in UNDECIDED:
        correspondence.withdraw(tx, allegation)
        moves.move(tx, allegation, _S.GONE, PLATFORM, why=f"deleted at the platform ({_by(delivery)})")
        return "gone"
    if allegation.state not in DOWN and not _measures(tx, allegation):
        return "noted"
    question = (
        f"The listing of {allegation.id} ({allegation.state}) was deleted at the platform ({_by(delivery)}). "
        "Its measure stays on record; it cannot be put back any more. What follows for answers and clocks?"
    )
    _ask_legal(desk, tx, allegation, question)
    return "cannot be put back"


def _account_closed(desk: Desk, tx: store.Transaction, allegation: Allegation, delivery: Delivery) -> str:
    if allegation.state is not _S.COUNTERED:
        return "noted"
    question = (
        f"The account behind {allegation.id} was closed ({_by(delivery)}) while its counter-notice is open. "
        "Its clocks run on. What follows?"
    )
    _ask_legal(desk, tx, allegation, question)
    return "told to legal"


def _ask_legal(desk: Desk, tx: store.Transaction, allegation: Allegation, question: str) -> None:
    """Asks once for each allegation and question."""
    if not records.find(tx, Escalation, about=allegation.id, question=question):
        escalate.ask(desk, tx, PLATFORM, (allegation.claim, allegation.id), Team.LEGAL, question)


def _is_open(look: store.Look, allegation: Allegation) -> bool:
    return allegation.state not in OVER or _measures(look, allegation)


def _measures(look: store.Look, allegation: Allegation) -> bool:
    return bool(records.find(look, Restriction, allegation=allegation.id, lifted_at=None, limit=1))


def _by(delivery: Delivery) -> str:
    return str(delivery.data.get("by") or "unknown")
