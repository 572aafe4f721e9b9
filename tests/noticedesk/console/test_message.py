"""A message that no case holds: shown with its reason, linked to the case it answers, or opened as a case."""

from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.model.claim import Claim
from noticedesk.model.notice import Notice, NoticeKind
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.console.factory import Visitor, with_password
from tests.noticedesk.desk.factory import Mail, Web, deliver

FOX = Mail(text="The mug at {urls} has my fox on it, and I would be glad if that ended.", subject="The fox")


@pytest.fixture
def message(desk: Desk, tmp_path: Path, web: Web) -> Notice:
    deliver(tmp_path, {"fox.eml": replace(FOX, urls=(web.listing("a1"),)).raw()})
    ingest(desk, desk.sources[0])
    with desk.db.read() as look:
        (one,) = records.find(look, Notice)
    return one


def test_a_message_is_opened_as_the_complaint_that_it_is(
    desk: Desk, visitor: Visitor, ann: Person, message: Notice
) -> None:
    visitor.sign_in(ann)
    assert f"/message/{message.id}" in visitor.get("/escalations")
    page = visitor.get(f"/message/{message.id}")
    assert "has my fox on it" in page and "It is a complaint" in page and "It answers a case" in page
    assert "choose a notice kind" in visitor.post(f"/message/{message.id}/open", 422, kind="poem")
    page = visitor.post(f"/message/{message.id}/open", kind="copyright_notice")
    with desk.db.read() as look:
        (claim,) = records.find(look, Claim)
        assert records.get(look, Notice, message.id).kind is NoticeKind.COPYRIGHT_NOTICE
    assert claim.id in page
    assert "No inquiry is open" in visitor.get("/escalations")
    assert "It is a complaint" not in visitor.get(f"/message/{message.id}")


def test_who_does_not_decide_reads_a_message_and_says_nothing_of_it(
    desk: Desk, visitor: Visitor, message: Notice
) -> None:
    visitor.sign_in(with_password(desk, Role.SAFETY, name="Sue"))
    assert "What is it?" not in visitor.get(f"/message/{message.id}")
    visitor.post(f"/message/{message.id}/open", 403, kind="copyright_notice")
