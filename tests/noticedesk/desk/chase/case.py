"""Short makers of cases that have come as far as a test needs."""

from datetime import UTC, datetime

from noticedesk.desk import review
from noticedesk.desk.actors import ANSWER
from noticedesk.desk.answer import appeal
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.review import Ruling
from noticedesk.model.action import Action, Reason
from noticedesk.model.alarm import Alarm, AlarmKind
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.decision import Decision
from noticedesk.model.event import Event
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox, OutboxKind
from noticedesk.model.listing import Listing, Restriction
from noticedesk.model.person import Person, Role
from noticedesk.model.right import AssetKind, Work
from noticedesk.store import chain, moves, records
from tests.noticedesk.desk.factory import HOST, NOW, person

RECEIVED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
"""Friday, 10:00 in New York, six days before Thanksgiving."""

OPENS = datetime(2026, 12, 7, 5, 0, tzinfo=UTC)
"""The first instant of Monday 7 December in New York: the tenth business day."""

CLOSES = datetime(2026, 12, 11, 4, 59, 59, tzinfo=UTC)
"""The last second of Thursday 10 December: the last day that is safe by every calendar."""

LATEST = datetime(2026, 12, 12, 4, 59, 59, tzinfo=UTC)
"""The last second of Friday 11 December: the fourteenth business day."""

DAY_EIGHT = datetime(2026, 12, 3, 5, 0, tzinfo=UTC)
DAY_NINE = datetime(2026, 12, 4, 5, 0, tzinfo=UTC)


def claim(desk: Desk, state: ClaimState = ClaimState.ACCEPTED, regime: str = "us_dmca_512c") -> Claim:
    """A claim in a state."""
    made = Claim(
        id=new_id("C"), service="shop", regime=regime, regime_version=1, state=state, received_at=NOW, language="en"
    )
    with desk.db.write() as tx:
        records.add(tx, made)
    return made


def allegation(desk: Desk, about: Claim, state: AllegationState, item: str = "a1") -> Allegation:
    """An allegation of the claim about an item, in a state."""
    work = Work(id=new_id("W"), claim=about.id, kind=AssetKind.PHOTO, title="Sunset")
    with desk.db.write() as tx:
        known = records.find(tx, Listing, service="shop", item=item)
        url = f"https://{HOST}/item/{item}"
        listing = known[0] if known else Listing(id=new_id("L"), service="shop", item=item, url=url)
        made = Allegation(id=new_id("A"), claim=about.id, work=work.id, listing=listing.id, url=url, state=state)
        records.add(tx, [work, made] if known else [work, listing, made])
    return made


def restricted(desk: Desk, at_stake: Allegation, by: Person, until: datetime | None = None) -> Restriction:
    """The measure that lies on the listing of an allegation, by a decision of that person."""
    decision = Decision(
        id=new_id("D"),
        allegation=at_stake.id,
        action=Action.DISABLE,
        reason=Reason.COPY,
        decided_by=by.id,
        decided_at=NOW,
        until=until,
        regime="us_dmca_512c",
    )
    made = Restriction(
        id=new_id("T"),
        listing=at_stake.listing,
        allegation=at_stake.id,
        action=Action.DISABLE,
        ground="us_dmca_512c",
        since=NOW,
        until=until,
    )
    with desk.db.write() as tx:
        records.add(tx, [decision, made])
    return made


def restricted_in(desk: Desk, stands: AllegationState) -> Allegation:
    """A listing disabled by Ann, whose case stands so."""
    at_stake = allegation(desk, claim(desk), stands)
    restricted(desk, at_stake, person(desk, Role.SPECIALIST, name="Ann"))
    return at_stake


def countered(desk: Desk, item: str = "a1", by: Person | None = None) -> Allegation:
    """A listing disabled by Ann, or by somebody else, and answered by a complete counter-notice at RECEIVED."""
    about = claim(desk)
    at_stake = allegation(desk, about, AllegationState.COUNTERED, item)
    restricted(desk, at_stake, by or person(desk, Role.SPECIALIST, name=f"Ann{item}"))
    with desk.db.write() as tx:
        clocks.start(desk, tx, about, {"counter_notice_received": RECEIVED}, at_stake)
    return at_stake


def appealed(desk: Desk, *, decided: bool = False) -> Allegation:
    """A listing disabled by Ann, and contested by its seller; `decided`: somebody has answered the appeal."""
    at_stake = restricted_in(desk, AllegationState.ACTIONED)
    with desk.db.write() as tx:
        chain.append(tx, ANSWER, appeal.RECEIVED, at_stake.id, at_stake.claim, {"side": "user"})
        at_stake = moves.move(tx, at_stake, AllegationState.COUNTERED, ANSWER, side="user")
        if decided:
            appeal.decided(desk, tx, records.get(tx, Claim, at_stake.claim), at_stake, "D-1")
    return at_stake


def approve(desk: Desk, by: Person, at_stake: Allegation, reason: Reason = Reason.COUNTER_NOTICE_LAPSE) -> Decision:
    """Legal decides that it comes back."""
    with desk.db.read() as look:
        version = records.get(look, Allegation, at_stake.id).version
    return review.decide(desk, by, at_stake.id, Ruling(action=Action.RESTORE, reason=reason), version)


def state(desk: Desk, at_stake: Allegation) -> AllegationState:
    """How an allegation stands."""
    with desk.db.read() as look:
        return records.get(look, Allegation, at_stake.id).state


def decisions_of(desk: Desk, at_stake: Allegation) -> list[Decision]:
    """What was decided about an allegation, oldest first."""
    with desk.db.read() as look:
        made = records.find(look, Decision, allegation=at_stake.id)
    return sorted(made, key=lambda item: (item.decided_at, item.id))


def orders(desk: Desk) -> list[Outbox]:
    """What the platform is to be asked."""
    with desk.db.read() as look:
        return records.find(look, Outbox, kind=OutboxKind.WEBHOOK)


def alarms(desk: Desk, kind: AlarmKind) -> list[Alarm]:
    """The alarms of a kind, open and ended."""
    with desk.db.read() as look:
        return records.find(look, Alarm, kind=kind)


def events(desk: Desk, act: str) -> list[Event]:
    """What was done under that name."""
    with desk.db.read() as look:
        return records.find(look, Event, act=act)
