"""Questions to teams and of partners: asked, kept by somebody, answered or given back once, and alarmed when late."""

from datetime import timedelta

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import escalate, inquiries
from noticedesk.desk.escalation.escalate import BadAnswer
from noticedesk.desk.notify import found as finders
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.claim import Claim
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.event import Event
from noticedesk.model.person import Person
from noticedesk.store import records
from tests.noticedesk.desk.factory import NOW, Time
from tests.noticedesk.desk.receiver import saved


@pytest.fixture
def claim(desk: Desk) -> Claim:
    made = Claim(id="C-1", service="shop", received_at=NOW)
    with desk.db.write() as tx:
        records.add(tx, made)
    return made


def late(desk: Desk) -> list[tuple[AlarmKind, str]]:
    kinds = (AlarmKind.ESCALATION_OVERDUE, AlarmKind.INQUIRY_OVERDUE)
    with desk.db.read() as look:
        return [(cause.kind, cause.subject) for kind in kinds for cause in finders.FINDERS[kind](desk, look)]


def test_several_questions_run_at_once_and_each_comes_back_with_its_outcome(
    desk: Desk, claim: Claim, ann: Person, lea: Person
) -> None:
    first = escalate.escalate(desk, ann, claim.id, Team.LEGAL, "Is this fair use?")
    second = escalate.escalate(desk, ann, claim.id, Team.SALES, "Do we know the seller?")
    escalate.answer(desk, lea, first.id, "No.", "no exception")
    escalate.give_back(desk, lea, second.id, "Nobody of sales knows.")
    outcomes = {one.id: (one.outcome, one.answered_by) for one in saved(desk, Escalation)}
    assert outcomes == {first.id: ("no exception", lea.id), second.id: (escalate.RETURNED, lea.id)}
    for settled in (first, second):
        with pytest.raises(BadAnswer, match="settled already"):
            escalate.answer(desk, lea, settled.id, "Yes.", "changed")


def test_an_answer_needs_words_and_a_role(desk: Desk, claim: Claim, ann: Person, lea: Person) -> None:
    asked = escalate.escalate(desk, ann, claim.id, Team.LEGAL, "Is this fair use?")
    with pytest.raises(NotPermitted):
        escalate.answer(desk, ann, asked.id, "Yes.", "yes")
    with pytest.raises(BadAnswer, match="empty"):
        escalate.answer(desk, lea, asked.id, " ", "yes")
    assert saved(desk, Escalation)[0].answered_at is None


def test_a_question_is_given_to_somebody_with_a_new_due_time(
    desk: Desk, claim: Claim, ann: Person, lea: Person
) -> None:
    asked = escalate.escalate(desk, ann, claim.id, Team.LEGAL, "Is this fair use?")
    kept = escalate.assign(desk, ann, asked.id, lea.id, NOW + timedelta(hours=2))
    assert (kept.owner, kept.due_at) == (lea.id, NOW + timedelta(hours=2))


def test_what_is_not_answered_in_time_alarms_until_it_is(
    desk: Desk, claim: Claim, ann: Person, lea: Person, time: Time
) -> None:
    asked = escalate.escalate(desk, ann, claim.id, Team.OPERATIONS, "Was it carried out?")
    escalate.escalate(desk, ann, claim.id, Team.SAFETY, "Look at it.")
    inquiry = inquiries.register(desk, ann, "Nordlicht GmbH", "Which of our marks do you watch?")
    assert late(desk) == []
    time.pass_(hours=desk.policy.escalation_hours, minutes=1)
    assert late(desk) == [(AlarmKind.ESCALATION_OVERDUE, asked.id), (AlarmKind.INQUIRY_OVERDUE, inquiry.id)]
    escalate.answer(desk, lea, asked.id, "Yes.", "carried out")
    inquiries.answer(desk, ann, inquiry.id, "All that you registered.")
    assert late(desk) == []


def test_an_inquiry_is_linked_to_claims_whose_timelines_show_it_and_answered_once(
    desk: Desk, claim: Claim, ann: Person
) -> None:
    inquiry = inquiries.register(desk, ann, "Nordlicht GmbH", "What became of our notice?")
    assert inquiries.link(desk, ann, inquiry.id, claim.id) == (claim.id,)
    assert inquiries.link(desk, ann, inquiry.id, claim.id) == (claim.id,)
    assert [event.subject for event in saved(desk, Event, claim=claim.id)] == [inquiry.id]
    inquiries.answer(desk, ann, inquiry.id, "It was decided.")
    with pytest.raises(BadAnswer, match="was answered"):
        inquiries.answer(desk, ann, inquiry.id, "Again.")
    with pytest.raises(BadAnswer, match="needs a partner"):
        inquiries.register(desk, ann, " ", "?")
