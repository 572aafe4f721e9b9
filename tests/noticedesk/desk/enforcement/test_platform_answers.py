"""A platform that answers late, twice, out of order, with failure or not at all: each with the state a person sees."""

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.enforcement import platform
from noticedesk.model.action import Action
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.event import Event
from noticedesk.model.letter import Outbox, OutboxState
from noticedesk.model.listing import Restriction
from noticedesk.store import outbox, records
from tests.noticedesk.desk.factory import Time
from tests.noticedesk.desk.receiver import (
    ACCEPTED,
    LATER,
    NEVER,
    Receiver,
    acts,
    alleged,
    approved,
    confirm,
    listing,
    order,
    proved,
    row,
    saved,
    seen,
    state,
    tell,
)

S = AllegationState


def fail(desk: Desk, **more: object) -> str:
    return tell(desk, "action.failed", idempotency_key=row(desk).key, why="the item is locked", **more)


def test_what_is_accepted_waits_and_is_confirmed_hours_later(connected: Desk, receiver: Receiver, time: Time) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [ACCEPTED]
    dispatch(connected)
    assert (state(connected, allegation), seen(connected)) == (S.DISPATCHING, ("sent", ""))
    time.pass_(hours=3)
    dispatch(connected)
    assert len(receiver.asked) == 1, "nothing is asked again while the confirmation may still come"
    assert confirm(connected) == "actioned"
    assert (state(connected, allegation), seen(connected)[0]) == (S.ACTIONED, "confirmed")
    assert {"effect.asked", "effect.accepted", "platform.received"} <= set(acts(connected))


def test_a_confirmation_that_does_not_come_is_overdue_and_asked_for_again_under_the_same_key(
    connected: Desk, receiver: Receiver, time: Time
) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [ACCEPTED]
    dispatch(connected)
    time.pass_(hours=4)
    assert seen(connected) == ("overdue", "")
    dispatch(connected)
    assert len(receiver.asked) == 2
    assert receiver.took == [row(connected).key]
    assert state(connected, allegation) is S.ACTIONED


def test_a_platform_that_accepts_everything_and_confirms_nothing_ends_before_a_person(
    connected: Desk, receiver: Receiver, time: Time
) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [ACCEPTED] * 50
    for _ in range(10):
        dispatch(connected)
        time.pass_(hours=5)
    assert seen(connected) == ("dead", "accepted, and not confirmed within 4 hours")
    assert state(connected, allegation) is S.ACTION_FAILED
    assert len(receiver.asked) == 8
    assert "effect.dead" in acts(connected)


def test_a_confirmation_that_comes_twice_has_no_second_effect(connected: Desk, receiver: Receiver) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [ACCEPTED]
    dispatch(connected)
    assert confirm(connected, "msg-1") == "actioned"
    before = len(saved(connected, Event))
    assert confirm(connected, "msg-1") == "taken before: actioned"
    assert len(saved(connected, Event)) == before
    assert confirm(connected, "msg-2") == "confirmed before"
    assert len(saved(connected, Restriction, allegation=allegation.id)) == 1


def test_a_confirmation_may_come_before_the_answer_to_the_order(connected: Desk, receiver: Receiver) -> None:
    """The platform tells so while it still answers: our own mark finds it settled."""
    (allegation,) = approved(connected)

    class Eager(list):
        def pop(self, _: int = 0) -> object:
            assert confirm(connected) == "actioned"
            return ACCEPTED

        def __bool__(self) -> bool:
            return True

    receiver.answers = Eager()
    tally = dispatch(connected)
    assert tally.counts == {"settled meanwhile": 1}
    assert (state(connected, allegation), seen(connected)[0]) == (S.ACTIONED, "confirmed")
    assert len(saved(connected, Restriction)) == 1


def test_a_failure_after_the_confirmation_changes_nothing_and_operations_is_asked(connected: Desk) -> None:
    (allegation,) = approved(connected)
    dispatch(connected)
    assert fail(connected) == "failed after it was confirmed"
    assert (state(connected, allegation), seen(connected)[0]) == (S.ACTIONED, "confirmed")
    (asked,) = saved(connected, Escalation)
    assert (asked.team, asked.about) == (Team.OPERATIONS, allegation.id)
    assert "Which is true?" in asked.question


