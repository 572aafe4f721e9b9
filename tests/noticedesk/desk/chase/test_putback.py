"""Put-backs: to the second inside the safe window, never without legal, never across a court or a deleted listing."""

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest

from noticedesk.desk import review
from noticedesk.desk.actors import PLATFORM, acting
from noticedesk.desk.cases import casefacts
from noticedesk.desk.chase import overdue, putback, steps
from noticedesk.desk.deadlines import byhandclocks, clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import outcomes
from noticedesk.desk.review import BadDecision
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.action import Reason
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.model.letter import OutboxState
from noticedesk.model.person import Role
from noticedesk.store import chain, moves, outbox, records
from tests.noticedesk.desk.chase.case import (
    CLOSES,
    DAY_EIGHT,
    DAY_NINE,
    LATEST,
    OPENS,
    alarms,
    appealed,
    approve,
    countered,
    events,
    orders,
    restricted_in,
    state,
)
from tests.noticedesk.desk.factory import Time, person

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


def at(desk: Desk, time: Time, moment: datetime) -> dict[str, int]:
    """Chases at a moment; what was done."""
    time.now = moment
    tally = steps.run_all(desk)
    assert tally.errors == {}
    return dict(tally.counts)


def confirm(desk: Desk) -> None:
    with desk.db.write() as tx:
        for row in orders(desk):
            outcomes.confirm(desk, tx, row)


def clock_of(desk: Desk, rule: str) -> Clock:
    with desk.db.read() as look:
        (found,) = records.find(look, Clock, rule=rule)
    return found


def test_one_second_before_the_minimum_nothing_is_queued_and_at_it_the_order_is(desk: Desk, time: Time) -> None:
    at_stake = countered(desk)
    approve(desk, person(desk, Role.LEGAL, name="Cy"), at_stake)
    at(desk, time, OPENS - SECOND)
    assert orders(desk) == []
    assert at(desk, time, OPENS)["put-back queued"] == 1
    (row,) = orders(desk)
    assert row.send_after <= OPENS
    at(desk, time, OPENS + MINUTE)
    assert len(orders(desk)) == 1
    confirm(desk)
    assert state(desk, at_stake) is AllegationState.RESTORED
    assert clock_of(desk, "putback_not_before").state is ClockState.SATISFIED
    assert clock_of(desk, "putback_not_after").state is ClockState.SATISFIED


def test_an_approval_at_the_last_safe_minute_leaves_before_the_window_closes(desk: Desk, time: Time) -> None:
    at_stake = countered(desk)
    time.now = CLOSES - MINUTE
    approve(desk, person(desk, Role.LEGAL, name="Cy"), at_stake)
    at(desk, time, CLOSES - MINUTE)
    (row,) = orders(desk)
    assert CLOSES - MINUTE <= row.send_after <= CLOSES


def test_without_approval_nothing_comes_back_and_legal_is_told_daily_from_day_eight(desk: Desk, time: Time) -> None:
    at_stake = countered(desk)
    first, second = (person(desk, Role.LEGAL, name=name) for name in ("Cy", "Di"))
    at(desk, time, DAY_EIGHT - SECOND)
    assert alarms(desk, AlarmKind.PUTBACK_APPROVAL) == []
    for hours in (0, 1, 2):
        at(desk, time, DAY_EIGHT + timedelta(hours=hours))
    assert [alarm.person for alarm in alarms(desk, AlarmKind.PUTBACK_APPROVAL)] == [first.id]
    assert alarms(desk, AlarmKind.PUTBACK_SECOND_PERSON) == []
    at(desk, time, DAY_NINE)
    assert len(alarms(desk, AlarmKind.PUTBACK_APPROVAL)) == 2
    assert [alarm.person for alarm in alarms(desk, AlarmKind.PUTBACK_SECOND_PERSON)] == [second.id]
    at(desk, time, LATEST)
    assert (orders(desk), events(desk, "putback.breach")) == ([], [])
    assert state(desk, at_stake) is AllegationState.COUNTERED


def test_who_decided_the_takedown_is_not_the_one_who_is_asked(desk: Desk, time: Time) -> None:
    countered(desk)
    at(desk, time, DAY_EIGHT)
    (alarm,) = alarms(desk, AlarmKind.PUTBACK_APPROVAL)
    assert (alarm.person, "nobody else of legal" in alarm.text) == ("", True)


