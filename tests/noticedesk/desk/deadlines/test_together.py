"""Times of a claim and of its listings: one does not end by what happened to another, and what was met stays met."""

from dataclasses import replace
from datetime import timedelta

from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock, ClockState
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.noticedesk.desk.chase.case import RECEIVED, allegation, claim, countered, restricted
from tests.noticedesk.desk.factory import Time, person

DAY = timedelta(days=1)


def clock_of(desk: Desk, rule: str, allegation: str | None) -> Clock:
    with desk.db.read() as look:
        (found,) = records.find(look, Clock, rule=rule, allegation=allegation)
    return found


def test_what_came_back_ends_no_time_of_a_listing_that_still_waits(desk: Desk, time: Time) -> None:
    about = claim(desk)
    back, waiting = (allegation(desk, about, AllegationState.WITHDRAWN, item) for item in ("a1", "a2"))
    measure = restricted(desk, back, person(desk, Role.SPECIALIST))
    time.now = RECEIVED
    with desk.db.write() as tx:
        for one in (back, waiting, None):
            clocks.start(desk, tx, about, {"retraction_received": RECEIVED}, one)
    time.now = RECEIVED + 5 * DAY
    with desk.db.write() as tx:
        records.replace(tx, replace(measure, lifted_at=time.now, lifted_by="D-1"))
        clocks.start(desk, tx, about, {"material_restored": time.now}, back)
        clocks.start(desk, tx, about, {}, waiting, overdue=True)
    own = clock_of(desk, "restore_after_retraction", waiting.id)
    assert (own.state, own.ended_by) == (ClockState.MISSED, "")
    assert clock_of(desk, "restore_after_retraction", None).ended_at is None


def test_what_was_met_stays_met_though_its_act_is_done_again_when_the_time_was_over(desk: Desk, time: Time) -> None:
    at_stake = countered(desk)
    with desk.db.write() as tx:
        about = records.get(tx, Claim, at_stake.claim)
        for event, after in (("putback_approved", 2), ("retraction_received", 20), ("putback_approved", 25)):
            time.now = RECEIVED + after * DAY
            clocks.start(desk, tx, about, {event: time.now}, at_stake)
    met = clock_of(desk, "putback_review", at_stake.id)
    assert (met.state, met.ended_at) == (ClockState.SATISFIED, RECEIVED + 2 * DAY)


def test_what_was_done_late_was_done_when_it_was_first_done(desk: Desk, time: Time) -> None:
    at_stake = countered(desk)
    with desk.db.write() as tx:
        about = records.get(tx, Claim, at_stake.claim)
        for after in (20, 21):
            time.now = RECEIVED + after * DAY
            clocks.start(desk, tx, about, {"putback_approved": time.now}, at_stake)
    late = clock_of(desk, "putback_review", at_stake.id)
    assert (late.state, late.ended_at) == (ClockState.MISSED, RECEIVED + 20 * DAY)
