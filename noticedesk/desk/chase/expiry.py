"""What ends by itself: claims whose sender stayed silent, and measures that were set for a time."""

from dataclasses import replace

from noticedesk import store
from noticedesk.desk import alarms
from noticedesk.desk.actors import CHASE
from noticedesk.desk.alarms import Cause
from noticedesk.desk.chase.each import each
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import effects
from noticedesk.desk.tally import Tally
from noticedesk.model.action import Action, Reason
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.clock import Clock
from noticedesk.model.decision import Decision
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Restriction
from noticedesk.model.transitions import after
from noticedesk.store import chain, moves, records, search


def expire(tx: store.Transaction, clock: Clock) -> str:
    """Ends a claim whose sender did not supply what was missing; a late reply opens it again."""
    claim = records.get(tx, Claim, clock.claim)
    if claim.state is not ClaimState.NEEDS_CURE:
        return ""
    moves.move(tx, claim, ClaimState.EXPIRED, CHASE, why="no reply in time", rule=clock.rule)
    return "claim expired"


def end_periods(desk: Desk) -> Tally:
    """Ends every measure whose time is over; the platform is asked to restore where none of the case is left."""
    with desk.db.read() as look:
        over = search.past(look, Restriction, "until", desk.now(), lifted_at=None, limit=desk.policy.chunk)
    return each(desk, over, lambda tx, item: _end(desk, tx, item.id))


def _end(desk: Desk, tx: store.Transaction, restriction: str) -> str:
    ended = records.get(tx, Restriction, restriction)
    if ended.lifted_at is not None:
        return ""
    case = records.get(tx, Allegation, ended.allegation)
    live = records.find(tx, Restriction, allegation=case.id, lifted_at=None)
    if any(item.until is None or item.until > desk.now() for item in live):
        return _lift_one(desk, tx, ended, case)
    if case.state is AllegationState.KEPT_DOWN or AllegationState.RESTORED not in after(case.state):
        cause = Cause(kind=AlarmKind.PERIOD_ENDED_HELD, subject=case.id, claim=case.claim, detail=case.state.value)
        return "period ended, case goes on" if alarms.raise_(desk, tx, cause) else ""
    return _restore(desk, tx, ended, case)


def _lift_one(desk: Desk, tx: store.Transaction, ended: Restriction, case: Allegation) -> str:
    """One of several measures of a case: it is off the record, and what remains stays."""
    records.replace(tx, replace(ended, lifted_at=desk.now(), lifted_by="until"))
    chain.append(tx, CHASE, "restriction.ended", ended.id, case.claim, {"allegation": case.id})
    return "one measure of several ended"


def _restore(desk: Desk, tx: store.Transaction, ended: Restriction, case: Allegation) -> str:
    """Carries out what the decision about the measure has already said: that it lasts until then and no longer."""
    made = [item for item in records.find(tx, Decision, allegation=case.id) if item.undone_at is None]
    if any(item.action is Action.RESTORE and item.decided_at >= ended.since for item in made):
        return ""
    imposed = max((item for item in made if item.action is ended.action), key=lambda item: (item.decided_at, item.id))
    lifting = replace(
        imposed,
        id=new_id("D"),
        action=Action.RESTORE,
        reason=Reason.PERIOD_ENDED,
        decided_at=desk.now(),
        automatic=True,
        note="",
        territories=(),
        parts=(),
        until=None,
    )
    records.add(tx, lifting)
    told: dict[str, chain.Detail] = {"decision": lifting.id, "follows": imposed.id, "restriction": ended.id}
    chain.append(tx, CHASE, "restore.decided", case.id, case.claim, told)
    row = effects.request(desk, tx, case, lifting)
    # the time was set by a person and is over: there is nothing left to take back
    records.replace(tx, replace(row, send_after=desk.now()))
    return "period ended, restore asked for"
