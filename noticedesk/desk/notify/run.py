"""The round of the alarms: look, end what is over, tell, send."""

from collections.abc import Callable

from noticedesk import store
from noticedesk.desk import alarms
from noticedesk.desk.alarms import NATURE, Cause
from noticedesk.desk.chase.each import each
from noticedesk.desk.desk import Desk
from noticedesk.desk.notify.found import FINDERS
from noticedesk.desk.notify.lasting import LASTING
from noticedesk.desk.notify.send import send
from noticedesk.desk.notify.tell import tell
from noticedesk.desk.tally import Tally
from noticedesk.model.alarm import Alarm
from noticedesk.store import records


def find(desk: Desk) -> Tally:
    """Raises what is found, and ends what is not found any more."""
    with desk.db.read() as look:
        causes = [cause for finder in FINDERS.values() for cause in finder(desk, look)]
        there = {cause.key for cause in causes}
        looked_for = [alarm for alarm in records.find(look, Alarm, ended_at=None) if alarm.kind in FINDERS]
    tally = each(desk, causes, lambda tx, cause: "alarm raised" if alarms.raise_(desk, tx, cause) else "")
    over = [alarm for alarm in looked_for if alarm.key not in there and alarm.kind not in alarms.HAPPENED]
    tally += each(desk, over, lambda tx, alarm: _end(desk, tx, alarm))
    return tally


def follow(desk: Desk) -> Tally:
    """Ends the alarms of the others whose cause is gone, and raises the daily ones anew."""
    with desk.db.read() as look:
        watched = [alarm for alarm in records.find(look, Alarm, ended_at=None) if alarm.kind in LASTING]
    return each(desk, watched, lambda tx, alarm: _follow(desk, tx, alarm))


STEPS: dict[str, Callable[[Desk], Tally]] = {"find": find, "follow": follow, "tell": tell, "send": send}
"""The steps in their order."""


def run(desk: Desk, step: str) -> Tally:
    """Runs one step."""
    return STEPS[step](desk)


def run_all(desk: Desk) -> Tally:
    """Runs every step once."""
    total = Tally()
    for step in STEPS:
        total += run(desk, step)
    return total


def _follow(desk: Desk, tx: store.Transaction, alarm: Alarm) -> str:
    if not LASTING[alarm.kind](desk, tx, alarm):
        return _end(desk, tx, alarm)
    if not NATURE[alarm.kind].daily:
        return ""
    detail = alarm.text.partition(" (")[2].removesuffix(")")
    cause = Cause(kind=alarm.kind, subject=alarm.subject, claim=alarm.claim, person=alarm.person, detail=detail)
    return "alarm raised anew" if alarms.raise_(desk, tx, cause) else ""


def _end(desk: Desk, tx: store.Transaction, alarm: Alarm) -> str:
    alarms.end(desk, tx, records.get(tx, Alarm, alarm.id))
    return "alarm ended"
