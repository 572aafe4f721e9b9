"""Put-back after a counter-notice: asked of the platform inside the safe window, once legal has approved it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from noticedesk import store
from noticedesk.desk import alarms
from noticedesk.desk.actors import CHASE, acting
from noticedesk.desk.alarms import Cause
from noticedesk.desk.answer import answered
from noticedesk.desk.chase.approval import ask, causes
from noticedesk.desk.chase.each import each, stirring
from noticedesk.desk.chase.window import Window, window
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import effects, orders
from noticedesk.desk.tally import Tally
from noticedesk.model.action import Action, Reason
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock
from noticedesk.model.decision import Decision
from noticedesk.model.event import Event
from noticedesk.model.letter import Outbox, OutboxKind
from noticedesk.model.person import Person
from noticedesk.store import chain, records

OVERTAKES = ("court_action.received", "listing.deleted", "account.closed")
"""The events after which an approval is not enough: papers of a court, and changes that leave nothing to restore."""


def waits(allegation: Allegation, decision: Decision) -> bool:
    """Whether a decision to restore waits for the window after a counter-notice; every other one takes effect at once.

    A retraction, an upheld appeal, an error of ours and a court's order need no waiting time.
    """
    lapse = decision.action is Action.RESTORE and decision.reason is Reason.COUNTER_NOTICE_LAPSE
    return lapse and allegation.state is AllegationState.COUNTERED


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the hour asks for an allegation: that a breach is told, an approval asked for, or the order given."""

    when: Window
    late: bool
    approved: Decision | None
    orders: bool

    def causes(self, desk: Desk, look: store.Look, claim: Claim, at_stake: Allegation) -> list[Cause]:
        """What is to be told of it, whether it was told today or not."""
        breach = [_breached(at_stake)] if self.late else []
        return breach if self.approved else breach + causes(desk, look, claim, at_stake, self.when)


def put_back(desk: Desk) -> Tally:
    """Looks at every allegation that was answered by a counter-notice, and does what its window says."""
    with desk.db.read() as look:
        countered = records.find(look, Allegation, state=AllegationState.COUNTERED)
        some = (countered[at : at + records.AHEAD] for at in range(0, len(countered), records.AHEAD))
        stirring = [one for part in some for one in _stirring(desk, look, part)]
    return each(desk, stirring, lambda tx, item: advance(desk, tx, item.id))


def _stirring(desk: Desk, look: store.Look, countered: Sequence[Allegation]) -> list[Allegation]:
    """Those of which something is to be done now, or told that was not told today; all are read together."""
    ids, claims = [one.id for one in countered], {one.claim for one in countered}
    records.ahead(look, Claim, "id", claims)
    records.ahead(look, Clock, "claim", claims)
    records.ahead(look, Event, "subject", ids, act=answered.MOVED)
    records.ahead(look, Decision, "allegation", ids)
    records.ahead(look, Outbox, "allegation", ids, kind=OutboxKind.WEBHOOK)
    told: list[Cause] = []
    at_once = stirring(countered, lambda one: _orders(desk, look, one, told))
    subjects = {one.id for one in at_once} | {cause.subject for cause in alarms.untold(desk, look, told)}
    return [one for one in countered if one.id in subjects]


def _orders(desk: Desk, look: store.Look, at_stake: Allegation, told: list[Cause]) -> bool:
    """Whether an order is to be given now; what would be told of the allegation is added."""
    asked = _asked(desk, look, at_stake)
    if asked:
        told += asked.causes(desk, look, records.get(look, Claim, at_stake.claim), at_stake)
    return asked is not None and asked.orders


def advance(desk: Desk, tx: store.Transaction, allegation: str) -> str:
    """What the hour asks for one allegation: nothing yet, the approval of legal, or the order to restore."""
    at_stake = records.get(tx, Allegation, allegation)
    asked = _asked(desk, tx, at_stake)
    if asked is None:
        return ""
    if asked.late:
        _breach(desk, tx, at_stake, asked.when)
    if asked.approved is None:
        return ask(desk, tx, records.get(tx, Claim, at_stake.claim), at_stake, asked.when)
    return _order(desk, tx, at_stake, asked.approved, asked.when) if asked.orders else ""


def _asked(desk: Desk, look: store.Look, at_stake: Allegation) -> _Asked | None:
    """What the hour asks; None where the case waits for something else: an appeal has no window, and papers stop it."""
    if not answered.by_counter_notice(look, at_stake):
        return None
    when = window(desk, look, records.get(look, Claim, at_stake.claim), at_stake)
    if when.stopped:
        return None
    approved = approval(look, at_stake, when)
    ordered = approved is not None and _ordered(look, approved)
    late = _is_late(desk, when) and not ordered
    ready = approved is not None and not ordered and _is_open(desk, when, approved)
    return _Asked(when, late, approved, ready and approved is not None and not _overtaken(look, at_stake, approved))


