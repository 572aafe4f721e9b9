"""Known and nothing done: allegations under review past their time, and claims whose check does not end."""

from datetime import timedelta

from noticedesk import regime, store
from noticedesk.desk import alarms
from noticedesk.desk.alarms import Cause
from noticedesk.desk.chase.each import each
from noticedesk.desk.deadlines.clocks import ACTS
from noticedesk.desk.desk import Desk
from noticedesk.desk.tally import Tally
from noticedesk.model.alarm import AlarmKind
from noticedesk.store import watch
from noticedesk.store.watch import Still


def times_to_act(law: tuple[regime.Regime, ...]) -> frozenset[str]:
    """The rules that set a time to act, in every regime and version."""
    timers = (timer for item in law for version in item.versions for timer in version.timers)
    return frozenset(timer.id for timer in timers if ACTS & set(timer.satisfied_by))


def undone(desk: Desk, look: store.Look, only: str = "") -> list[Still]:
    """The allegations under review whose time to act is over."""
    return watch.known_and_not_done(look, times_to_act(desk.law), desk.now(), only)


def unchecked(desk: Desk, look: store.Look, only: str = "") -> list[Still]:
    """The claims whose check is given up, or takes longer than policy.yaml allows."""
    return watch.check_stuck(look, desk.now() - timedelta(hours=desk.policy.chase.check_hours), only)


def tell(desk: Desk) -> Tally:
    """Alarms about everything that lies still."""
    with desk.db.read() as look:
        causes = [_cause(AlarmKind.KNOWN_AND_NOT_DONE, item) for item in undone(desk, look)]
        causes += [_cause(AlarmKind.CHECK_STUCK, item) for item in unchecked(desk, look)]
        untold = alarms.untold(desk, look, causes)
    return each(desk, untold, lambda tx, cause: _tell(desk, tx, cause))


def _cause(kind: AlarmKind, item: Still) -> Cause:
    return Cause(kind=kind, subject=item.subject, claim=item.claim, detail=item.rule)


def _tell(desk: Desk, tx: store.Transaction, cause: Cause) -> str:
    return cause.kind.value.replace("_", " ") if alarms.raise_(desk, tx, cause) else ""
