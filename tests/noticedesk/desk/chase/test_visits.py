"""Looks after a removal: gone is gone, what is there goes to a person, and what is not reached says nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from noticedesk import http
from noticedesk.desk.chase import visits
from noticedesk.desk.desk import Desk
from noticedesk.model.action import Action
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.evidence import Evidence
from noticedesk.model.visit import Seen, Visit
from noticedesk.store import records, search
from tests.noticedesk.desk.chase.case import alarms, allegation, claim, events, state
from tests.noticedesk.desk.factory import HOST, NOW, Time, Web

MINUTE = timedelta(minutes=1)


@pytest.fixture
def removed(desk: Desk) -> Allegation:
    """A listing whose removal was confirmed just now."""
    made = allegation(desk, claim(desk), AllegationState.ACTIONED)
    with desk.db.write() as tx:
        visits.plan(desk, tx, made, Action.DISABLE)
    return made


def seen(desk: Desk) -> list[Seen | None]:
    with desk.db.read() as look:
        return [item.seen for item in search.past(look, Visit, "due_at", NOW + timedelta(days=60))]


def after(desk: Desk, time: Time, **wait: float) -> dict[str, int]:
    time.pass_(**wait)
    tally = visits.visit(desk)
    assert tally.errors == {}
    return dict(tally.counts)


def test_a_removal_is_looked_at_when_its_hours_are_over_and_again_later(
    desk: Desk, time: Time, web: Web, removed: Allegation
) -> None:
    first, second = desk.policy.chase.visit_hours
    assert after(desk, time, hours=first, minutes=-1) == {}
    assert web.asked == []
    assert after(desk, time, minutes=1) == {"removal verified": 1}
    assert after(desk, time, hours=second - first) == {"removal verified": 1}
    assert after(desk, time, days=30) == {}
    assert seen(desk) == [Seen.GONE, Seen.GONE]
    assert len(events(desk, "removal.verified")) == 2
    with desk.db.read() as look:
        assert {item.claim for item in records.find(look, Evidence)} == {removed.claim}


def test_a_listing_that_is_still_there_goes_back_to_a_person(
    desk: Desk, time: Time, web: Web, removed: Allegation
) -> None:
    web.listing("a1")
    assert after(desk, time, hours=2) == {"removal without effect": 1}
    assert state(desk, removed) is AllegationState.IN_REVIEW
    assert len(alarms(desk, AlarmKind.REMOVAL_NOT_EFFECTIVE)) == len(events(desk, "removal.not_effective")) == 1
    assert seen(desk) == [Seen.THERE, Seen.NOT_NEEDED]


def test_what_was_gone_and_is_there_again_has_reappeared(desk: Desk, time: Time, web: Web, removed: Allegation) -> None:
    after(desk, time, hours=2)
    web.listing("a1")
    assert after(desk, time, hours=70) == {"listing came back": 1}
    assert state(desk, removed) is AllegationState.REAPPEARED
    assert len(alarms(desk, AlarmKind.REAPPEARED)) == 1


def test_a_page_that_is_not_reached_is_not_gone(
    desk: Desk, time: Time, web: Web, removed: Allegation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(url: str) -> http.Page:
        raise http.Unreachable(url, "no answer", True)

    monkeypatch.setattr(web, "fetch", unreachable)
    blind, attempts = replace(desk, fetch_page=unreachable), desk.policy.chase.visit_attempts
    assert after(blind, time, hours=2) == {"not reached, looked at again later": 1}
    for _ in range(attempts - 2):
        assert after(blind, time, hours=1) == {"not reached, looked at again later": 1}
    assert after(blind, time, hours=1) == {"removal not verified": 1}
    assert seen(desk) == [Seen.UNREACHABLE, None]
    assert state(desk, removed) is AllegationState.ACTIONED
    assert len(alarms(desk, AlarmKind.REMOVAL_NOT_VERIFIED)) == 1
    assert events(desk, "removal.verified") == []


def test_what_is_restricted_in_part_is_not_looked_at(desk: Desk) -> None:
    made = allegation(desk, claim(desk), AllegationState.ACTIONED)
    with desk.db.write() as tx:
        visits.plan(desk, tx, made, Action.GEO_RESTRICT)
    assert seen(desk) == []


def test_a_restored_listing_is_not_looked_at_any_more(desk: Desk, time: Time, web: Web) -> None:
    made = allegation(desk, claim(desk), AllegationState.RESTORED)
    with desk.db.write() as tx:
        visits.plan(desk, tx, made, Action.REMOVE)
    web.listing("a1")
    assert after(desk, time, days=10) == {}
    assert seen(desk) == [Seen.NOT_NEEDED, Seen.NOT_NEEDED]
    assert HOST in web.asked[0]
