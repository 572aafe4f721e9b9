"""Times that are over: told whoever comes first, the chase or an act that is late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from noticedesk.desk.chase import steps
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.allegation import AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.clock import Clock, ClockState
from noticedesk.store import records
from tests.noticedesk.desk.chase.case import LATEST, RECEIVED, alarms, allegation, claim, countered, events
from tests.noticedesk.desk.factory import NOW, Time

HOUR = timedelta(hours=1)


def of(desk: Desk, about: Claim, rule: str) -> Clock:
    with desk.db.read() as look:
        (found,) = records.find(look, Clock, claim=about.id, rule=rule)
    return found


def test_a_time_that_is_over_when_something_else_happens_is_told_by_the_next_chase(desk: Desk, time: Time) -> None:
    about = claim(desk)
    with desk.db.write() as tx:
        clocks.start(desk, tx, about, {"notice_received": NOW})
    time.now = of(desk, about, "remove_or_disable").due + HOUR
    with desk.db.write() as tx:
        clocks.start(desk, tx, about, {"claimant_informed": time.now})
    steps.run_all(desk)
    late = of(desk, about, "remove_or_disable")
    assert late.state is ClockState.MISSED
    assert [alarm.subject for alarm in alarms(desk, AlarmKind.SLA_MISSED) if alarm.subject == late.id] == [late.id]


def test_silence_that_is_over_when_something_else_happens_ends_the_claim_at_the_next_chase(
    desk: Desk, time: Time
) -> None:
    about = claim(desk, ClaimState.NEEDS_CURE)
    with desk.db.write() as tx:
        clocks.start(desk, tx, about, {"cure_requested": NOW})
    time.now = of(desk, about, "cure_reply").due + HOUR
    with desk.db.write() as tx:
        clocks.start(desk, tx, about, {"notice_received": time.now})
    steps.run_all(desk)
    with desk.db.read() as look:
        assert records.get(look, Claim, about.id).state is ClaimState.EXPIRED


def test_a_statutory_time_whose_act_came_late_is_told_although_nobody_had_seen_that_it_was_over(
    desk: Desk, time: Time
) -> None:
    at_stake = countered(desk)
    time.now = LATEST + HOUR
    with desk.db.write() as tx:
        about = records.get(tx, Claim, at_stake.claim)
        clocks.start(desk, tx, about, {"material_restored": time.now}, at_stake)
    late = of(desk, about, "putback_not_after")
    assert (late.state, late.ended_by) == (ClockState.MISSED, "material_restored")
    assert [alarm.subject for alarm in alarms(desk, AlarmKind.CLOCK_MISSED)] == [late.id]
    steps.run_all(desk)
    assert [event.subject for event in events(desk, "clock.missed") if event.subject == late.id] == [late.id]


def test_what_began_in_the_hour_that_comes_twice_in_autumn_stays_as_a_person_ended_it(desk: Desk, time: Time) -> None:
    twice = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    about = claim(desk)
    at_stake = allegation(desk, about, AllegationState.COUNTERED)
    with desk.db.write() as tx:
        clocks.start(desk, tx, about, {"counter_notice_received": twice}, at_stake)
        minimum = next(item for item in records.find(tx, Clock, claim=about.id) if item.rule == "putback_not_before")
        ended = replace(minimum, state=ClockState.CANCELLED, ended_at=RECEIVED, ended_why="the parties agreed")
        records.replace(tx, ended)
        clocks.start(desk, tx, about, {"counter_notice_accepted": RECEIVED}, at_stake)
    assert of(desk, about, "putback_not_before").ended_why == "the parties agreed"


def test_what_was_met_in_time_is_not_missed_because_the_act_is_done_again_later(desk: Desk, time: Time) -> None:
    about = claim(desk)
    with desk.db.write() as tx:
        clocks.start(desk, tx, about, {"material_disabled": NOW})
        time.now = NOW + HOUR
        clocks.start(desk, tx, about, {"user_notified": time.now})
        time.now = NOW + timedelta(days=20)
        clocks.start(desk, tx, about, {"user_notified": time.now})
    met = of(desk, about, "notify_user")
    assert (met.state, met.ended_at) == (ClockState.SATISFIED, NOW + HOUR)
