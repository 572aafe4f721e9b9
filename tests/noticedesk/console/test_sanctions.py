"""Conduct: what is counted about accounts and senders is proposed, and a person answers under their name."""

import re

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.misuse import strikes
from noticedesk.desk.misuse.conduct import Step
from noticedesk.model.action import Action
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.conduct import Answer, Measure, Sanction
from noticedesk.model.decision import Decision
from noticedesk.model.event import Actor
from noticedesk.model.listing import Listing
from noticedesk.model.person import Person, Role
from noticedesk.store import moves, records
from tests.noticedesk.console.factory import Visitor, with_password
from tests.noticedesk.desk.chase.case import allegation, claim, orders, restricted


def hit(desk: Desk, by: Person, item: str) -> str:
    """A claim whose measure lies on a listing of the account acc-1."""
    made = allegation(desk, claim(desk), AllegationState.ACTIONED, item)
    restricted(desk, made, by)
    with desk.db.write() as tx:
        known = records.get(tx, Listing, made.listing)
        records.replace(tx, Listing(id=known.id, service=known.service, item=item, url=known.url, account="acc-1"))
    return made.claim


def proposal(desk: Desk) -> Sanction:
    with desk.db.read() as look:
        return records.find(look, Sanction)[-1]


def test_a_proposal_shows_its_grounds_and_the_rule_and_is_accepted(desk: Desk, visitor: Visitor, ann: Person) -> None:
    about = hit(desk, ann, "a1")
    strikes.propose(desk)
    visitor.sign_in(ann)
    page = visitor.get("/sanctions")
    for words in ("Warn account: <bdi>acc-1", "strikes: 1 of 1", about, "at 3: suspend account"):
        assert words in page
    made = proposal(desk)
    assert "is answered" in visitor.post("/sanctions", sanction=made.id, answer="accepted", note="first time")
    assert (proposal(desk).answer, proposal(desk).answered_by) == (Answer.ACCEPTED, ann.id)
    assert len(orders(desk)) == 1
    with desk.db.read() as look:
        (decided,) = records.find(look, Decision, action=Action.WARN_ACCOUNT)
    assert (decided.decided_by, decided.reason) == (ann.id, "repeat_infringer")
    page = visitor.get("/sanctions?answered=1")
    assert "accepted</strong> by <bdi>Ann" in page and "first time" in page


def test_a_proposal_is_rejected_and_nothing_is_asked_of_the_platform(desk: Desk, visitor: Visitor, ann: Person) -> None:
    hit(desk, ann, "a1")
    strikes.propose(desk)
    visitor.sign_in(ann)
    visitor.post("/sanctions", sanction=proposal(desk).id, answer="rejected")
    assert (proposal(desk).answer, orders(desk)) == (Answer.REJECTED, [])
    assert "was rejected before" in visitor.post("/sanctions", 422, sanction=proposal(desk).id, answer="accepted")


def test_a_ground_that_was_overturned_since_is_marked_and_bars_acceptance(
    desk: Desk, visitor: Visitor, ann: Person
) -> None:
    about = hit(desk, ann, "a1")
    strikes.propose(desk)
    with desk.db.write() as tx:
        (made,) = records.find(tx, Allegation, claim=about)
        moves.move(tx, made, AllegationState.RESTORED, Actor(name=ann.id, person=True))
    visitor.sign_in(ann)
    assert "no longer stands" in visitor.get("/sanctions")
    assert "overturned since" in visitor.post("/sanctions", 422, sanction=proposal(desk).id, answer="accepted")
    assert proposal(desk).answer is None


def test_only_legal_ends_an_account(desk: Desk, visitor: Visitor, ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    hit(desk, ann, "a1")
    end = Step(measure=Measure.TERMINATE_ACCOUNT, at=1)
    monkeypatch.setattr(strikes, "next_step", lambda *_: end)
    strikes.propose(desk)
    visitor.sign_in(ann)
    page = visitor.get("/sanctions")
    assert "Only legal accepts" in page and 'value="accepted"' not in page
    visitor.post("/sanctions", 403, sanction=proposal(desk).id, answer="accepted")
    visitor.post("/sign-out")
    visitor.sign_in(with_password(desk, Role.LEGAL, name="Lea"))
    assert re.search(r'value="accepted"', visitor.get("/sanctions"))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.ANALYST, Role.SAFETY])
def test_nobody_else_answers(desk: Desk, visitor: Visitor, ann: Person, role: Role) -> None:
    hit(desk, ann, "a1")
    strikes.propose(desk)
    visitor.sign_in(with_password(desk, role, name="Other"))
    visitor.post("/sanctions", 403, sanction=proposal(desk).id, answer="accepted")
    assert proposal(desk).answer is None