def test_a_failure_that_is_not_final_is_tried_again_and_then_confirmed(
    connected: Desk, receiver: Receiver, time: Time
) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [ACCEPTED]
    dispatch(connected)
    assert fail(connected) == "failed"
    assert seen(connected) == ("failed", "the platform says: the item is locked")
    time.pass_(minutes=2)
    dispatch(connected)
    assert state(connected, allegation) is S.ACTIONED
    assert len(set(receiver.bodies)) == 1


def test_a_final_failure_is_dead_at_once_and_its_allegation_waits_for_a_person(
    connected: Desk, receiver: Receiver
) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [ACCEPTED]
    dispatch(connected)
    assert fail(connected, final=True) == "dead"
    assert (state(connected, allegation), seen(connected)[0]) == (S.ACTION_FAILED, "dead")


def test_a_final_refusal_in_the_answer_is_dead_at_once(connected: Desk, receiver: Receiver) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [NEVER]
    dispatch(connected)
    assert state(connected, allegation) is S.ACTION_FAILED
    assert seen(connected)[0] == "dead"
    assert "there is no such listing" in seen(connected)[1]


def test_a_confirmation_after_the_failure_counts(connected: Desk, receiver: Receiver) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [NEVER]
    dispatch(connected)
    assert confirm(connected) == "actioned"
    assert (state(connected, allegation), seen(connected)[0]) == (S.ACTIONED, "confirmed")
    (restriction,) = saved(connected, Restriction)
    assert restriction.lifted_at is None


def test_errors_of_the_platform_until_it_is_dead(connected: Desk, receiver: Receiver, time: Time) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [LATER] * 50
    for _ in range(12):
        dispatch(connected)
        time.pass_(hours=12)
    assert state(connected, allegation) is S.ACTION_FAILED
    assert seen(connected)[0] == "dead"
    assert "503" in seen(connected)[1]
    assert len(receiver.asked) == 8
    assert len(receiver.bodies) == 1
    assert proved(connected)


def test_a_confirmation_while_a_counter_notice_is_open_is_on_record_and_moves_nothing(
    connected: Desk, receiver: Receiver
) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [ACCEPTED]
    dispatch(connected)
    with connected.db.write() as tx:
        now = records.get(tx, Allegation, allegation.id)
        store.moves.move(tx, now, S.COUNTERED, platform.PLATFORM)
    assert confirm(connected) == "confirmed while countered"
    assert state(connected, allegation) is S.COUNTERED
    assert len(saved(connected, Restriction, lifted_at=None)) == 1


def test_an_order_whose_case_went_another_way_before_it_left_is_not_sent(connected: Desk, receiver: Receiver) -> None:
    (allegation,) = approved(connected)
    with connected.db.write() as tx:
        now = records.get(tx, Allegation, allegation.id)
        store.moves.move(tx, now, S.WITHDRAWN, platform.PLATFORM)
    dispatch(connected)
    assert receiver.asked == []
    assert seen(connected) == ("cancelled", "the allegation is withdrawn by now")


def test_what_was_cancelled_and_carried_out_all_the_same_is_on_record(connected: Desk, receiver: Receiver) -> None:
    (allegation,) = approved(connected)
    with connected.db.write() as tx:
        outbox.cancel_unsent(tx, allegation.id, connected.now())
        store.moves.move(tx, records.get(tx, Allegation, allegation.id), S.WITHDRAWN, platform.PLATFORM)
    assert confirm(connected) == "confirmed while withdrawn"
    assert len(saved(connected, Restriction, allegation=allegation.id, lifted_at=None)) == 1


def test_a_late_confirmation_of_an_older_order_has_the_platform_told_once_more_what_holds(
    connected: Desk, receiver: Receiver, time: Time
) -> None:
    about = listing(connected)
    first, second = alleged(connected, about), alleged(connected, about)
    older = order(connected, first, Action.DEMOTE)
    receiver.answers = [NEVER]
    dispatch(connected)
    order(connected, second, Action.REMOVE)
    dispatch(connected)
    assert [one["action"] for one in receiver.lies[about.item]] == ["remove"]
    assert tell(connected, "action.confirmed", idempotency_key=older.key) == "actioned"
    dispatch(connected)
    assert [one["action"] for one in receiver.lies[about.item]] == ["remove", "demote"]
    assert "effect.not_as_recorded" in acts(connected)
    assert saved(connected, Outbox, state=[OutboxState.QUEUED, OutboxState.SENT, OutboxState.FAILED]) == []
