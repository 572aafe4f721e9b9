"""What must hold: judged from what the platform was asked and from days counted one by one."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from noticedesk import store
from noticedesk.desk.chase import window as chase
from noticedesk.desk.deadlines.breach import OURS, STATUTORY, is_theirs
from noticedesk.desk.desk import Desk
from noticedesk.model.action import Action, Reason
from noticedesk.model.alarm import Alarm, AlarmKind
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.model.decision import Decision
from noticedesk.model.listing import Restriction
from noticedesk.store import records
from tests.noticedesk.desk.lives.counting import MINIMA, may_come_back
from tests.noticedesk.desk.lives.history import History
from tests.noticedesk.desk.lives.platform import Asked, Platform


def broken_by(desk: Desk, history: History, platform: Platform, asked: Asked) -> list[str]:
    """What an order breaks, judged at the moment at which it is asked."""
    order = asked.order
    with desk.db.read() as look:
        decision = records.get(look, Decision, order["id"])
        about = records.get(look, Allegation, order["allegation"])
        down = records.find(look, Restriction, listing=about.listing, lifted_at=None)
        clocks = [item for item in records.find(look, Clock, claim=about.claim) if item.allegation in (None, about.id)]
        lapse = decision.action is Action.RESTORE and decision.reason is Reason.COUNTER_NOTICE_LAPSE
        closes = chase.window(desk, look, records.get(look, Claim, about.claim), about).closes if lapse else None
    said = []
    if order["action"] == Action.RESTORE:
        # what people decided to restore may be lifted without a word, while the same measure lies for another claim
        known = {one for one in platform.lies[order["listing"]["item"]] if not _let_go(desk, one)}
        others = {item.allegation for item in down} | known
        if others - {about.id}:
            said.append(f"{about.id} asked back while a measure of {sorted(others - {about.id})} lies on its listing")
    if lapse:
        said += _early(history, about, clocks, asked.at)
    window = desk.policy.undo_window
    if decision.undone_at is not None:
        said.append(f"{about.id}: asked for what was taken back")
    too_late = closes is not None and closes <= decision.decided_at + window
    if asked.at < decision.decided_at + window and not too_late and not _hurries(clocks, decision, window):
        said.append(f"{about.id}: asked for before its decision could be taken back")
    return said


def _let_go(desk: Desk, allegation: str) -> bool:
    """Whether the last word of people about an allegation is that it comes back."""
    with desk.db.read() as look:
        said = [one for one in records.find(look, Decision, allegation=allegation) if one.undone_at is None]
    return bool(said) and max(said, key=lambda one: (one.decided_at, one.id)).action is Action.RESTORE


def _hurries(clocks: list[Clock], decision: Decision, window: timedelta) -> bool:
    """Whether an order may leave at once: a time that was set is over, or one that ran would have run out meanwhile."""
    decided = decision.decided_at
    ran = [item for item in clocks if item.start <= decided and (item.ended_at is None or item.ended_at >= decided)]
    due = [item.due for item in ran if item.kind is not ClockKind.SLA or item.due > decided]
    return decision.reason is Reason.PERIOD_ENDED or any(one <= decided + window for one in due)


def _early(history: History, about: Allegation, clocks: list[Clock], at: datetime) -> list[str]:
    waits = [item for item in clocks if item.rule in MINIMA]
    if not waits:
        return [f"{about.id} asked back for a counter-notice, and no waiting time had begun"]
    said = []
    for item in waits:
        first = may_come_back(item.rule, item.start, history.place.zone)
        if at < first:
            said.append(f"{about.id} asked back at {at}: {item.rule} from {item.start} ends {first}")
        if not any(sent <= item.start for sent in history.answered):
            said.append(f"{about.id}: {item.rule} began {item.start}, before any effective counter-notice came")
    return said


def untold(desk: Desk, histories: Mapping[int, History], round_: timedelta) -> list[str]:
    """The times that are over and that nobody was told of soon enough; times of the other side are theirs.

    An SLA whose act came before anybody could see that it was late is in the figures and alarms nobody.
    """
    with desk.db.read() as look:
        clocks = records.find(look, Clock, kind=STATUTORY | OURS)
        alarms = records.find(look, Alarm, kind=[AlarmKind.CLOCK_MISSED, AlarmKind.SLA_MISSED])
        told = {item.subject: item.raised_at for item in reversed(alarms)}
        mine = [item for item in clocks if not is_theirs(desk, item)]
        said = {item: _untold(item, told.get(item.id), desk.now(), round_) for item in mine}
        return [f"{text}\n  {histories[_number(look, item)]}" for item, text in said.items() if text]


def _number(look: store.Look, item: Clock) -> int:
    """The number of the history that a clock belongs to."""
    return int(records.find(look, Allegation, claim=item.claim)[0].url.rpartition("/")[2][1:])


def _untold(item: Clock, told: datetime | None, now: datetime, round_: timedelta) -> str:
    name, over = f"{item.rule} of {item.allegation or item.claim}", max(item.due, item.start) + round_
    if item.state is ClockState.RUNNING and over < now:
        return f"{name} was due {item.due} and still runs"
    if item.state is not ClockState.MISSED or (item.kind in OURS and item.ended_at and item.ended_at <= over):
        return ""
    if told is None:
        return (
            f"{name} was missed {item.due} with nobody told; it ended {item.ended_at} by {item.ended_by or 'nothing'}"
        )
    return f"{name} was due {item.due} and told only {told}" if told > over else ""