def test_after_the_maximum_it_is_a_breach_on_record_and_still_possible(desk: Desk, time: Time) -> None:
    at_stake = countered(desk)
    legal = person(desk, Role.LEGAL, name="Cy")
    at(desk, time, LATEST)
    assert events(desk, "putback.breach") == []
    for seconds in (1, 2):
        at(desk, time, LATEST + seconds * SECOND)
    assert len(events(desk, "putback.breach")) == 1
    assert len(alarms(desk, AlarmKind.CLOCK_MISSED)) == 1
    assert clock_of(desk, "putback_not_after").state is ClockState.MISSED
    approve(desk, legal, at_stake)
    assert at(desk, time, LATEST + MINUTE)["put-back queued, too late"] == 1
    confirm(desk)
    assert state(desk, at_stake) is AllegationState.RESTORED
    assert clock_of(desk, "putback_not_after").state is ClockState.MISSED
    assert clock_of(desk, "putback_not_after").ended_by == "material_restored"


@pytest.mark.parametrize("act", ["cancel", "satisfy"])
def test_where_legal_has_ended_the_last_day_by_hand_nothing_presses(desk: Desk, time: Time, act: str) -> None:
    at_stake = countered(desk)
    cy = person(desk, Role.LEGAL, name="Cy")
    byhandclocks.by_hand(desk, cy, clock_of(desk, "putback_not_after").id, act, "the parties agreed")
    at(desk, time, LATEST + DAY)
    assert alarms(desk, AlarmKind.PUTBACK_BREACH) == []
    decision = approve(desk, cy, at_stake)
    at(desk, time, time.now)
    assert [row.send_after for row in orders(desk)] == [decision.decided_at + desk.policy.undo_window]


@pytest.mark.parametrize(
    "reason", [Reason.RETRACTED, Reason.APPEAL_UPHELD, Reason.OUR_ERROR, Reason.COURT_ORDER], ids=str
)
def test_what_is_no_lapse_of_time_restores_without_the_wait(desk: Desk, reason: Reason) -> None:
    at_stake = countered(desk)
    approve(desk, person(desk, Role.LEGAL, name="Cy"), at_stake, reason)
    assert len(orders(desk)) == 1


