"""Deciding a group alike: only inside it, seen once more before it happens, and counted by hand when it is large."""

from pathlib import Path

import pytest

from noticedesk.desk import review
from noticedesk.desk.cases import bulk, waiting
from noticedesk.desk.cases.bulk import BadBulk, Member, Together
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.decision import Decision
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.console.factory import Visitor, cases, visiting, with_password
from tests.noticedesk.desk.factory import person

RULING = review.Ruling(action=Action.NONE, reason=Reason.NOT_SAME)


def group_of(desk: Desk, one: Allegation) -> Together:
    with desk.db.read() as look:
        row = waiting.standing(look, one.id)
    assert row is not None
    return Together("campaign", row.campaign)


def decisions(desk: Desk) -> list[Decision]:
    with desk.db.read() as look:
        return records.find(look, Decision)


def members(found: list[Allegation]) -> list[Member]:
    return [Member(one.id, one.version) for one in found]


def test_chosen_cases_are_shown_once_more_and_then_decided(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    first, second, third = cases(desk, tmp_path, listings=3)
    group = group_of(desk, first)
    visitor.sign_in(ann)
    assert "decide alike" in visitor.get("/queue")
    page = visitor.get(f"/group?by=campaign&key={group.key}")
    assert all(one.id in page for one in (first, second, third))
    items = f"{first.id}:{first.version} {second.id}:{second.version}"
    asked = {"by": group.by, "key": group.key, "item": items, "reason": "not_same", "action": "disable"}
    page = visitor.post("/group/preview", **asked)
    assert "About 2 cases" in page and third.id not in page and decisions(desk) == []
    assert "2 of 2 decided" in visitor.post("/group/decide", **asked)
    assert {(item.allegation, item.action) for item in decisions(desk)} == {(first.id, "none"), (second.id, "none")}


def test_cases_that_ask_for_an_answer_first_are_not_decided_together(desk: Desk, tmp_path: Path) -> None:
    first, *_ = cases(desk, tmp_path, listings=2)
    group, ann = group_of(desk, first), with_password(desk, Role.SPECIALIST)
    with visiting(desk, first_answer_percent=100) as visitor:
        visitor.sign_in(ann)
        assert f'value="{first.id}' not in visitor.get(f"/group?by=campaign&key={group.key}")
        asked = {"by": group.by, "key": group.key, "reason": "not_same", "action": "disable"}
        assert "say first" in visitor.post("/group/decide", 422, item=f"{first.id}:{first.version}", **asked)
    assert decisions(desk) == []


def test_what_is_not_of_the_group_is_refused_and_nothing_is_decided(desk: Desk, tmp_path: Path, ann: Person) -> None:
    first, second = cases(desk, tmp_path, count=2)
    with pytest.raises(BadBulk, match="not of the same listing"):
        bulk.decide_all(desk, ann, Together("listing", first.listing), members([first, second]), RULING)
    with pytest.raises(BadBulk, match="not by claim"):
        bulk.decide_all(desk, ann, Together("claim", first.claim), members([first]), RULING)
    with pytest.raises(BadBulk, match="each once"):
        bulk.decide_all(desk, ann, group_of(desk, first), members([first, first]), RULING)
    assert decisions(desk) == []


def test_above_twenty_five_the_count_is_typed(desk: Desk, tmp_path: Path, ann: Person) -> None:
    found = cases(desk, tmp_path, listings=26)
    group = group_of(desk, found[0])
    for typed in ("", "25", "yes"):
        with pytest.raises(BadBulk, match="type 26"):
            bulk.decide_all(desk, ann, group, members(found), RULING, typed)
    assert decisions(desk) == []
    fates = bulk.decide_all(desk, ann, group, members(found), RULING, "26")
    assert all(fate.decision for fate in fates) and len(decisions(desk)) == 26


def test_one_that_has_changed_is_left_and_the_others_are_decided(desk: Desk, tmp_path: Path, ann: Person) -> None:
    first, second = cases(desk, tmp_path, listings=2)
    stale = [Member(first.id, first.version - 1), Member(second.id, second.version)]
    left, done = bulk.decide_all(desk, ann, group_of(desk, first), stale, RULING)
    assert left.decision is None and "changed" in left.problem and done.decision is not None
    with desk.db.read() as look:
        assert records.get(look, Allegation, first.id).state is AllegationState.IN_REVIEW


def test_who_may_not_decide_may_not_decide_together(desk: Desk, tmp_path: Path) -> None:
    (one,) = cases(desk, tmp_path)
    with pytest.raises(NotPermitted):
        bulk.decide_all(desk, person(desk, Role.ANALYST), group_of(desk, one), members([one]), RULING)
