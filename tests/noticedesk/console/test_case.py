"""A case: everything there is to see on one page, and what people do with it."""

from pathlib import Path

from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.decision import Decision
from noticedesk.model.person import Person
from noticedesk.store import records
from tests.noticedesk.console.factory import Visitor, cases, hidden


def allegation(desk: Desk, id: str) -> Allegation:
    with desk.db.read() as look:
        return records.get(look, Allegation, id)


def test_a_case_shows_the_complaint_the_listing_and_the_proof(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    page = visitor.get(f"/case/{one.claim}")
    for words in ("good faith", "Sunset print 0.0", "sha256", "Both pictures", "disable", "Timeline"):
        assert words in page


def test_a_decision_is_saved_and_the_next_case_comes(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    first, second = cases(desk, tmp_path, count=2)
    visitor.sign_in(ann)
    page = visitor.get(f"/case/{first.claim}")
    fields = hidden(page, f"/case/{first.claim}/decide")
    after = visitor.post(f"/case/{first.claim}/decide", **fields, action="disable", reason="copy")
    assert second.claim in after
    assert "Take back" in after
    assert allegation(desk, first.id).state is AllegationState.APPROVED
    with desk.db.read() as look:
        (decision,) = records.find(look, Decision)
    assert (decision.decided_by, decision.action, decision.reason) == (ann.id, "disable", "copy")
