"""Questions to teams: open by age, answered by who may, and none of the safety team for anybody else."""

from noticedesk.desk import escalate
from noticedesk.desk.desk import Desk
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.console.factory import Visitor, hidden, with_password
from tests.noticedesk.desk.chase.case import claim
from tests.noticedesk.desk.factory import Time


def test_a_question_is_listed_by_age_answered_and_then_no_longer_open(
    desk: Desk, time: Time, visitor: Visitor, ann: Person
) -> None:
    about = claim(desk)
    asked = escalate.escalate(desk, ann, about.id, Team.LEGAL, "Is this parody?")
    time.pass_(hours=desk.policy.escalation_hours + 1)
    visitor.sign_in(with_password(desk, Role.LEGAL, name="Lea"))
    page = visitor.get("/escalations")
    assert "Is this parody?" in page and about.id in page and "overdue by" in page
    path = "/escalations/answer"
    assert "needs its words" in visitor.post(path, 422, **hidden(page, path), answer="Yes.", outcome="")
    page = visitor.post(path, **hidden(page, path), answer="Yes.", outcome="dismiss it")
    assert "No question is open" in page
    assert "dismiss it" in visitor.get("/escalations?answered=1")
    assert "answered already" in visitor.post(path, 422, escalation=asked.id, answer="No.", outcome="remove it")
    with desk.db.read() as look:
        assert records.get(look, Escalation, asked.id).answer == "Yes."


def test_a_specialist_reads_and_does_not_answer(desk: Desk, visitor: Visitor, ann: Person) -> None:
    asked = escalate.escalate(desk, ann, claim(desk).id, Team.PRODUCT, "Can it be hidden by region?")
    visitor.sign_in(ann)
    page = visitor.get("/escalations?team=product")
    assert "Can it be hidden by region?" in page and "Record the answer" not in page
    assert "No question is open" in visitor.get("/escalations?team=sales")
    visitor.post("/escalations/answer", 403, escalation=asked.id, answer="Yes.", outcome="hide it")


def test_what_is_with_the_safety_team_is_shown_to_nobody_else(desk: Desk, visitor: Visitor, ann: Person) -> None:
    asked = escalate.escalate(desk, ann, claim(desk).id, Team.SAFETY, "Please look at this.")
    visitor.sign_in(with_password(desk, Role.LEGAL, name="Lea"))
    assert "Please look at this" not in visitor.get("/escalations")
    visitor.post("/escalations/answer", 403, escalation=asked.id, answer="Done.", outcome="none")
    visitor.post("/sign-out")
    visitor.sign_in(with_password(desk, Role.SAFETY, name="Sue"))
    assert "Please look at this" in visitor.get("/escalations")
