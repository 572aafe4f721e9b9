"""What ends by itself: silence past the cure window, and measures set for a time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from noticedesk.desk.chase import steps
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import outcomes
from noticedesk.model.action import Action, Reason
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.allegation import AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.clock import Clock, ClockState
from noticedesk.model.decision import Decision
from noticedesk.model.listing import Restriction
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.noticedesk.desk.chase.case import alarms, allegation, claim, events, orders, restricted, state
from tests.noticedesk.desk.factory import NOW, Time, person

SECOND = timedelta(seconds=1)


def chase(desk: Desk) -> dict[str, int]:
    tally = steps.run_all(desk)
    assert tally.errors == {}
    return dict(tally.counts)


def asked(desk: Desk) -> tuple[Claim, Clock]:
    """A claim whose sender was asked for what is missing, and the clock of the answer."""
    about = claim(desk, ClaimState.NEEDS_CURE)
    with desk.db.write() as tx:
        clocks.start(desk, tx, about, {"cure_requested": NOW})
        (clock,) = records.find(tx, Clock, rule="cure_reply")
    return about, clock


def claim_state(desk: Desk, about: Claim) -> ClaimState:
    with desk.db.read() as look:
        return records.get(look, Claim, about.id).state


def test_silence_past_the_cure_window_ends_the_claim_and_is_no_failure_of_ours(desk: Desk, time: Time) -> None:
    about, clock = asked(desk)
    time.now = clock.due
    chase(desk)
    assert claim_state(desk, about) is ClaimState.NEEDS_CURE
    time.now = clock.due + SECOND
    assert chase(desk)["claim expired"] == 1
    assert claim_state(desk, about) is ClaimState.EXPIRED
    assert (alarms(desk, AlarmKind.SLA_MISSED), alarms(desk, AlarmKind.SLA_DUE)) == ([], [])
    chase(desk)
    assert len(events(desk, "claim.expired")) == 1


def test_who_never_got_the_request_does_not_run_out_of_time(desk: Desk, time: Time) -> None:
    about, clock = asked(desk)
    with desk.db.write() as tx:
        why = "the letter did not arrive"
        records.replace(tx, replace(clock, state=ClockState.CANCELLED, ended_at=NOW, ended_why=why))
        clocks.start(desk, tx, about, {"deficient_notice_received": NOW})
    time.now = clock.due + timedelta(days=30)
    chase(desk)
    assert claim_state(desk, about) is ClaimState.NEEDS_CURE


def test_a_measure_for_a_time_ends_with_it_by_the_decision_that_set_it(desk: Desk, time: Time) -> None:
    ann = person(desk, Role.SPECIALIST)
    at_stake = allegation(desk, claim(desk), AllegationState.ACTIONED)
    until = NOW + timedelta(days=7)
    restricted(desk, at_stake, ann, until)
    time.now = until - SECOND
    chase(desk)
    assert orders(desk) == []
    time.now = until
    assert chase(desk)["period ended, restore asked for"] == 1
    chase(desk)
    (row,) = orders(desk)
    assert row.send_after == until
    with desk.db.write() as tx:
        outcomes.confirm(desk, tx, row)
        decision = records.find(tx, Decision, action=Action.RESTORE)[0]
    assert state(desk, at_stake) is AllegationState.RESTORED
    assert (decision.reason, decision.automatic, decision.decided_by) == (Reason.PERIOD_ENDED, True, ann.id)


def test_only_the_measure_whose_time_is_over_ends_while_another_of_the_case_lasts(desk: Desk, time: Time) -> None:
    ann = person(desk, Role.SPECIALIST)
    at_stake = allegation(desk, claim(desk), AllegationState.ACTIONED)
    for_a_time, for_good = restricted(desk, at_stake, ann, NOW + timedelta(days=7)), restricted(desk, at_stake, ann)
    time.now = NOW + timedelta(days=7)
    chase(desk)
    assert orders(desk) == []
    with desk.db.read() as look:
        assert records.get(look, Restriction, for_a_time.id).lifted_at == time.now
        assert records.get(look, Restriction, for_good.id).lifted_at is None
    assert state(desk, at_stake) is AllegationState.ACTIONED


@pytest.mark.parametrize("held", [AllegationState.KEPT_DOWN, AllegationState.IN_REVIEW], ids=str)
def test_a_case_that_goes_on_is_told_to_legal_and_not_put_back(desk: Desk, time: Time, held: AllegationState) -> None:
    at_stake = allegation(desk, claim(desk), held)
    restricted(desk, at_stake, person(desk, Role.SPECIALIST), NOW + timedelta(days=7))
    time.now = NOW + timedelta(days=8)
    chase(desk)
    assert orders(desk) == []
    assert len(alarms(desk, AlarmKind.PERIOD_ENDED_HELD)) == 1