def approval(look: store.Look, allegation: Allegation, when: Window) -> Decision | None:
    """The decision of legal that the listing comes back when its time is there; None while there is none in force."""
    standing = [item for item in records.find(look, Decision, allegation=allegation.id) if item.undone_at is None]
    last = max(standing, key=lambda item: (item.decided_at, item.id), default=None)
    if last is None or not waits(allegation, last):
        return None
    return last if when.since is None or last.decided_at >= when.since else None


def take_back(desk: Desk, tx: store.Transaction, person: Person, allegation: Allegation) -> Decision | None:
    """Takes back an approval of which nothing has been asked yet; None where there is none."""
    if allegation.state is not AllegationState.COUNTERED:
        return None
    claim = records.get(tx, Claim, allegation.claim)
    approved = approval(tx, allegation, window(desk, tx, claim, allegation))
    if approved is None or _ordered(tx, approved):
        return None
    undone = records.replace(tx, replace(approved, undone_at=desk.now(), undone_by=person.id))
    chain.append(tx, acting(person), "restore.undone", allegation.id, allegation.claim, {"decision": approved.id})
    return undone


def review_kept_down(desk: Desk) -> Tally:
    """Tells legal of what is kept down and due for another look; sets the date of the first look where none is set."""
    with desk.db.read() as look:
        kept = records.find(look, Allegation, state=AllegationState.KEPT_DOWN)
    due = [item for item in kept if item.due_at is None or item.due_at <= desk.now()]
    return each(desk, due, lambda tx, item: _review(desk, tx, records.get(tx, Allegation, item.id)))


def _review(desk: Desk, tx: store.Transaction, kept: Allegation) -> str:
    if kept.state is not AllegationState.KEPT_DOWN:
        return ""
    if kept.due_at is None:
        days = timedelta(days=desk.policy.chase.kept_down_review_days)
        records.replace(tx, replace(kept, due_at=desk.now() + days))
        return "review of a kept-down listing dated"
    raised = alarms.raise_(desk, tx, Cause(kind=AlarmKind.KEPT_DOWN_REVIEW, subject=kept.id, claim=kept.claim))
    return "kept-down listing to be reviewed" if raised else ""


def _is_open(desk: Desk, when: Window, approved: Decision) -> bool:
    if not when.waits:
        return True
    if when.opens is None or desk.now() < when.opens:
        return False
    # where no day is safe by every calendar, legal has chosen the day by deciding on it
    return not when.empty or approved.decided_at >= when.opens


def _overtaken(look: store.Look, at_stake: Allegation, approved: Decision) -> bool:
    """Whether something came after the approval by which legal has to look again before anything comes back."""
    said = records.find(look, Event, subject=at_stake.id, act="restore.decided")
    seq = max((item.seq for item in said if item.details.get("decision") == approved.id), default=0)
    return any(item.seq > seq for item in records.find(look, Event, subject=at_stake.id, act=OVERTAKES))


def _is_late(desk: Desk, when: Window) -> bool:
    return when.latest is not None and desk.now() > when.latest


def _ordered(look: store.Look, approved: Decision) -> bool:
    """Whether the platform has been asked, or was to be asked and that was stopped."""
    rows = records.find(look, Outbox, allegation=approved.allegation, kind=OutboxKind.WEBHOOK)
    return any(orders.decision_of(row) == approved.id for row in rows)


def _order(desk: Desk, tx: store.Transaction, at_stake: Allegation, approved: Decision, when: Window) -> str:
    """Queues the order; the window to take the approval back never passes the last safe instant."""
    row = effects.request(desk, tx, at_stake, approved)
    if when.closes and row.send_after > when.closes:
        row = records.replace(tx, replace(row, send_after=max(when.closes, desk.now())))
    told: dict[str, chain.Detail] = {"decision": approved.id, "outbox": row.id, "late": _is_late(desk, when)}
    chain.append(tx, CHASE, "putback.queued", at_stake.id, at_stake.claim, told)
    return "put-back queued, too late" if _is_late(desk, when) else "put-back queued"


def _breach(desk: Desk, tx: store.Transaction, at_stake: Allegation, when: Window) -> None:
    """The last day has passed: on record once, told to legal; the put-back itself stays possible."""
    if not records.find(tx, Event, subject=at_stake.id, act="putback.breach", limit=1):
        latest = when.latest.isoformat() if when.latest else ""
        chain.append(tx, CHASE, "putback.breach", at_stake.id, at_stake.claim, {"latest": latest})
    alarms.raise_(desk, tx, _breached(at_stake))


def _breached(at_stake: Allegation) -> Cause:
    return Cause(kind=AlarmKind.PUTBACK_BREACH, subject=at_stake.id, claim=at_stake.claim)