def test_only_legal_and_another_than_who_decided_may_approve(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        approve(desk, person(desk, Role.SPECIALIST, name="Bo"), countered(desk))


def test_an_approval_can_be_taken_back_until_the_order_is_queued(desk: Desk, time: Time) -> None:
    at_stake, legal = countered(desk), person(desk, Role.LEGAL, name="Cy")
    approve(desk, legal, at_stake)
    time.pass_(days=3)
    review.undo(desk, legal, at_stake.id)
    at(desk, time, OPENS)
    assert orders(desk) == []
    approve(desk, person(desk, Role.LEGAL, name="Di"), at_stake)
    at(desk, time, OPENS + MINUTE)
    with pytest.raises(review.BadDecision):
        review.undo(desk, legal, at_stake.id)


def test_a_court_action_in_time_keeps_it_down_and_is_looked_at_again(desk: Desk, time: Time) -> None:
    at_stake, legal = countered(desk), person(desk, Role.LEGAL, name="Cy")
    approve(desk, legal, at_stake)
    time.now = OPENS - MINUTE
    with desk.db.write() as tx:
        about = records.get(tx, Claim, at_stake.claim)
        clocks.start(desk, tx, about, {"court_action_notice_received": time.now}, at_stake)
    at(desk, time, OPENS)
    assert orders(desk) == []
    with desk.db.write() as tx:
        moves.move(tx, records.get(tx, Allegation, at_stake.id), AllegationState.KEPT_DOWN, acting(legal))
    at(desk, time, OPENS + MINUTE)
    days = timedelta(days=desk.policy.chase.kept_down_review_days)
    at(desk, time, OPENS + MINUTE + days - SECOND)
    assert alarms(desk, AlarmKind.KEPT_DOWN_REVIEW) == []
    at(desk, time, OPENS + MINUTE + days)
    assert len(alarms(desk, AlarmKind.KEPT_DOWN_REVIEW)) == 1
    approve(desk, person(desk, Role.LEGAL, name="Di"), at_stake, Reason.ORDER_LIFTED)
    confirm(desk)
    assert state(desk, at_stake) is AllegationState.RESTORED


def test_a_court_action_one_minute_after_the_restoration_changes_nothing(desk: Desk, time: Time) -> None:
    at_stake = countered(desk)
    approve(desk, person(desk, Role.LEGAL, name="Cy"), at_stake)
    at(desk, time, OPENS)
    confirm(desk)
    time.pass_(minutes=1)
    with desk.db.write() as tx:
        about = records.get(tx, Claim, at_stake.claim)
        clocks.start(desk, tx, about, {"court_action_notice_received": time.now}, at_stake)
    at(desk, time, OPENS + 2 * MINUTE)
    assert state(desk, at_stake) is AllegationState.RESTORED
    assert clock_of(desk, "putback_not_after").state is ClockState.SATISFIED


@pytest.mark.parametrize("act", putback.OVERTAKES)
def test_what_comes_after_the_approval_asks_legal_anew(desk: Desk, time: Time, act: str) -> None:
    at_stake = countered(desk)
    approve(desk, person(desk, Role.LEGAL, name="Cy"), at_stake)
    with desk.db.write() as tx:
        chain.append(tx, PLATFORM, act, at_stake.id, at_stake.claim)
    at(desk, time, OPENS)
    assert orders(desk) == []
    approve(desk, person(desk, Role.LEGAL, name="Di"), at_stake)
    at(desk, time, OPENS + MINUTE)
    assert len(orders(desk)) == 1


def test_the_event_of_court_papers_is_the_one_that_the_answers_write() -> None:
    assert casefacts.PAPERS in putback.OVERTAKES


def test_an_order_that_was_stopped_is_not_queued_again_by_itself(desk: Desk, time: Time) -> None:
    at_stake = countered(desk)
    approve(desk, person(desk, Role.LEGAL, name="Cy"), at_stake)
    at(desk, time, OPENS)
    with desk.db.write() as tx:
        outbox.cancel_unsent(tx, at_stake.id, time.now)
    at(desk, time, OPENS + MINUTE)
    assert [row.state for row in orders(desk)] == [OutboxState.CANCELLED]


def test_a_clock_on_the_wall_set_back_brings_nothing_back_early_and_undoes_no_miss(desk: Desk, time: Time) -> None:
    at_stake = countered(desk)
    at(desk, time, LATEST + SECOND)
    at(desk, time, OPENS - SECOND)
    approve(desk, person(desk, Role.LEGAL, name="Cy"), at_stake)
    at(desk, time, OPENS - SECOND)
    assert orders(desk) == []
    assert clock_of(desk, "putback_not_after").state is ClockState.MISSED
    assert len(alarms(desk, AlarmKind.CLOCK_MISSED)) == 1


def test_two_cases_are_chased_apart_when_one_of_them_fails(
    desk: Desk, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = countered(desk, "a1"), countered(desk, "a2")
    approve(desk, person(desk, Role.LEGAL, name="Cy"), whole)
    real = putback.window

    def failing(*given: object) -> object:
        if given[3].id == broken.id:  # type: ignore[attr-defined]
            raise RuntimeError("no window")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(putback, "window", failing)
    time.now = OPENS
    tally = putback.put_back(desk)
    assert (tally.counts["put-back queued"], tally.errors.total()) == (1, 1)
    assert [row.allegation for row in orders(desk)] == [whole.id]


def test_statutory_and_sla_are_alarmed_apart(desk: Desk, time: Time) -> None:
    countered(desk)
    at(desk, time, LATEST + SECOND)
    kinds = {alarm.subject for alarm in alarms(desk, AlarmKind.CLOCK_MISSED)}
    ours = {alarm.subject for alarm in alarms(desk, AlarmKind.SLA_MISSED)}
    with desk.db.read() as look:
        missed = records.find(look, Clock, state=ClockState.MISSED)
    assert kinds == {item.id for item in missed if item.kind is ClockKind.STATUTORY_MAX}
    assert ours == {item.id for item in missed if item.kind in (ClockKind.SLA, ClockKind.OPEN_STANDARD)} != set()


def test_a_chase_in_which_nothing_is_due_holds_up_no_writer(desk: Desk, time: Time) -> None:
    countered(desk)
    at(desk, time, DAY_EIGHT)
    with patch.object(desk.db.__class__, "write", side_effect=AssertionError("nothing was to be written")):
        assert putback.put_back(desk).taken == 0
        assert overdue.tell(desk).taken == 0


@pytest.mark.parametrize("stands", [AllegationState.ACTIONED, AllegationState.KEPT_DOWN])
def test_no_put_back_is_approved_where_no_counter_notice_is_open(desk: Desk, stands: AllegationState) -> None:
    at_stake = restricted_in(desk, stands)
    with pytest.raises(BadDecision, match="no counter-notice"):
        approve(desk, person(desk, Role.LEGAL, name="Cy"), at_stake)
    assert orders(desk) == []


@pytest.mark.parametrize("decided", [False, True], ids=["open", "decided"])
def test_an_appeal_is_not_answered_by_the_put_back_that_waits_for_a_counter_notice(desk: Desk, decided: bool) -> None:
    at_stake = appealed(desk, decided=decided)
    with pytest.raises(BadDecision, match="no counter-notice"):
        approve(desk, person(desk, Role.LEGAL, name="Cy"), at_stake)
