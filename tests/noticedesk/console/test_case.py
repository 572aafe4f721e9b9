"""A case: everything there is to see on one page, and what people do with it."""

from pathlib import Path

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import correspondence, letters
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.casework import FirstAnswer
from noticedesk.model.decision import Decision
from noticedesk.model.event import Actor, Event
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.person import Person
from noticedesk.store import moves, records
from tests.noticedesk.console.factory import Visitor, cases, hidden, visiting


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


def test_one_undecided_allegation_of_many_blocks_no_other(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    one, two, three = cases(desk, tmp_path, listings=3)
    visitor.sign_in(ann)
    for item in (two, three):
        fields = hidden(visitor.get(f"/case/{one.claim}?allegation={item.id}"), f"/case/{one.claim}/decide")
        assert fields["allegation"] == item.id
        visitor.post(f"/case/{one.claim}/decide", **fields, action="disable", reason="not_same")
    states = [allegation(desk, item.id).state for item in (one, two, three)]
    assert states == [AllegationState.IN_REVIEW, AllegationState.DISMISSED, AllegationState.DISMISSED]


def test_where_it_applies_and_until_when_goes_with_the_decision(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    path = f"/case/{one.claim}/decide"
    fields = hidden(visitor.get(f"/case/{one.claim}"), path) | {"action": "geo_restrict", "reason": "copy"}
    assert "needs at least one" in visitor.post(path, 422, **fields)
    visitor.post(path, **fields, territories="DE, FR", parts="", until="2027-01-31T17:00", note="seen twice")
    with desk.db.read() as look:
        (decision,) = records.find(look, Decision)
    assert decision.territories == ("DE", "FR")
    assert (f"{decision.until:%Y-%m-%d %H}", decision.note) == ("2027-01-31 17", "seen twice")


def test_who_was_slower_reads_what_changed_and_nothing_is_saved(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    path = f"/case/{one.claim}/decide"
    fields = hidden(visitor.get(f"/case/{one.claim}"), path) | {"action": "disable", "reason": "copy"}
    visitor.post(path, **fields)
    answer = visitor.post(path, 409, **fields)
    assert "Somebody was quicker" in answer
    assert "by <bdi>Ann</bdi>" in answer
    with desk.db.read() as look:
        assert len(records.find(look, Decision)) == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"version": ""}, "which version"),
        ({"reason": ""}, "choose a reason"),
        ({"reason": "<b>"}, "choose a reason"),
        ({"action": "restore"}, "no reason to restore"),
        ({"allegation": "A-none"}, "there is no Allegation"),
        ({"until": "soon"}, "is no date"),
    ],
    ids=str,
)
def test_a_form_that_cannot_be_meant_changes_nothing(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person, changed: dict[str, str], says: str
) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    path = f"/case/{one.claim}/decide"
    fields = hidden(visitor.get(f"/case/{one.claim}"), path) | {"action": "disable", "reason": "copy"}
    status = 404 if "allegation" in changed else 422
    assert says in visitor.post(path, status, **(fields | changed))
    assert allegation(desk, one.id) == one


def test_the_person_answers_before_they_see_the_score(desk: Desk, tmp_path: Path, ann: Person) -> None:
    (one,) = cases(desk, tmp_path)
    with visiting(desk, first_answer_percent=100) as visitor:
        visitor.sign_in(ann)
        page = visitor.get(f"/case/{one.claim}")
        for kept_back in ("Proposed:", "Both pictures", "same file", 'id="decide"', "What we did about"):
            assert kept_back not in page
        blind = {"allegation": one.id, "version": str(one.version), "action": "disable", "reason": "copy"}
        assert "say first" in visitor.post(f"/case/{one.claim}/decide", 422, **blind)
        page = visitor.post(f"/case/{one.claim}/answer", allegation=one.id, answer="unsure")
        assert "You answered first: <strong>unsure" in page
        assert "Proposed:" in page
        visitor.post(f"/case/{one.claim}/answer", allegation=one.id, answer="yes")
        visitor.post(f"/case/{one.claim}/decide", **blind)
    with desk.db.read() as look:
        assert [item.answer for item in records.find(look, FirstAnswer)] == ["unsure"]


def test_notes_for_the_desk_and_for_the_parties_stand_apart(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    visitor.post(f"/case/{one.claim}/note", audience="internal", text="odd <b>sender</b>")
    page = visitor.post(f"/case/{one.claim}/note", audience="public", text="we asked the seller")
    inner, outer = page.index("odd &lt;b&gt;sender"), page.index("we asked the seller")
    assert page.index("For the desk alone") < inner < page.index("Fit for the parties") < outer
    visitor.post(f"/case/{one.claim}/note", 422, audience="internal", text=" ")
    with desk.db.read() as look:
        told = [event.details for event in records.find(look, Event, act="note.written")]
    assert told == [{"audience": "internal"}, {"audience": "public"}]


def test_another_team_is_asked(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    page = visitor.post(f"/case/{one.claim}/escalate", team="legal", question="Is this parody?", allegation=one.id)
    assert "Is this parody?" in page and "; open" in page
    visitor.post(f"/case/{one.claim}/escalate", 422, team="legal", question="")


def test_a_draft_is_edited_and_what_was_changed_is_shown_and_goes_with_the_decision(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    with desk.db.write() as tx:
        correspondence.withdraw(tx, one)
        correspondence.propose(desk, tx, one, Action.NONE, Reason.NOT_SAME)
    with desk.db.read() as look:
        (draft,) = records.find(look, Letter, allegation=one.id, state=LetterState.DRAFT)
    words = letters.text(desk, draft).replace("Hello", "Good day")
    page = visitor.post(f"/case/{one.claim}/letter", letter=draft.id, words=words, allegation=one.id)
    assert "<del>Hello," in page and "<ins>Good day," in page
    fields = hidden(page, f"/case/{one.claim}/decide")
    visitor.post(f"/case/{one.claim}/decide", **fields, action="disable", reason="not_same")
    with desk.db.read() as look:
        (queued,) = records.find(look, Letter, allegation=one.id, state=LetterState.QUEUED)
    assert letters.text(desk, queued).startswith("Good day")


def test_a_blank_in_a_letter_is_refused(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    with desk.db.read() as look:
        (receipt,) = records.find(look, Letter, claim=one.claim, allegation=None)
    answer = visitor.post(
        f"/case/{one.claim}/letter", 422, letter=receipt.id, words="We removed [[listing.removed_at]]"
    )
    assert "still shows" in answer


def test_only_legal_decides_what_was_answered(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    (one,) = cases(desk, tmp_path)
    with desk.db.write() as tx:
        moves.move(tx, one, AllegationState.WITHDRAWN, Actor(name=ann.id, person=True))
    visitor.sign_in(ann)
    path = f"/case/{one.claim}/decide"
    version = str(one.version + 1)
    answer = visitor.post(path, 403, allegation=one.id, version=version, action="disable", reason="copy")
    assert "may not decide counter notice" in answer
