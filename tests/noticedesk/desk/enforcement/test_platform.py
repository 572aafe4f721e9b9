"""The platform's events, and a platform that fails in every way: each with the state that a person would see."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from noticedesk import settings, store
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.enforcement import deadletters, platform
from noticedesk.desk.enforcement.platform import BadEvent, BadSignature
from noticedesk.model.action import Action
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.event import Event
from noticedesk.model.letter import Outbox, OutboxState
from noticedesk.model.listing import Restriction
from noticedesk.store import outbox, records
from tests.noticedesk.desk.factory import NOW, Time
from tests.noticedesk.desk.receiver import (
    ACCEPTED,
    CONFIRMED,
    INBOUND,
    LATER,
    NEVER,
    Receiver,
    alleged,
    approved,
    listing,
    order,
    proved,
    row,
    saved,
    signed,
    state,
    tell,
)

S = AllegationState


def seen(desk: Desk) -> tuple[str, str]:
    """What `noticedesk effects` shows of the one effect: its state and last error."""
    with desk.db.read() as look:
        (one,) = deadletters.listed(look, desk.now(), states=set(OutboxState))
    return one.state, one.last_error


def confirm(desk: Desk, id: str = "") -> str:
    return tell(desk, "action.confirmed", id, idempotency_key=row(desk).key)


def fail(desk: Desk, **more: object) -> str:
    return tell(desk, "action.failed", idempotency_key=row(desk).key, why="the item is locked", **more)


def acts(desk: Desk) -> list[str]:
    return [event.act for event in saved(desk, Event)]


# ---- late, twice, out of order, with failure, not at all ----


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


# ---- disk full, clock jumps, a lease that runs out ----


@contextmanager
def full_disk(desk: Desk, times: int = 1, at: str = "UPDATE outbox SET state") -> Iterator[list[str]]:
    """Lets the statements that begin so fail as SQLite does on a full disk."""
    refused: list[str] = []

    def refuse(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith(at) and len(refused) < times:
            refused.append(statement)
            raise OperationalError(statement, {}, Exception("database or disk is full"))

    event.listen(desk.db.writer, "before_cursor_execute", refuse)
    try:
        yield refused
    finally:
        event.remove(desk.db.writer, "before_cursor_execute", refuse)


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


# ---- what is not taken ----


def test_a_wrong_signature_is_not_taken(connected: Desk) -> None:
    body = json.dumps({"type": "listing.edited", "timestamp": NOW.isoformat(), "data": {"service": "s", "item": "i"}})
    good = signed(body, "msg-1")
    other = signed(body, "msg-1", "whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldCBrZXkhISE=")
    stale = signed(body, "msg-1", at=datetime.now(UTC) - timedelta(minutes=6))
    early = signed(body, "msg-1", at=datetime.now(UTC) + timedelta(minutes=6))
    wrong = [
        (other, body),
        (good, body.replace("edited", "deleted")),
        (good | {"Webhook-Id": "msg-2"}, body),
        (good | {"Webhook-Signature": "v1,???"}, body),
        (good | {"Webhook-Signature": "nonsense"}, body),
        (good | {"Webhook-Timestamp": "soon"}, body),
        ({}, body),
    ]
    for headers, text in wrong:
        with pytest.raises(BadSignature, match="the signature is not good"):
            platform.receive(connected, headers, text.encode())
    for headers, told in ((stale, "too old"), (early, "too new")):
        with pytest.raises(BadSignature, match=told):
            platform.receive(connected, headers, body.encode())
    with pytest.raises(BadSignature, match="the signature is not good"):
        platform.receive(connected, good, b"\xff\xfe")
    assert saved(connected, Event) == []
    assert platform.receive(connected, good, body.encode()).startswith("no case is about it")


def test_a_secret_may_be_exchanged_for_another_while_both_hold(connected: Desk) -> None:
    new = "whsec_YSBuZXdlciBzZWNyZXQgb2YgdGhlIHBsYXRmb3JtIQ=="
    both = replace(connected, settings=replace(connected.settings, platform_secret=f"{new} {INBOUND}"))
    body = json.dumps({"type": "listing.edited", "timestamp": NOW.isoformat(), "data": {"service": "s", "item": "i"}})
    for secret in (new, INBOUND):
        platform.receive(both, signed(body, "msg-1", secret), body.encode())


def test_without_a_secret_no_event_is_taken_and_a_broken_one_is_a_setting_to_mend(connected: Desk) -> None:
    for secret, error, told in (("", BadSignature, "PLATFORM_SECRET is set"), ("a", settings.SettingError, "whsec_")):
        closed = replace(connected, settings=replace(connected.settings, platform_secret=secret))
        with pytest.raises(error, match=told):
            platform.receive(closed, signed("{}", "msg-1"), b"{}")


@pytest.mark.parametrize(
    ("type_", "data", "told"),
    [
        ("action.confirm", {}, "no event action.confirm; did you mean action.confirmed?"),
        ("weather.changed", {}, "known are action.confirmed, action.failed"),
        ("action.confirmed", {}, "not a action.confirmed: /data: 'idempotency_key' is a required property"),
        ("action.failed", {"idempotency_key": "D-1"}, "'why' is a required property"),
        ("action.confirmed", {"idempotency_key": "D-1"}, "nothing was asked under the key D-1"),
        ("action.failed", {"idempotency_key": "X-1-2", "why": "x"}, "nothing was asked under the key X-1-2"),
        ("listing.deleted", {"service": "shop"}, "'item' is a required property"),
    ],
)
def test_an_event_that_cannot_be_taken_says_why_and_changes_nothing(
    connected: Desk, type_: str, data: dict[str, str], told: str
) -> None:
    with pytest.raises(BadEvent) as error:
        tell(connected, type_, **data)
    assert told in str(error.value)
    assert saved(connected, Event) == []


def test_one_id_stands_for_one_message(connected: Desk, receiver: Receiver) -> None:
    approved(connected)
    receiver.answers = [ACCEPTED]
    dispatch(connected)
    confirm(connected, "msg-1")
    with pytest.raises(BadEvent, match="msg-1 stood for another message before"):
        tell(connected, "action.failed", "msg-1", idempotency_key=row(connected).key, why="x")
