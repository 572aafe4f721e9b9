"""What comes next is read and drawn before somebody asks for it; nothing of the safety team, and one at a time."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.console import ahead, casefile
from noticedesk.desk.cases import showing
from noticedesk.desk.desk import Desk
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.notice import Notice
from noticedesk.model.person import Person
from noticedesk.store import records
from tests.noticedesk.console.factory import SAME_ORIGIN, Visitor, cases


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The notices that were read from their bytes, each time they were."""
    seen: list[str] = []
    real = casefile.complaint

    def noting(desk: Desk, notice: Notice) -> object:
        seen.append(notice.id)
        return real(desk, notice)

    monkeypatch.setattr(casefile, "complaint", noting)
    return seen


def test_the_next_case_is_read_when_the_queue_was_shown_and_not_again_when_it_is_taken(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person, read: list[str]
) -> None:
    cases(desk, tmp_path, 3)
    visitor.sign_in(ann)
    visitor.get("/queue")
    assert len(read) == ahead.AHEAD
    visitor.client.post("/queue/next", headers=SAME_ORIGIN | {"hx-request": "true"})
    assert len(read) == ahead.AHEAD


def test_pictures_of_the_next_cases_are_drawn_before_they_are_shown(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    visitor.get("/queue")
    monkeypatch.setattr(showing, "frames", lambda raw: pytest.fail("a picture was drawn only when it was asked for"))
    page = visitor.get(f"/case/{one.claim}")
    pictures = re.findall(r'src="(/case/[^"]+/picture/[^"]+)"', page)
    assert len(pictures) == 2
    assert {visitor.client.get(path).headers["content-type"] for path in pictures} == {"image/png"}


def test_what_is_with_the_safety_team_is_not_read_ahead(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person, read: list[str]
) -> None:
    (one,) = cases(desk, tmp_path)
    with desk.db.write() as tx:
        claim = records.get(tx, Claim, one.claim)
        records.replace(tx, replace(claim, lane=Lane.SAFETY))
    visitor.sign_in(ann)
    visitor.get("/queue")
    assert read == []


def test_only_one_reads_ahead_at_a_time(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cases(desk, tmp_path)
    again: list[int] = []
    real = ahead._read_ahead

    def while_reading(visit: ahead.Visit) -> None:
        ahead.read_ahead(visit)
        again.append(len(read))
        real(visit)

    monkeypatch.setattr(ahead, "_read_ahead", while_reading)
    visitor.sign_in(ann)
    assert again == [0] and len(read) == 1
