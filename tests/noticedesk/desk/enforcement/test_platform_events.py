"""The platform's events are taken only when they are signed, known and whole, and each once."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from noticedesk import settings
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.enforcement import platform
from noticedesk.desk.enforcement.platform import BadEvent, BadSignature
from noticedesk.model.event import Event
from tests.noticedesk.desk.factory import NOW
from tests.noticedesk.desk.receiver import (
    ACCEPTED,
    INBOUND,
    Receiver,
    approved,
    confirm,
    row,
    saved,
    signed,
    tell,
)


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
