"""What people do with letters: their words survive every writing anew, and never state what the case contradicts."""

import email
from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.demo.sink import Sink
from noticedesk.desk import process, review
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.mail import correspondence, letters, post
from noticedesk.desk.mail.letters import NotEditable
from noticedesk.desk.review import BadDecision, Ruling
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock
from noticedesk.model.decision import Decision
from noticedesk.model.event import Event
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxKind, OutboxState
from noticedesk.model.listing import Listing, Restriction
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.person import Person, Role
from noticedesk.store import outbox, records
from tests.noticedesk.desk.factory import Mail, Time, Web, deliver, person, picture

CONFIRMATION = "any/removal_confirmation"
DISABLE = Ruling(action=Action.DISABLE, reason=Reason.COPY)
DISMISS = Ruling(action=Action.NONE, reason=Reason.NOT_SAME)


@pytest.fixture
def ann(desk: Desk) -> Person:
    return person(desk, Role.SPECIALIST, Role.LEGAL)


@pytest.fixture
def allegation(desk: Desk, tmp_path: Path, web: Web) -> Allegation:
    deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1", seed=7),), picture=picture(7)).raw()})
    ingest(desk, desk.sources[0])
    process.run_all(desk)
    return the(desk, Allegation)


def the(desk: Desk, noun: type, /, **equals: object):  # type: ignore[no-untyped-def, type-arg]
    with desk.db.read() as look:
        (one,) = records.find(look, noun, **equals)
    return one


def decided(desk: Desk, ann: Person, ruling: Ruling = DISABLE) -> Decision:
    at_stake = the(desk, Allegation)
    return review.decide(desk, ann, at_stake.id, ruling, at_stake.version)


def confirmed(desk: Desk) -> None:
    """What the platform's confirmation changes for the letters: the measure lies on the listing."""
    with desk.db.write() as tx:
        at_stake = records.get(tx, Allegation, the(desk, Allegation).id)
        decision = records.find(tx, Decision, allegation=at_stake.id)[-1]
        measure = Restriction(
            id=new_id("T"),
            listing=at_stake.listing,
            allegation=at_stake.id,
            action=decision.action,
            ground=decision.ground,
            since=desk.now(),
        )
        records.add(tx, measure)
        correspondence.confirmed(desk, tx, at_stake, decision, "material_disabled")


def waiting(desk: Desk) -> Letter:
    found = the(desk, Letter, template=CONFIRMATION, state=LetterState.WAITING)
    assert isinstance(found, Letter)
    return found


def test_words_put_into_a_letter_that_waits_for_the_platform_are_sent_with_its_date(
    desk: Desk, allegation: Allegation, ann: Person
) -> None:
    decided(desk, ann)
    words = letters.text(desk, waiting(desk)) + "\nPlease write to us if you see it again.\n"
    assert "[[listing.removed_at]]" in words
    assert letters.edit(desk, ann, waiting(desk).id, words).state is LetterState.WAITING
    confirmed(desk)
    sent = the(desk, Letter, template=CONFIRMATION, state=LetterState.QUEUED)
    said = letters.text(desk, sent)
    assert "Please write to us if you see it again." in said
    assert "20 November 2026" in said
    assert "[[" not in said
    assert sent.message_id.encode() in desk.blobs.get(sent.sha256)


def test_a_fact_that_became_different_blocks_the_edited_letter_and_shows_why(
    desk: Desk, allegation: Allegation, ann: Person
) -> None:
    decided(desk, ann)
    letters.edit(desk, ann, waiting(desk).id, letters.text(desk, waiting(desk)) + "\nThank you.\n")
    with desk.db.write() as tx:
        listing = records.get(tx, Listing, allegation.listing)
        records.replace(tx, replace(listing, url="https://shop.example/item/a1-moved"))
    confirmed(desk)
    blocked = the(desk, Letter, template=CONFIRMATION, state=LetterState.BLOCKED)
    assert blocked.problem.startswith("facts_changed:")
    assert "Thank you." in letters.text(desk, blocked)
    with pytest.raises(NotEditable, match="only a draft is approved"):
        letters.approve(desk, ann, blocked.id)
    # who has looked at it again confirms the words by writing them, and it can go
    words = letters.text(desk, blocked).replace("item/a1", "item/a1-moved")
    with pytest.raises(NotEditable, match="still shows"):
        letters.edit(desk, ann, blocked.id, words)
    mended = letters.edit(desk, ann, blocked.id, words.replace("[[listing.removed_at]]", "20 November 2026"))
    assert mended.state is LetterState.DRAFT
    assert letters.approve(desk, ann, blocked.id).state is LetterState.QUEUED


