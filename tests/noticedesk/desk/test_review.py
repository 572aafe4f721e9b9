"""Review: who may decide what, with which reason, and how it is taken back."""

from pathlib import Path

import pytest

from noticedesk.desk import process, review
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import effects
from noticedesk.desk.ingest import ingest
from noticedesk.desk.review import BadDecision, Ruling
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.action import REASONS, Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.decision import Decision
from noticedesk.model.event import Event
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxState
from noticedesk.model.person import Person, Role
from noticedesk.store import Stale, outbox, records
from tests.noticedesk.desk.factory import Mail, Time, Web, deliver, person, picture

DISABLE = Ruling(action=Action.DISABLE, reason=Reason.COPY)
DISMISS = Ruling(action=Action.NONE, reason=Reason.NOT_SAME)


@pytest.fixture
def allegation(desk: Desk, tmp_path: Path, web: Web) -> Allegation:
    deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1", seed=7),), picture=picture(7)).raw()})
    ingest(desk, desk.sources[0])
    process.run_all(desk)
    return again(desk)


def again(desk: Desk) -> Allegation:
    with desk.db.read() as look:
        (allegation,) = records.find(look, Allegation)
    return allegation


def found(desk: Desk, noun: type, /, **equals: object) -> list:  # type: ignore[type-arg]
    with desk.db.read() as look:
        return records.find(look, noun, **equals)


def test_a_decision_is_saved_with_who_when_why_and_the_cuts_in_force(
    desk: Desk, allegation: Allegation, ann: Person, time: Time
) -> None:
    review.decide(desk, ann, allegation.id, DISABLE, allegation.version)
    (decision,) = found(desk, Decision)
    assert (decision.decided_by, decision.decided_at, decision.reason) == (ann.id, time.now, Reason.COPY)
    assert (decision.regime, decision.basis) == ("us_dmca_512c", "law")
    assert decision.thresholds
    assert again(desk).state is AllegationState.APPROVED


def test_nothing_leaves_before_the_window_to_take_it_back_has_passed(
    desk: Desk, allegation: Allegation, ann: Person, time: Time
) -> None:
    review.decide(desk, ann, allegation.id, DISABLE, allegation.version)
    with desk.db.read() as look:
        assert [row.kind for row in outbox.due(look, time.now)] == ["mail"]  # the receipt alone
        time.pass_(minutes=desk.policy.undo_minutes)
        assert sorted(row.kind for row in outbox.due(look, time.now)) == ["mail", "webhook"]


def test_a_letter_that_states_a_removal_waits_for_its_confirmation(
    desk: Desk, allegation: Allegation, ann: Person
) -> None:
    review.decide(desk, ann, allegation.id, DISABLE, allegation.version)
    waiting = found(desk, Letter, state=LetterState.WAITING)
    assert [letter.template for letter in waiting] == ["any/removal_confirmation"]
    (row,) = found(desk, Outbox, kind="webhook")
    with desk.db.write() as tx:
        from noticedesk.desk.actors import DISPATCH
        from noticedesk.store import moves

        moves.move(tx, again(desk), AllegationState.DISPATCHING, DISPATCH)
        effects.confirm(desk, tx, row)
    sent = found(desk, Letter, template="any/removal_confirmation", state=LetterState.QUEUED)
    assert len(sent) == 1
    assert b"https://shop.example/item/a1" in desk.blobs.get(sent[0].sha256)
    assert again(desk).state is AllegationState.ACTIONED


def test_a_dismissal_tells_the_claimant_why(desk: Desk, allegation: Allegation, ann: Person) -> None:
    review.decide(desk, ann, allegation.id, DISMISS, allegation.version)
    (letter,) = found(desk, Letter, template="any/refusal", state=LetterState.QUEUED)
    assert desk.reasons[Reason.NOT_SAME].split()[0].encode() in desk.blobs.get(letter.sha256)
    assert again(desk).state is AllegationState.DISMISSED


def test_who_looked_at_an_older_version_is_told_what_changed(desk: Desk, allegation: Allegation, ann: Person) -> None:
    bo = person(desk, Role.SPECIALIST, name="Bo")
    review.decide(desk, ann, allegation.id, DISABLE, allegation.version)
    with pytest.raises(Stale, match=r"approved"):
        review.decide(desk, bo, allegation.id, DISMISS, allegation.version)
    assert len(found(desk, Decision)) == 1


@pytest.mark.parametrize("roles", [(Role.ADMIN,), (Role.ANALYST,), (Role.SAFETY,), ()])
def test_only_specialists_and_legal_decide(desk: Desk, allegation: Allegation, roles: tuple[Role, ...]) -> None:
    with pytest.raises(NotPermitted, match="may not decide"):
        review.decide(desk, person(desk, *roles), allegation.id, DISABLE, allegation.version)
    assert found(desk, Decision) == []


@pytest.mark.parametrize("action", Action)
def test_a_reason_that_does_not_go_with_the_action_is_refused(
    desk: Desk, allegation: Allegation, ann: Person, action: Action
) -> None:
    wrong = next(reason for reason in Reason if reason not in REASONS[action])
    with pytest.raises(BadDecision, match="is no reason to"):
        review.decide(desk, ann, allegation.id, Ruling(action=action, reason=wrong), allegation.version)


def test_a_restriction_by_territory_names_its_territories(desk: Desk, allegation: Allegation, ann: Person) -> None:
    with pytest.raises(BadDecision, match="territory"):
        review.decide(
            desk, ann, allegation.id, Ruling(action=Action.GEO_RESTRICT, reason=Reason.COPY), allegation.version
        )


def test_a_decision_can_be_taken_back_inside_its_window_by_another_visibly(
    desk: Desk, allegation: Allegation, ann: Person
) -> None:
    bo = person(desk, Role.SPECIALIST, name="Bo")
    review.decide(desk, ann, allegation.id, DISABLE, allegation.version)
    review.undo(desk, bo, allegation.id)
    assert again(desk).state is AllegationState.IN_REVIEW
    (row,) = found(desk, Outbox, kind="webhook")
    assert row.state is OutboxState.CANCELLED
    (decision,) = found(desk, Decision)
    assert decision.undone_by == bo.id
    assert [event.actor for event in found(desk, Event, act="allegation.in_review")][-1] == bo.id


def test_after_the_window_a_decision_is_not_taken_back(
    desk: Desk, allegation: Allegation, ann: Person, time: Time
) -> None:
    review.decide(desk, ann, allegation.id, DISABLE, allegation.version)
    time.pass_(minutes=desk.policy.undo_minutes + 1)
    with pytest.raises(BadDecision, match="has passed"):
        review.undo(desk, ann, allegation.id)
    assert again(desk).state is AllegationState.APPROVED


def test_what_was_never_removed_cannot_be_restored(desk: Desk, allegation: Allegation, ann: Person) -> None:
    restore = Ruling(action=Action.RESTORE, reason=Reason.OUR_ERROR)
    with pytest.raises(ValueError, match="in_review cannot become restored"):
        review.decide(desk, ann, allegation.id, restore, allegation.version)
    assert found(desk, Decision) == []


def test_there_is_nothing_to_take_back_before_a_decision(desk: Desk, allegation: Allegation, ann: Person) -> None:
    with pytest.raises(BadDecision, match="no decision"):
        review.undo(desk, ann, allegation.id)
