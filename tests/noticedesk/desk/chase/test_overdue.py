"""Known and nothing done: what lies in review past its time, and checks that do not end, are listed and alarmed."""

from datetime import timedelta

from noticedesk.desk.chase import overdue, steps
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.allegation import AllegationState
from noticedesk.model.claim import ClaimState
from noticedesk.store import queue
from tests.noticedesk.desk.chase.case import alarms, allegation, claim
from tests.noticedesk.desk.factory import NOW, Time


def test_an_effective_notice_that_lies_in_review_past_its_time_is_listed_and_alarmed_once_a_day(
    desk: Desk, time: Time
) -> None:
    about = claim(desk)
    late, done = (
        allegation(desk, about, AllegationState.IN_REVIEW, "a1"),
        allegation(desk, about, AllegationState.DISMISSED, "a2"),
    )
    with desk.db.write() as tx:
        clocks.start(desk, tx, about, {"notice_received": NOW})
    time.now = NOW + timedelta(hours=24, seconds=-1)
    steps.run_all(desk)
    assert alarms(desk, AlarmKind.KNOWN_AND_NOT_DONE) == []
    time.now = NOW + timedelta(hours=24)
    for _ in range(2):
        steps.run_all(desk)
        time.pass_(minutes=1)
    with desk.db.read() as look:
        (still,) = overdue.undone(desk, look)
    assert (still.subject, still.rule, still.since) == (late.id, "remove_or_disable", NOW + timedelta(hours=24))
    assert [alarm.subject for alarm in alarms(desk, AlarmKind.KNOWN_AND_NOT_DONE)] == [late.id] != [done.id]
    time.pass_(days=1)
    steps.run_all(desk)
    assert len(alarms(desk, AlarmKind.KNOWN_AND_NOT_DONE)) == 2


def test_a_check_that_waits_too_long_or_was_given_up_is_alarmed(desk: Desk, time: Time) -> None:
    claim(desk, ClaimState.RECEIVED)
    failed = claim(desk, ClaimState.IN_CHECK)
    with desk.db.write() as tx:
        for _ in range(desk.patience.attempts):
            queue.fail(tx, failed.id, "cannot be read", time.now, desk.patience)
    steps.run_all(desk)
    assert [(alarm.subject, "failed" in alarm.text) for alarm in alarms(desk, AlarmKind.CHECK_STUCK)] == [
        (failed.id, True)
    ]
    time.pass_(hours=desk.policy.chase.check_hours)
    steps.run_all(desk)
    assert len(alarms(desk, AlarmKind.CHECK_STUCK)) == 2
