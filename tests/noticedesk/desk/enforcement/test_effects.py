"""Effects: asked of the platform once, stated only when confirmed, and lifted only when no restriction is left."""

from http import HTTPStatus
from pathlib import Path

from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.model.action import Action
from noticedesk.model.alarm import Alarm, AlarmKind
from noticedesk.model.allegation import AllegationState
from noticedesk.model.letter import OutboxState
from noticedesk.model.listing import Restriction
from noticedesk.store import records
from tests.noticedesk.desk.factory import Time, opened
from tests.noticedesk.desk.receiver import LATER, Receiver, approved, row, state


def test_what_is_asked_is_signed_and_names_listing_action_and_reason(connected: Desk, receiver: Receiver) -> None:
    (allegation,) = approved(connected)
    dispatch(connected)
    (asked,) = receiver.asked
    data = asked["data"]
    assert isinstance(data, dict)
    assert asked["type"] == "action.requested"
    assert (data["action"], data["reason_code"], data["allegation"]) == ("disable", "copy", allegation.id)
    assert data["idempotency_key"] == row(connected).key


def test_a_confirmed_effect_is_a_restriction_on_the_listing(connected: Desk) -> None:
    (allegation,) = approved(connected)
    dispatch(connected)
    assert state(connected, allegation) is AllegationState.ACTIONED
    with connected.db.read() as look:
        (restriction,) = records.find(look, Restriction, listing=allegation.listing)
    assert (restriction.action, restriction.lifted_at) == (Action.DISABLE, None)


def test_what_is_not_confirmed_is_asked_again_under_the_same_key(
    connected: Desk, receiver: Receiver, time: Time
) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [LATER]
    dispatch(connected)
    assert state(connected, allegation) is AllegationState.DISPATCHING
    assert "try again later" in row(connected).last_error
    time.pass_(minutes=5)
    dispatch(connected)
    assert state(connected, allegation) is AllegationState.ACTIONED
    keys = [asked["data"]["idempotency_key"] for asked in receiver.asked]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_an_answer_that_confirms_nothing_is_no_confirmation(connected: Desk, receiver: Receiver) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [(HTTPStatus.OK, {"type": "action.failed", "why": "no such listing"})]
    dispatch(connected)
    assert state(connected, allegation) is AllegationState.DISPATCHING
    assert "no such listing" in row(connected).last_error


def test_what_fails_too_often_stands_before_a_person(connected: Desk, receiver: Receiver, time: Time) -> None:
    (allegation,) = approved(connected)
    receiver.answers = [(HTTPStatus.SERVICE_UNAVAILABLE, {})] * 50
    for _ in range(12):
        dispatch(connected)
        time.pass_(hours=12)
    assert row(connected).state is OutboxState.DEAD
    assert state(connected, allegation) is AllegationState.ACTION_FAILED


def test_without_a_platform_effects_wait_and_an_alarm_says_so_once_a_day(tmp_path: Path, time: Time) -> None:
    with opened(tmp_path, time=time, undo_minutes=0) as desk:
        approved(desk)
        for _ in range(3):
            assert dispatch(desk).taken == 0
        with desk.db.read() as look:
            (alarm,) = records.find(look, Alarm, kind=AlarmKind.NO_WAY_OUT)
        assert alarm.subject == "webhook"
