from datetime import timedelta

import pytest

from noticedesk import store
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim, ClaimState, Lane
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice
from noticedesk.store import queue, records
from noticedesk.store.moves import move
from noticedesk.store.queue import Patience
from tests.noticedesk.store.factory import BOTH, DESK, MINUTE, NOON, claim, notice, saved_allegation

pytestmark = BOTH

RECEIVED = [ClaimState.RECEIVED]


def ids_of(*nouns: Claim | Notice | Allegation) -> list[str]:
    return [noun.id for noun in nouns]


def test_the_pressing_lane_comes_first_then_what_is_due_and_what_has_no_date_last(db: store.Database) -> None:
    later, soon = claim(due_at=NOON + MINUTE), claim(due_at=NOON)
    undated, court, safety = claim(), claim(lane=Lane.COURT), claim(lane=Lane.SAFETY, due_at=NOON + 9 * MINUTE)
    with db.write() as tx:
        records.add(tx, [undated, later, soon, court, safety])
        assert queue.lease(tx, Claim, RECEIVED, "one", NOON) == ids_of(safety, court, soon, later, undated)


def test_notices_are_taken_as_they_came_and_allegations_as_they_are_due(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, [second := notice(received_at=NOON), first := notice(received_at=NOON - MINUTE)])
        later, sooner = saved_allegation(tx), saved_allegation(tx, due_at=NOON)
        assert queue.lease(tx, Notice, ["received"], "one", NOON) == ids_of(first, second)
        assert queue.lease(tx, Allegation, ["reported"], "one", NOON) == ids_of(sooner, later)


def test_nothing_has_two_holders(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, [claim() for _ in range(5)])
        first = queue.lease(tx, Claim, RECEIVED, "one", NOON, limit=3)
        second = queue.lease(tx, Claim, RECEIVED, "two", NOON, limit=3)
        assert (len(first), len(second), set(first) & set(second)) == (3, 2, set())
        assert queue.lease(tx, Claim, RECEIVED, "three", NOON) == []


def test_only_the_states_asked_for_are_leased(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, [claim(state=ClaimState.CLOSED), cure := claim(state=ClaimState.NEEDS_CURE)])
        assert queue.lease(tx, Claim, [ClaimState.NEEDS_CURE, ClaimState.IN_CHECK], "one", NOON) == ids_of(cure)


def test_allegations_are_leased_only_of_claims_in_a_state_where_that_is_asked(db: store.Database) -> None:
    with db.write() as tx:
        waiting, accepted = saved_allegation(tx), saved_allegation(tx)
        of = records.get(tx, Claim, accepted.claim)
        move(tx, move(tx, of, ClaimState.IN_CHECK, DESK), ClaimState.ACCEPTED, DESK)
        taken = queue.lease(tx, Allegation, ["reported"], "one", NOON, claim_states=[ClaimState.ACCEPTED])
        assert taken == ids_of(accepted)
        assert queue.lease(tx, Allegation, ["reported"], "one", NOON) == ids_of(waiting)


def test_an_expired_lease_is_taken_over_and_its_first_holder_cannot_end_it(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, work := claim())
        queue.lease(tx, Claim, RECEIVED, "one", NOON, seconds=60)
        assert queue.lease(tx, Claim, RECEIVED, "two", NOON + timedelta(seconds=59)) == []
        assert queue.lease(tx, Claim, RECEIVED, "two", NOON + MINUTE) == ids_of(work)
        queue.release(tx, work.id, owner="one")
        assert queue.lease(tx, Claim, RECEIVED, "three", NOON + MINUTE) == []
        queue.release(tx, work.id, owner="two")
        assert queue.lease(tx, Claim, RECEIVED, "three", NOON + MINUTE) == ids_of(work)


def test_released_work_is_free_at_once(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, work := claim())
        queue.release(tx, *queue.lease(tx, Claim, RECEIVED, "one", NOON))
        assert queue.lease(tx, Claim, RECEIVED, "two", NOON) == ids_of(work)


def test_what_failed_waits_twice_as_long_each_time_and_then_is_stuck(db: store.Database) -> None:
    patience = Patience(first=MINUTE, longest=5 * MINUTE, attempts=5)
    with db.write() as tx:
        records.add(tx, work := claim())
        failures = [queue.fail(tx, work.id, f"error {n}", NOON, patience) for n in range(5)]
    assert [failure.next_attempt_at - NOON for failure in failures] == [MINUTE * n for n in (1, 2, 4, 5, 5)]
    assert [failure.stuck for failure in failures] == [False, False, False, False, True]
    with db.read() as look:
        assert queue.stuck(look, Claim) == [(work.id, "error 4")]
        assert queue.stuck(look, Notice) == []


def test_what_failed_is_leased_again_when_its_time_has_come_and_stuck_when_resumed(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, work := claim())
        queue.fail(tx, work.id, "timeout", NOON)
        assert queue.lease(tx, Claim, RECEIVED, "one", NOON) == []
        assert queue.lease(tx, Claim, RECEIVED, "one", NOON + MINUTE) == ids_of(work)
        queue.fail(tx, work.id, "timeout", NOON, Patience(attempts=1))
        assert queue.lease(tx, Claim, RECEIVED, "one", NOON + 1000 * MINUTE) == []
        queue.resume(tx, work.id)
        assert queue.lease(tx, Claim, RECEIVED, "one", NOON) == ids_of(work)


def test_a_failure_a_thousand_times_over_still_has_a_date(db: store.Database) -> None:
    assert Patience().wait(1000) == timedelta(hours=6)


def test_what_stands_in_no_queue_is_refused_by_name(db: store.Database) -> None:
    with db.write() as tx:
        with pytest.raises(store.StoreError, match="Listing stands in no queue"):
            queue.lease(tx, Listing, ["received"], "one", NOON)
        with pytest.raises(store.Missing, match="C-0"):
            queue.fail(tx, "C-0", "error", NOON)


def test_whether_anything_waits_is_told_without_taking_it(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, one := claim())
    with db.read() as look:
        assert queue.waits(look, Claim, RECEIVED, NOON)
        assert not queue.waits(look, Claim, [ClaimState.EXPIRED], NOON)
    with db.write() as tx:
        assert queue.lease(tx, Claim, RECEIVED, "one", NOON) == ids_of(one)
        assert not queue.waits(tx, Claim, RECEIVED, NOON)