def test_words_put_into_a_proposed_refusal_go_with_the_decision(
    desk: Desk, allegation: Allegation, ann: Person
) -> None:
    with desk.db.write() as tx:
        correspondence.propose(desk, tx, allegation, Action.NONE, Reason.NOT_SAME)
    draft = the(desk, Letter, template="any/refusal", state=LetterState.DRAFT)
    letters.edit(desk, ann, draft.id, letters.text(desk, draft) + "\nWe looked at both pictures.\n")
    decided(desk, ann, DISMISS)
    queued = the(desk, Letter, template="any/refusal", state=LetterState.QUEUED)
    assert "We looked at both pictures." in letters.text(desk, queued)


def test_a_decision_for_another_reason_than_the_edited_letter_gives_blocks_it(
    desk: Desk, allegation: Allegation, ann: Person
) -> None:
    with desk.db.write() as tx:
        correspondence.propose(desk, tx, allegation, Action.NONE, Reason.NOT_SAME)
    draft = the(desk, Letter, template="any/refusal", state=LetterState.DRAFT)
    letters.edit(desk, ann, draft.id, letters.text(desk, draft) + "\nWe looked at both pictures.\n")
    decided(desk, ann, Ruling(action=Action.NONE, reason=Reason.GONE))
    assert the(desk, Letter, template="any/refusal", state=LetterState.BLOCKED).problem.startswith("facts_changed")


def test_a_blank_that_the_platform_does_not_fill_is_not_written_into_a_letter(
    desk: Desk, allegation: Allegation, ann: Person
) -> None:
    decided(desk, ann)
    with pytest.raises(NotEditable, match=r"\[\[listing\.price\]\]"):
        letters.edit(desk, ann, waiting(desk).id, "Your listing cost [[listing.price]].")


def test_a_letter_that_has_begun_to_leave_keeps_its_bytes(
    desk: Desk, allegation: Allegation, ann: Person, time: Time
) -> None:
    receipt = the(desk, Letter, template="any/receipt")
    letters.edit(desk, ann, receipt.id, "We have your notice.")
    with desk.db.write() as tx:
        outbox.lease(tx, "post", time.now, 1, kind=OutboxKind.MAIL)
    with pytest.raises(NotEditable, match="begun to leave"):
        letters.edit(desk, ann, receipt.id, "We have your notice, and thank you.")


def test_an_edited_letter_keeps_its_head(desk: Desk, allegation: Allegation, ann: Person) -> None:
    receipt = the(desk, Letter, template="any/receipt")
    before = email.message_from_bytes(desk.blobs.get(receipt.sha256))
    edited = letters.edit(desk, ann, receipt.id, "We have your notice, Zoë.")
    after = email.message_from_bytes(desk.blobs.get(edited.sha256))
    assert dict(after.items()) | {"Content-Type": "", "MIME-Version": ""} == dict(before.items()) | {
        "Content-Type": "",
        "MIME-Version": "",
    }
    assert letters.text(desk, edited).strip() == "We have your notice, Zoë."


def test_nothing_waits_longer_than_a_clock_allows(desk: Desk, allegation: Allegation, ann: Person, time: Time) -> None:
    clock = the(desk, Clock, rule="remove_or_disable")
    time.now = clock.due.replace(microsecond=0)
    time.pass_(minutes=-3)
    made = decided(desk, ann)
    assert the(desk, Outbox, kind="webhook").send_after == clock.due
    assert made.decided_at < clock.due < made.decided_at + desk.policy.undo_window


def test_what_is_overdue_leaves_at_once_and_never_before_the_decision(
    desk: Desk, allegation: Allegation, ann: Person, time: Time
) -> None:
    time.now = the(desk, Clock, rule="remove_or_disable").due
    time.pass_(days=3)
    made = decided(desk, ann)
    assert the(desk, Outbox, kind="webhook").send_after == made.decided_at == time.now


def test_taking_a_refusal_back_stops_its_letter(desk: Desk, allegation: Allegation, ann: Person, time: Time) -> None:
    decided(desk, ann, DISMISS)
    refusal = the(desk, Letter, template="any/refusal", state=LetterState.QUEUED)
    review.undo(desk, ann, allegation.id)
    time.pass_(hours=1)
    with Sink() as sink:
        post.send_due(replace(desk, settings=replace(desk.settings, smtp=sink.url)))
    assert refusal.message_id not in {one.message_id for one in sink.taken}
    assert the(desk, Letter, id=refusal.id).state is LetterState.CANCELLED
    assert the(desk, Outbox, letter=refusal.id).state is OutboxState.CANCELLED
    with desk.db.read() as look:
        assert records.count(look, Event, act="letter.cancelled", subject=refusal.id) == 1


