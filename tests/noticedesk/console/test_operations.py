"""Operations: alarms taken on by whose they are, effects tried again or handed over, and how the sources go."""

from dataclasses import replace

from noticedesk.desk import alarms
from noticedesk.desk.alarms import Cause
from noticedesk.desk.desk import Desk
from noticedesk.model.alarm import Alarm, AlarmKind
from noticedesk.model.allegation import AllegationState
from noticedesk.model.escalation import Escalation
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.console.factory import Visitor, hidden, with_password
from tests.noticedesk.desk.chase.case import allegation, claim


def dead_mail(desk: Desk) -> Outbox:
    """A letter that could not be sent however often it was tried."""
    about = claim(desk)
    at_stake = allegation(desk, about, AllegationState.IN_REVIEW)
    row = Outbox(
        id=new_id("X"),
        kind=OutboxKind.MAIL,
        key="some-letter",
        claim=about.id,
        allegation=at_stake.id,
        send_after=desk.now(),
        created_at=desk.now(),
    )
    with desk.db.write() as tx:
        records.add(tx, row)
        return records.replace(tx, replace(row, state=OutboxState.DEAD, attempts=9, last_error="550 no such user"))


def test_an_alarm_is_taken_on_by_whose_it_is(desk: Desk, visitor: Visitor, ann: Person) -> None:
    with desk.db.write() as tx:
        alarms.raise_(desk, tx, Cause(kind=AlarmKind.CLOCK_DUE, subject="C-1", claim=None))
    visitor.sign_in(ann)
    page = visitor.get("/operations")
    assert "a statutory time runs out soon" in page and "nobody yet" in page and "Take it on" not in page
    with desk.db.read() as look:
        (raised,) = records.find(look, Alarm)
    visitor.post("/operations/acknowledge", 403, alarm=raised.id)
    visitor.post("/sign-out")
    visitor.sign_in(with_password(desk, Role.LEGAL, name="Lea"))
    page = visitor.get("/operations")
    assert "Lea" in visitor.post("/operations/acknowledge", **hidden(page, "/operations/acknowledge"))


def test_a_dead_effect_is_tried_again(desk: Desk, visitor: Visitor, ann: Person) -> None:
    row = dead_mail(desk)
    visitor.sign_in(ann)
    page = visitor.get("/operations")
    assert "550 no such user" in page
    visitor.post("/operations/retry", **hidden(page, "/operations/retry"))
    with desk.db.read() as look:
        assert records.get(look, Outbox, row.id).state is OutboxState.QUEUED


def test_a_dead_effect_is_handed_over_with_a_question(desk: Desk, visitor: Visitor, ann: Person) -> None:
    row = dead_mail(desk)
    visitor.sign_in(ann)
    asked = hidden(visitor.get("/operations"), "/operations/hand-over")
    assert "needs a question" in visitor.post("/operations/hand-over", 422, **asked, team="operations", question="")
    visitor.post("/operations/hand-over", **asked, team="operations", question="Who reads this address?")
    with desk.db.read() as look:
        (escalation,) = records.find(look, Escalation)
        assert escalation.claim == row.claim and escalation.team == "operations"


def test_sources_say_when_they_were_read(desk: Desk, visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    page = visitor.get("/operations")
    assert "inbox" in page and "never" in page


def test_what_left_or_waits_for_its_time_is_counted_and_not_listed(desk: Desk, visitor: Visitor, ann: Person) -> None:
    row = dead_mail(desk)
    with desk.db.write() as tx:
        for number, state in enumerate((OutboxState.SENT, OutboxState.QUEUED, OutboxState.QUEUED)):
            other = replace(
                row, id=new_id("X"), key=f"letter-{number}", state=OutboxState.QUEUED, attempts=0, last_error=""
            )
            records.add(tx, other)
            records.replace(tx, replace(other, state=state))
    visitor.sign_in(ann)
    page = visitor.get("/operations")
    assert page.count("letter by mail") == 1 and "550 no such user" in page
    assert "2 wait for their time to leave." in page
