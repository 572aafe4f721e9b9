"""Effects: asked of the platform once, stated only when confirmed, and lifted only when no restriction is left."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook

from noticedesk.demo.origin import Origin, Reply, Request
from noticedesk.desk import effects
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.policy import Platform
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox, OutboxState
from noticedesk.model.listing import Listing, Restriction
from noticedesk.model.right import AssetKind, Work
from noticedesk.store import records
from tests.noticedesk.desk.factory import NOW, Time, opened

SECRET = "whsec_bm90aWNlZGVzayB0ZXN0IHNlY3JldCBrZXkh"


class Receiver:
    """A platform that verifies what it is asked, takes effect once by key, and answers as it is told."""

    def __init__(self) -> None:
        self.answers: list[tuple[HTTPStatus, dict[str, str]]] = []
        self.asked: list[dict[str, object]] = []

    def __call__(self, request: Request) -> Reply:
        at = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), UTC)
        signature = Webhook(SECRET).sign(request.headers["webhook-id"], at, request.body.decode())
        assert request.headers["webhook-signature"] == signature
        self.asked.append(json.loads(request.body))
        status, body = self.answers.pop(0) if self.answers else (HTTPStatus.OK, {"type": "action.confirmed"})
        return Reply(status, json.dumps(body).encode(), "application/json")


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def connected(tmp_path: Path, receiver: Receiver, time: Time) -> Iterator[Desk]:
    with Origin(receiver) as origin, opened(tmp_path, time=time, undo_minutes=0) as desk:
        platform = Platform(webhook=f"{origin.url}/actions")
        yield replace(desk, platform=platform, settings=replace(desk.settings, webhook_secret=SECRET))


def approved(desk: Desk, count: int = 1) -> list[Allegation]:
    """Approved allegations of as many claims about one listing, each with its decision in the outbox."""
    listing = Listing(id=new_id("L"), service="shop", item=new_id("I"), url="https://shop.example/item/a1")
    made = []
    with desk.db.write() as tx:
        records.add(tx, listing)
        for _ in range(count):
            claim = Claim(id=new_id("C"), service="shop", regime="us_dmca_512c", regime_version=1, received_at=NOW)
            work = Work(id=new_id("W"), claim=claim.id, kind=AssetKind.PHOTO, title="Sunset")
            allegation = Allegation(
                id=new_id("A"),
                claim=claim.id,
                work=work.id,
                listing=listing.id,
                url=listing.url,
                state=AllegationState.APPROVED,
            )
            records.add(tx, [claim, work, allegation])
            decide(desk, tx, allegation, Action.DISABLE, Reason.COPY)
            made.append(allegation)
    return made


def decide(desk: Desk, tx, allegation: Allegation, action: Action, reason: Reason) -> None:  # type: ignore[no-untyped-def]
    decision = Decision(
        id=new_id("D"),
        allegation=allegation.id,
        action=action,
        reason=reason,
        decided_by="policy",
        decided_at=desk.now(),
        automatic=True,
        ground="us_dmca_512c",
    )
    records.add(tx, decision)
    effects.request(desk, tx, allegation, decision)


def state(desk: Desk, allegation: Allegation) -> AllegationState:
    with desk.db.read() as look:
        return records.get(look, Allegation, allegation.id).state


def row(desk: Desk) -> Outbox:
    with desk.db.read() as look:
        (one,) = records.find(look, Outbox, kind="webhook")
    return one


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
    receiver.answers = [(HTTPStatus.SERVICE_UNAVAILABLE, {"type": "action.failed", "why": "try again later"})]
    dispatch(connected)
    assert state(connected, allegation) is AllegationState.DISPATCHING
    assert "try again later" in row(connected).last_error
    time.pass_(minutes=5)
    dispatch(connected)
    assert state(connected, allegation) is AllegationState.ACTIONED
    keys = [asked["data"]["idempotency_key"] for asked in receiver.asked]  # type: ignore[index]
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


def test_without_a_platform_the_way_to_one_is_told(tmp_path: Path, time: Time) -> None:
    with opened(tmp_path, time=time, undo_minutes=0) as desk:
        approved(desk)
        with pytest.raises(ValueError, match=r"set `webhook` in platform\.yaml"):
            dispatch(desk)


@given(order=st.permutations(range(3)), lifted=st.integers(1, 3))
@settings(max_examples=8, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_platform_is_asked_to_restore_only_when_no_restriction_is_left(
    connected: Desk, receiver: Receiver, order: list[int], lifted: int
) -> None:
    receiver.asked.clear()
    allegations = approved(connected, count=3)
    dispatch(connected)
    for place in order[:lifted]:
        with connected.db.write() as tx:
            at_stake = records.get(tx, Allegation, allegations[place].id)
            decide(connected, tx, at_stake, Action.RESTORE, Reason.RETRACTED)
        dispatch(connected)
    with connected.db.read() as look:
        left = records.find(look, Restriction, listing=allegations[0].listing, lifted_at=None)
    restored = [asked for asked in receiver.asked if asked["data"]["action"] == "restore"]  # type: ignore[index]
    assert len(left) == 3 - lifted
    assert {state(connected, allegations[place]) for place in order[:lifted]} == {AllegationState.RESTORED}
    assert len(restored) == (1 if lifted == 3 else 0)