def test_a_decision_whose_letter_has_left_is_not_taken_back(
    desk: Desk, allegation: Allegation, ann: Person, time: Time
) -> None:
    decided(desk, ann, DISMISS)
    time.pass_(minutes=desk.policy.undo_minutes)
    with Sink() as sink:
        post.send_due(replace(desk, settings=replace(desk.settings, smtp=sink.url)))
    with pytest.raises(BadDecision, match="has left already"):
        review.undo(desk, ann, allegation.id)
    assert the(desk, Allegation).state is AllegationState.DISMISSED


def test_an_earlier_letter_does_not_keep_a_later_decision_from_being_taken_back(
    desk: Desk, allegation: Allegation, ann: Person, time: Time
) -> None:
    with desk.db.write() as tx:
        at_stake = records.get(tx, Allegation, allegation.id)
        claim = records.get(tx, Claim, at_stake.claim)
        (early,) = correspondence.write(
            desk, tx, claim, "any/refusal", About(allegation=at_stake, reason=Reason.NOT_SAME)
        )
        correspondence.queue(desk, tx, early)
    with Sink() as sink:
        post.send_due(replace(desk, settings=replace(desk.settings, smtp=sink.url)))
    time.pass_(hours=2)
    decided(desk, ann)
    review.undo(desk, ann, allegation.id)
    assert the(desk, Letter, id=early.id).state is LetterState.SENT


def test_a_letter_that_is_being_sent_is_not_said_to_be_cancelled(
    desk: Desk, allegation: Allegation, ann: Person, time: Time
) -> None:
    decided(desk, ann, DISMISS)
    refusal = the(desk, Letter, template="any/refusal", state=LetterState.QUEUED)
    time.pass_(minutes=desk.policy.undo_minutes)
    with desk.db.write() as tx:
        outbox.lease(tx, "post", time.now, 5, kind=OutboxKind.MAIL)
        correspondence.withdraw(tx, records.get(tx, Allegation, allegation.id))
    assert the(desk, Letter, id=refusal.id).state is LetterState.QUEUED


@pytest.mark.parametrize("sender", ["maría@lind.example", "maria@lind.example, eve@evil.example"])
def test_an_address_that_cannot_be_written_to_blocks_the_letter_and_not_the_notice(
    desk: Desk, tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch, sender: str
) -> None:
    monkeypatch.setattr("noticedesk.desk.mail.addressing.address", lambda *known: sender)
    deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1"),)).raw()})
    assert not ingest(desk, desk.sources[0]).errors
    receipt = the(desk, Letter, template="any/receipt")
    assert (receipt.state, receipt.problem.split(":")[0]) == (LetterState.BLOCKED, "unsendable")


def test_a_message_id_that_cannot_be_repeated_is_left_out_of_the_answer(desk: Desk, tmp_path: Path, web: Web) -> None:
    mail = Mail(urls=(web.listing("a1"),), message_id="<plain@lind.example>")
    deliver(tmp_path, {"a.eml": mail.raw().replace(b"<plain@", "<ünïque@".encode())})
    assert not ingest(desk, desk.sources[0]).errors
    receipt = the(desk, Letter, template="any/receipt")
    assert receipt.state is LetterState.QUEUED
    assert email.message_from_bytes(desk.blobs.get(receipt.sha256))["In-Reply-To"] is None


def test_words_that_tell_the_other_side_how_to_reach_somebody_are_refused(
    desk: Desk, allegation: Allegation, ann: Person
) -> None:
    decided(desk, ann)
    claim = the(desk, Claim)
    seller = Party(
        id=new_id("Y"), claim=claim.id, role=PartyRole.SELLER, email="pat@seller.example", phone="+1 512 555 0199"
    )
    with desk.db.write() as tx:
        records.add(tx, seller)
    before = waiting(desk)
    with pytest.raises(NotEditable, match="shows the e-mail address of the other side"):
        letters.edit(desk, ann, before.id, "Write to Pat@seller.example yourself.")
    with pytest.raises(NotEditable, match="telephone number"):
        letters.edit(desk, ann, before.id, "Call 1 (512) 555-0199.")
    assert waiting(desk).sha256 == before.sha256
