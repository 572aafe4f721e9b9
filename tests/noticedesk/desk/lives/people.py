"""What people of the desk, and the platform by itself, do in a history; the desk may refuse any of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from noticedesk import store
from noticedesk.desk import review
from noticedesk.desk.answer import accept, inquiry
from noticedesk.desk.deadlines import byhandclocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import changes, platform
from noticedesk.desk.review import Ruling
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.clock import Clock
from noticedesk.model.person import Person
from noticedesk.store import records
from tests.noticedesk.desk.lives.history import History, Step


@dataclass(frozen=True, slots=True)
class Act:
    """Who does it, and what it is, about one allegation."""

    who: str
    do: Callable[[Desk, Person, Allegation], object]


def _ruling(action: Action, reason: Reason, *territories: str, hours: int = 0) -> Callable[..., object]:
    def do(desk: Desk, person: Person, one: Allegation) -> object:
        until = desk.now() + timedelta(hours=hours) if hours else None
        ruling = Ruling(action=action, reason=reason, territories=territories, until=until)
        return review.decide(desk, person, one.id, ruling, one.version)

    return do


def _ask(desk: Desk, person: Person, one: Allegation) -> object:
    return inquiry.ask_seller(desk, person, one.id, one.version)


def _accept(desk: Desk, person: Person, one: Allegation) -> object:
    return accept.accept(desk, person, one.id, one.version)


def _take_back(desk: Desk, person: Person, one: Allegation) -> object:
    return review.undo(desk, person, one.id)


def _restore_retracted(desk: Desk, person: Person, one: Allegation) -> object:
    """Legal restores what was taken back, and leaves alone what others claim about the same listing."""
    if one.state is not AllegationState.WITHDRAWN:
        raise ValueError(f"{one.id} is {one.state}: nothing of it was taken back")
    return _ruling(Action.RESTORE, Reason.RETRACTED)(desk, person, one)


def _change_clock(desk: Desk, person: Person, one: Allegation) -> object:
    """Legal stops the clock of the allegation that is due last; it may not move what is due when."""
    with desk.db.read() as look:
        mine = records.find(look, Clock, allegation=one.id)
    last = max(mine, key=lambda item: (item.due, item.id), default=None)
    return last and byhandclocks.by_hand(desk, person, last.id, "cancel", "the parties agreed")


ACTS: dict[str, Act] = {
    "remove": Act("ann", _ruling(Action.DISABLE, Reason.COPY)),
    "restrict in a country": Act("ann", _ruling(Action.GEO_RESTRICT, Reason.COPY, "FR")),
    "demote for a time": Act("ann", _ruling(Action.DEMOTE, Reason.PENDING_REVIEW, hours=100)),
    "refuse": Act("ann", _ruling(Action.NONE, Reason.NOT_SAME)),
    "ask the seller": Act("bo", _ask),
    "take back a decision": Act("ann", _take_back),
    "accept the counter-notice": Act("cy", _accept),
    "approve the put-back": Act("cy", _ruling(Action.RESTORE, Reason.COUNTER_NOTICE_LAPSE)),
    "restore what was retracted": Act("cy", _restore_retracted),
    "restore what was an error": Act("di", _ruling(Action.RESTORE, Reason.OUR_ERROR)),
    "keep down for a court": Act("cy", _ruling(Action.DISABLE, Reason.COURT_ACTION)),
    "reject the counter-notice": Act("di", _ruling(Action.DISABLE, Reason.COPY)),
    "uphold the appeal": Act("bo", _ruling(Action.RESTORE, Reason.APPEAL_UPHELD)),
    "change a clock": Act("cy", _change_clock),
}
"""What people do."""

CHANGES = {"listing deleted": "listing.deleted", "listing edited": "listing.edited", "account closed": "account.closed"}
"""What the platform tells of its own."""


def changed(desk: Desk, history: History, step: Step) -> None:
    """The platform tells of a listing or an account."""
    type_ = CHANGES[step.what]
    for item in history.items(step.about):
        said: dict[str, object] = {"service": history.place.id, "by": "seller"}
        said |= {"account": history.name("q")} if type_ == "account.closed" else {"item": item}
        with desk.db.write() as tx:
            delivery = changes.Delivery(f"{type_}-{item}-{desk.now():%m%d%H%M}", type_, said, "0" * 64)
            platform.TAKES[type_](desk, tx, delivery)


def says(desk: Desk, type_: str, about: dict[str, object]) -> str:
    """What the platform says of an order comes in; it is signed and held against the contract elsewhere."""
    with desk.db.write() as tx:
        return platform.TAKES[type_](desk, tx, platform.Delivery("said", type_, about, "0" * 64))


def refused(error: Exception) -> bool:
    """Whether an error is the desk's way to say no."""
    return isinstance(error, ValueError | store.StoreError)
