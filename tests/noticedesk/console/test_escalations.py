"""Questions to teams: open by age, answered by who may, and none of the safety team for anybody else."""

import html
import re

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import escalate, inquiries
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.event import Event
from noticedesk.model.person import Person, Role
from noticedesk.store import asked, records
from tests.noticedesk.console.factory import Visitor, hidden, with_password
from tests.noticedesk.desk.chase.case import claim
from tests.noticedesk.desk.factory import Time


def test_a_question_is_listed_by_age_answered_and_then_no_longer_open(
    desk: Desk, time: Time, visitor: Visitor, ann: Person
) -> None:
    about = claim(desk)
    question = escalate.escalate(desk, ann, about.id, Team.LEGAL, "Is this parody?")
    time.pass_(hours=desk.policy.escalation_hours + 1)
    visitor.sign_in(with_password(desk, Role.LEGAL, name="Lea"))
    page = visitor.get("/escalations")
    assert "Is this parody?" in page and about.id in page and "overdue by" in page
    path = "/escalations/answer"
    assert "needs its words" in visitor.post(path, 422, **hidden(page, path), answer="Yes.", outcome="")
    page = visitor.post(path, **hidden(page, path), answer="Yes.", outcome="dismiss it")
    assert "No question is open" in page
    assert "dismiss it" in visitor.get("/escalations?answered=1")
    assert "answered already" in visitor.post(path, 422, escalation=question.id, answer="No.", outcome="remove it")
    with desk.db.read() as look:
        assert records.get(look, Escalation, question.id).answer == "Yes."


def test_a_specialist_reads_and_does_not_answer(desk: Desk, visitor: Visitor, ann: Person) -> None:
    question = escalate.escalate(desk, ann, claim(desk).id, Team.PRODUCT, "Can it be hidden by region?")
    visitor.sign_in(ann)
    page = visitor.get("/escalations?team=product")
    assert "Can it be hidden by region?" in page and "Record the answer" not in page
    assert "No question is open" in visitor.get("/escalations?team=sales")
    visitor.post("/escalations/answer", 403, escalation=question.id, answer="Yes.", outcome="hide it")


def test_what_is_with_the_safety_team_is_shown_to_nobody_else(desk: Desk, visitor: Visitor, ann: Person) -> None:
    question = escalate.escalate(desk, ann, claim(desk).id, Team.SAFETY, "Please look at this.")
    visitor.sign_in(with_password(desk, Role.LEGAL, name="Lea"))
    assert "Please look at this" not in visitor.get("/escalations")
    visitor.post("/escalations/answer", 403, escalation=question.id, answer="Done.", outcome="none")
    visitor.post("/sign-out")
    visitor.sign_in(with_password(desk, Role.SAFETY, name="Sue"))
    assert "Please look at this" in visitor.get("/escalations")


def test_somebody_sees_to_a_question_until_a_day_and_both_are_shown(desk: Desk, visitor: Visitor, ann: Person) -> None:
    lea = with_password(desk, Role.LEGAL, name="Lea")
    question = escalate.escalate(desk, ann, claim(desk).id, Team.LEGAL, "Is this parody?")
    visitor.sign_in(ann)
    assert "nobody sees to it yet" in visitor.get("/escalations")
    path = "/escalations/assign"
    assert "choose who" in visitor.post(path, 422, escalation=question.id, owner="")
    page = visitor.post(path, escalation=question.id, owner=lea.id, due="2026-11-21T09:00")
    assert "<bdi>Lea</bdi> sees to it" in page and "due in 18 h" in page
    with desk.db.read() as look:
        (told,) = records.find(look, Event, act="escalation.assigned")
    assert (told.actor, told.details) == (ann.id, {"owner": lea.id})


def test_a_question_goes_back_unanswered_with_its_reason(desk: Desk, visitor: Visitor, ann: Person) -> None:
    question = escalate.escalate(desk, ann, claim(desk).id, Team.LEGAL, "Is this parody?")
    visitor.sign_in(with_password(desk, Role.LEGAL, name="Lea"))
    path = "/escalations/give-back"
    assert "with a reason" in visitor.post(path, 422, escalation=question.id, why="")
    assert "No question is open" in visitor.post(path, escalation=question.id, why="Which picture is meant?")
    page = visitor.get("/escalations?answered=1")
    assert "Given back: Which picture is meant?" in page and "given back by <bdi>Lea" in page


def test_a_case_asks_a_team_with_owner_and_day_at_once(desk: Desk, visitor: Visitor, ann: Person) -> None:
    lea, about = with_password(desk, Role.LEGAL, name="Lea"), claim(desk)
    visitor.sign_in(ann)
    path, fields = f"/case/{about.id}/escalate", {"team": "legal", "question": "Is this parody?"}
    assert "who is to answer" in visitor.post(path, 422, **fields, due="2026-11-21T09:00")
    visitor.post(path, **fields, owner=lea.id, due="2026-11-21T09:00")
    with desk.db.read() as look:
        (question,) = records.find(look, Escalation)
    assert question.owner == lea.id and f"{question.due_at:%d %H}" == "21 09"


def test_an_inquiry_is_registered_linked_to_a_case_and_answered(desk: Desk, visitor: Visitor, ann: Person) -> None:
    about = claim(desk)
    visitor.sign_in(ann)
    assert "needs a partner" in visitor.post("/inquiries", 422, partner="", question="Who owns it?", team="sales")
    page = visitor.post("/inquiries", partner="Brandco", question="Who owns it?", team="sales")
    assert "From <bdi>Brandco" in page and "for sales" in page
    path = "/inquiries/link"
    visitor.post(path, 404, **hidden(page, path), claim="C-none")
    assert about.id in visitor.post(path, **hidden(page, path), claim=about.id)
    assert "inquiry" in visitor.get(f"/case/{about.id}")
    path = "/inquiries/answer"
    assert "needs words" in visitor.post(path, 422, **hidden(page, path), answer=" ")
    assert "No inquiry is open" in visitor.post(path, **hidden(page, path), answer="We do.")
    assert "We do." in visitor.get("/escalations?answered=1")


def test_many_questions_and_inquiries_come_by_pages(
    desk: Desk, visitor: Visitor, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "MANY", 2)
    about = claim(desk)
    for number in range(3):
        escalate.escalate(desk, ann, about.id, Team.LEGAL, f"Question {number}?")
        inquiries.register(desk, ann, "Brandco", f"Inquiry {number}?")
    visitor.sign_in(ann)
    page = visitor.get("/escalations?team=legal")
    assert ("Question 1?" in page, "Question 2?" in page) == (True, False)
    assert ("Inquiry 1?" in page, "Inquiry 2?" in page) == (True, False)
    further = [html.unescape(path) for path in re.findall(r'rel="next" href="([^"]+)"', page)]
    assert "team=legal" in further[0]
    assert "Question 2?" in visitor.get(further[0]) and "Inquiry 2?" in visitor.get(further[1])
    assert "<td>3</td>" in visitor.get(further[0]), "the load counts what other pages list"
