"""While the platform is asked the disk fills up, the clock jumps or a lease runs out: nothing is lost or done twice."""

import pytest

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.model.allegation import AllegationState
from noticedesk.model.listing import Restriction
from noticedesk.store import outbox
from tests.noticedesk.desk.disk import full_disk
from tests.noticedesk.desk.factory import Time
from tests.noticedesk.desk.receiver import (
    ACCEPTED,
    CONFIRMED,
    LATER,
    Receiver,
    acts,
    approved,
    confirm,
    proved,
    row,
    saved,
    seen,
    state,
)

S = AllegationState


def test_a_full_disk_while_saving_leaves_nothing_half_done_and_the_order_is_asked_again_under_its_key(
    connected: Desk, receiver: Receiver, time: Time
) -> None:
    (allegation,) = approved(connected)
    with full_disk(connected, at="INSERT INTO restrictions") as refused:
        tally = dispatch(connected)
    assert refused
    assert any("database or disk is full" in error for error in tally.errors)
    assert (state(connected, allegation), seen(connected)) == (S.DISPATCHING, ("queued", ""))
    assert saved(connected, Restriction) == []
    time.pass_(minutes=6)
    dispatch(connected)
    assert (state(connected, allegation), seen(connected)) == (S.ACTIONED, ("confirmed", outbox.SILENT))
    assert len(receiver.asked) == 2
    assert receiver.took == [row(connected).key]
    assert proved(connected)


def test_a_full_disk_while_an_event_is_taken_saves_nothing_and_its_repeat_is_taken(
    connected: Desk, receiver: Receiver
) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [ACCEPTED]
    dispatch(connected)
    with full_disk(connected, at="UPDATE allegations"), pytest.raises(store.StoreError, match="disk is full"):
        confirm(connected, "msg-1")
    assert (state(connected, allegation), seen(connected)[0]) == (S.DISPATCHING, "sent")
    assert "platform.received" not in acts(connected)
    assert confirm(connected, "msg-1") == "actioned"


def test_a_full_disk_before_the_order_leaves_sends_nothing(connected: Desk, receiver: Receiver, time: Time) -> None:
    (allegation,) = approved(connected)
    with full_disk(connected, at="UPDATE allegations"):
        dispatch(connected)
    assert receiver.asked == []
    assert state(connected, allegation) is S.APPROVED
    time.pass_(minutes=6)
    dispatch(connected)
    assert state(connected, allegation) is S.ACTIONED


@pytest.mark.parametrize("days", [1, -1])
@pytest.mark.parametrize("answer", [CONFIRMED, ACCEPTED, LATER], ids=["confirmed", "accepted", "later"])
def test_a_clock_that_jumps_while_the_platform_answers_loses_nothing(
    connected: Desk, receiver: Receiver, time: Time, days: int, answer: tuple
) -> None:
    (allegation,) = approved(connected)

    class Jumping(list):
        def pop(self, place: int = 0) -> object:
            time.pass_(days=days)
            return super().pop(place)

    receiver.answers = Jumping([answer])
    dispatch(connected)
    receiver.answers = []
    # the clock is put right again, and the flow goes on
    time.pass_(days=-days)
    for _ in range(3):
        time.pass_(hours=9 if days < 0 else 24)
        dispatch(connected)
    assert (state(connected, allegation), seen(connected)[0]) == (S.ACTIONED, "confirmed")
    assert receiver.took == [row(connected).key]
    assert len(saved(connected, Restriction)) == 1
    assert proved(connected)


def test_the_answer_that_comes_after_the_lease_has_passed_to_another_is_left_to_them(
    connected: Desk, receiver: Receiver, time: Time
) -> None:
    (allegation,) = approved(connected)

    class Slow(list):
        def pop(self, place: int = 0) -> object:
            if len(self) == 2:
                answer = super().pop(place)
                time.pass_(minutes=6)
                dispatch(connected)
                return answer
            return super().pop(place)

    receiver.answers = Slow([ACCEPTED, CONFIRMED])
    tally = dispatch(connected)
    assert tally.counts == {"settled meanwhile": 1}
    assert (state(connected, allegation), seen(connected)[0]) == (S.ACTIONED, "confirmed")
    assert len(saved(connected, Restriction)) == 1
