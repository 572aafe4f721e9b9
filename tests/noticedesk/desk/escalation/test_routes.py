"""Routes: every grey area and every answer has a team and a time; asked twice, a question stays one."""

from pathlib import Path

import pytest

from noticedesk.desk import answer, ingest
from noticedesk.desk.answer.official import KINDS
from noticedesk.desk.answer.stage import HANDLERS
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.desk.ingest import ANSWERING
from noticedesk.model.escalation import Escalation, Inquiry, Team
from noticedesk.store import records
from tests.noticedesk.desk.factory import Mail, Web, deliver


def test_every_grey_area_that_reading_can_flag_has_a_route(desk: Desk) -> None:
    grey = {flag.rule.id for flag in desk.reading.flags if flag.rule.route == "grey"}
    assert grey <= set(routes.routes(desk).flags)


def test_every_kind_that_answers_has_a_handler_or_is_registered() -> None:
    assert {kind for kind, _ in HANDLERS} | KINDS == ANSWERING


def test_every_route_asks_something_of_a_team_in_time(desk: Desk) -> None:
    known = routes.routes(desk)
    for name, route in [*known.answers.items(), *known.flags.items()]:
        assert route.hours > 0 and len(route.asks.split()) > 2, name


@pytest.mark.parametrize("times", [1, 2])
def test_a_question_that_is_open_is_not_asked_again(desk: Desk, times: int) -> None:
    with desk.db.write() as tx:
        for _ in range(times):
            asked = routes.ask(desk, tx, "subpoena", None, about="N-1")
        assert records.find(tx, Escalation) == [asked]
    assert asked.team is Team.LEGAL and asked.due_at is not None and asked.due_at > asked.asked_at


def test_an_inquiry_is_registered_once_with_its_due_time(desk: Desk, tmp_path: Path, web: Web) -> None:

    mail = Mail(text="Could you explain how your process to report works?\n", sender="p@agency.example", urls=())
    deliver(tmp_path, {"q.eml": mail.raw()})
    ingest.ingest(desk, desk.sources[0])
    assert dict(answer.answer(desk).counts) == {"inquiry registered": 1}
    with desk.db.read() as look:
        (inquiry,) = records.find(look, Inquiry)
    assert inquiry.owner == "operations" and inquiry.due_at is not None
