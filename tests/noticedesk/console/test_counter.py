"""The desk of legal: the page of an answered allegation, its calendar, its verbs, and who may not use them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from noticedesk.console.calendar import calendar
from noticedesk.desk.chase.window import Window
from noticedesk.desk.desk import Desk
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import AllegationState
from noticedesk.model.person import Person, Role
from tests.noticedesk.console.factory import Visitor, hidden, with_password
from tests.noticedesk.desk.chase.case import (
    CLOSES,
    LATEST,
    OPENS,
    RECEIVED,
    appealed,
    countered,
    decisions_of,
    events,
    state,
)


@pytest.fixture
def lea(desk: Desk) -> Person:
    return with_password(desk, Role.LEGAL, name="Lea")


def test_the_calendar_names_every_day_of_the_window() -> None:
    when = Window(waits=True, since=RECEIVED, opens=OPENS, closes=CLOSES, latest=LATEST)
    weeks = calendar(when, datetime(2026, 11, 24, 12, tzinfo=UTC), ZoneInfo("America/New_York"))
    days = {day.on.isoformat(): (day.means, day.today) for week in weeks for day in week}
    assert days["2026-11-19"] == ("", False)
    assert days["2026-11-20"] == ("received", False)
    assert days["2026-11-24"] == ("waits", True)
    assert days["2026-12-06"] == ("waits", False)
    assert days["2026-12-07"] == ("safe", False)
    assert days["2026-12-10"] == ("safe", False)
    assert days["2026-12-11"] == ("last days", False)
    assert days["2026-12-12"] == ("", False)


def test_without_a_running_time_there_is_no_calendar() -> None:
    assert calendar(Window(), RECEIVED, ZoneInfo("UTC")) == ()
    assert calendar(Window(waits=True), RECEIVED, ZoneInfo("UTC")) == ()


def test_legal_accepts_and_then_decides_that_it_comes_back(desk: Desk, visitor: Visitor, lea: Person) -> None:
    one = countered(desk)
    visitor.sign_in(lea)
    page = visitor.get("/counter")
    assert one.claim in page and "to be checked" in page and "2026-12-07 05:00Z" in page
    page = visitor.get(f"/counter/{one.id}")
    assert "7 Dec" in page and "Disable" in page and "Accept it and forward it" in page
    path = f"/counter/{one.id}/accept"
    assert "accepted, waits for its window" in visitor.post(path, **hidden(page, path))
    assert len(events(desk, "counter_notice.accepted")) == 1
    page = visitor.get(f"/counter/{one.id}")
    path = f"/counter/{one.id}/put-back"
    visitor.post(path, **hidden(page, path), reason="counter_notice_lapse")
    assert "comes back when its window opens" in visitor.get("/counter")
    assert [(d.action, d.reason) for d in decisions_of(desk, one)][-1] == (Action.RESTORE, Reason.COUNTER_NOTICE_LAPSE)


@pytest.mark.parametrize(
    ("decided", "stands"), [(False, "appeal of the user"), (True, "the appeal is decided")], ids=["open", "decided"]
)
def test_an_appeal_is_not_offered_to_be_accepted_as_a_counter_notice(
    desk: Desk, visitor: Visitor, lea: Person, decided: bool, stands: str
) -> None:
    one = appealed(desk, decided=decided)
    visitor.sign_in(lea)
    assert stands in visitor.get("/counter")
    page = visitor.get(f"/counter/{one.id}")
    assert "Accept it and forward it" not in page
    assert '<option value="appeal_upheld" selected' in page


def test_an_answer_that_does_not_hold_leaves_the_measure(desk: Desk, visitor: Visitor, lea: Person) -> None:
    one = countered(desk)
    visitor.sign_in(lea)
    path = f"/counter/{one.id}/keep-down"
    visitor.post(path, **hidden(visitor.get(f"/counter/{one.id}"), path), why="refused")
    assert state(desk, one) is AllegationState.ACTIONED
    assert decisions_of(desk, one)[-1].decided_by == lea.id


def test_without_papers_nothing_is_kept_down_for_a_court(desk: Desk, visitor: Visitor, lea: Person) -> None:
    one = countered(desk)
    visitor.sign_in(lea)
    page = visitor.get(f"/counter/{one.id}")
    assert 'value="court"' not in page
    path = f"/counter/{one.id}/keep-down"
    assert "no papers" in visitor.post(path, 422, **hidden(page, path), why="court")
    assert state(desk, one) is AllegationState.COUNTERED


def test_who_decided_the_takedown_reads_and_cannot_decide(desk: Desk, visitor: Visitor) -> None:
    both = with_password(desk, Role.SPECIALIST, Role.LEGAL, name="Bo")
    one = countered(desk, by=both)
    visitor.sign_in(both)
    page = visitor.get(f"/counter/{one.id}")
    assert "cannot judge the answer to that decision" in page and "/put-back" not in page
    visitor.post(f"/counter/{one.id}/accept", 403, version=str(one.version))
    visitor.post(f"/counter/{one.id}/put-back", 403, version=str(one.version), reason="our_error")
    assert state(desk, one) is AllegationState.COUNTERED


def test_a_specialist_has_no_desk_of_legal(desk: Desk, visitor: Visitor, ann: Person) -> None:
    one = countered(desk)
    visitor.sign_in(ann)
    visitor.get("/counter", 403)
    visitor.get(f"/counter/{one.id}", 403)
    visitor.post(f"/counter/{one.id}/put-back", 403, version="1", reason="our_error")
