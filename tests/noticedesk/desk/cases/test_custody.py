"""Holds on cases: one holder at a time, for ten minutes, taken over visibly; and none put aside beyond its due time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from noticedesk.desk.cases import custody, waiting
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.claim import Claim
from noticedesk.model.event import Event
from noticedesk.model.person import Role
from noticedesk.store import Missing, records
from tests.noticedesk.desk.factory import NOW, Time, person


@pytest.fixture
def claim(desk: Desk) -> str:
    with desk.db.write() as tx:
        records.add(tx, Claim(id="C-1", service="shop", received_at=NOW))
    return "C-1"


def acts(desk: Desk) -> list[str]:
    with desk.db.read() as look:
        return [event.act for event in records.find(look, Event, claim="C-1")]


def test_a_held_case_is_somebody_elses_until_the_hold_ends(desk: Desk, claim: str, time: Time) -> None:
    ann, bea = person(desk, Role.SPECIALIST), person(desk, Role.SPECIALIST, name="Bea")
    custody.take(desk, ann, claim)
    with pytest.raises(custody.Held):
        custody.take(desk, bea, claim)
    time.pass_(minutes=11)
    assert custody.take(desk, bea, claim).holder == bea.id
    assert acts(desk) == []


def test_a_sign_of_life_keeps_the_hold_and_its_beginning(desk: Desk, claim: str, time: Time) -> None:
    ann = person(desk, Role.SPECIALIST)
    begun = custody.take(desk, ann, claim).held_since
    time.pass_(minutes=9)
    kept = custody.keep(desk, ann, claim)
    assert (kept.held_since, kept.held_until) == (begun, time.now + custody.HOLD)


def test_a_takeover_is_an_event(desk: Desk, claim: str) -> None:
    ann, bea = person(desk, Role.SPECIALIST), person(desk, Role.SPECIALIST, name="Bea")
    custody.take(desk, ann, claim)
    custody.take(desk, bea, claim, over=True)
    assert acts(desk) == ["case.taken_over"]
    with pytest.raises(custody.Held):
        custody.keep(desk, ann, claim)


def test_only_who_holds_it_puts_it_back(desk: Desk, claim: str) -> None:
    ann, bea = person(desk, Role.SPECIALIST), person(desk, Role.SPECIALIST, name="Bea")
    custody.take(desk, ann, claim)
    custody.release(desk, bea, claim)
    with pytest.raises(custody.Held):
        custody.take(desk, bea, claim)
    custody.release(desk, ann, claim)
    assert custody.take(desk, bea, claim).holder == bea.id


def test_a_case_is_given_only_to_who_may_work_on_it(desk: Desk, claim: str) -> None:
    ann, root = person(desk, Role.SPECIALIST), person(desk, Role.ADMIN, name="Root")
    with pytest.raises(NotPermitted):
        custody.assign(desk, ann, claim, root.id)
    with pytest.raises(NotPermitted):
        custody.take(desk, root, claim)
    with pytest.raises(Missing):
        custody.take(desk, ann, "C-none")


@pytest.mark.parametrize("hours", [-1, 0, 25])
def test_a_case_is_not_put_aside_beyond_its_due_time(desk: Desk, claim: str, hours: int) -> None:
    ann = person(desk, Role.SPECIALIST)
    with desk.db.write() as tx:
        known = records.get(tx, Claim, claim)
        records.replace(tx, replace(known, due_at=NOW + timedelta(hours=24)))
    with pytest.raises(custody.BadSnooze):
        custody.snooze(desk, ann, claim, NOW + timedelta(hours=hours), "later")
    custody.snooze(desk, ann, claim, NOW + timedelta(hours=23), "later")
    assert acts(desk) == ["case.snoozed"]


def test_a_case_that_is_left_for_another_is_put_back(desk: Desk, claim: str) -> None:
    ann, bea = person(desk, Role.SPECIALIST), person(desk, Role.SPECIALIST, name="Bea")
    with desk.db.write() as tx:
        records.add(tx, Claim(id="C-2", service="shop", received_at=NOW))
    custody.take(desk, ann, claim)
    custody.take(desk, ann, "C-2", leaving=claim)
    assert custody.take(desk, bea, claim).holder == bea.id
    custody.take_next(desk, ann, waiting.Filters(), leaving="C-2")
    assert custody.take(desk, bea, "C-2").holder == bea.id
