"""Strikes: only what stands counts; counts propose step by step; nothing happens until a person has accepted."""

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import effects
from noticedesk.desk.misuse import sanctions, strikes
from noticedesk.desk.misuse.conduct import Step, conduct
from noticedesk.desk.misuse.sanctions import BadAnswer, Verdict
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.desk.stages.circumstances import suspended
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.conduct import Answer, Measure, Sanction
from noticedesk.model.decision import Decision
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Letter, LetterState, Outbox
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice, NoticeState, Verified
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.desk.chase.case import allegation, claim, events, orders, restricted, state
from tests.noticedesk.desk.factory import Time, person

STANDS = AllegationState.ACTIONED
ACCEPT, REJECT = Verdict(answer=Answer.ACCEPTED), Verdict(answer=Answer.REJECTED)


def hit(desk: Desk, by: Person, item: str, stands: AllegationState = STANDS, account: str = "acc-1") -> Allegation:
    """A listing of the account on which a measure was laid, in a claim of its own."""
    made = allegation(desk, claim(desk), stands, item)
    restricted(desk, made, by)
    with desk.db.write() as tx:
        listing = records.get(tx, Listing, made.listing)
        records.replace(tx, Listing(**{**_fields(listing), "account": account}))
    return made


def _fields(listing: Listing) -> dict[str, str]:
    return {"id": listing.id, "service": listing.service, "item": listing.item, "url": listing.url}


def proposals(desk: Desk) -> list[Sanction]:
    with desk.db.read() as look:
        return records.find(look, Sanction)


def dismissed(desk: Desk, by: Person, count: int, sender: str = "spam@robot.example") -> None:
    """Claims of a verified sender that were dismissed as abusive."""
    for place in range(count):
        about = claim(desk)
        made = allegation(desk, about, AllegationState.DISMISSED, f"{sender[0]}{new_id('x')[-8:].lower()}")
        decision = Decision(
            id=new_id("D"),
            allegation=made.id,
            action=Action.NONE,
            reason=Reason.ABUSIVE,
            decided_by=by.id,
            decided_at=desk.now(),
        )
        notice = Notice(
            id=new_id("N"),
            service="shop",
            channel="inbox",
            delivery=f"{about.id}-{place}",
            sha256="0" * 64,
            received_at=desk.now(),
            ingested_at=desk.now(),
            state=NoticeState.READ,
            claim=about.id,
            sender=sender,
            verified=Verified.DKIM,
        )
        with desk.db.write() as tx:
            records.add(tx, [decision, notice])


def test_the_first_strike_proposes_a_warning_and_asks_nothing_of_the_platform(desk: Desk, ann: Person) -> None:
    made = hit(desk, ann, "a1")
    assert dict(strikes.propose(desk).counts) == {"warn_account proposed": 1}
    (proposed,) = proposals(desk)
    assert (proposed.subject, proposed.grounds, proposed.answer) == ("acc-1", (made.id,), None)
    assert (orders(desk), state(desk, made)) == ([], STANDS)


def test_what_is_proposed_is_not_proposed_twice(desk: Desk, ann: Person) -> None:
    hit(desk, ann, "a1")
    strikes.propose(desk)
    assert not strikes.propose(desk).counts


@pytest.mark.parametrize(
    "stands",
    [AllegationState.RESTORED, AllegationState.WITHDRAWN, AllegationState.COUNTERED, AllegationState.DISMISSED],
)
def test_what_was_put_back_taken_back_or_is_contested_is_no_strike(
    desk: Desk, ann: Person, stands: AllegationState
) -> None:
    hit(desk, ann, "a1", stands)
    strikes.propose(desk)
    assert proposals(desk) == []


def test_strikes_older_than_the_window_do_not_count(desk: Desk, ann: Person, time: Time) -> None:
    hit(desk, ann, "a1")
    time.pass_(days=conduct(desk).strikes.window_days + 1)
    strikes.propose(desk)
    assert proposals(desk) == []


def test_an_account_without_a_name_has_no_strikes(desk: Desk, ann: Person) -> None:
    hit(desk, ann, "a1", account="")
    strikes.propose(desk)
    assert proposals(desk) == []


@pytest.mark.parametrize(
    ("count", "taken", "wanted"),
    [
        (0, (), None),
        (1, (), "warn_account"),
        (9, (), "warn_account"),
        (2, ("warn_account",), None),
        (3, ("warn_account",), "suspend_account"),
        (9, ("warn_account", "suspend_account"), "terminate_account"),
        (9, ("warn_account", "suspend_account", "terminate_account"), None),
    ],
)
def test_no_step_is_passed_over(desk: Desk, count: int, taken: tuple[str, ...], wanted: str | None) -> None:
    step = strikes.next_step(conduct(desk).strikes.steps, count, frozenset(Measure(one) for one in taken))
    assert (step.measure.value if step else None) == wanted


def test_a_step_is_a_measure_about_an_account() -> None:
    with pytest.raises(ValueError, match="no measure about an account"):
        Step(measure=Measure.WARN_NOTIFIER, at=1)


def test_an_accepted_warning_is_a_decision_of_that_person_and_is_asked_of_the_platform(
    desk: Desk, ann: Person, time: Time
) -> None:
    made = hit(desk, ann, "a1")
    strikes.propose(desk)
    (proposed,) = proposals(desk)
    sanctions.answer(desk, ann, proposed.id, ACCEPT)
    (order,) = orders(desk)
    time.pass_(minutes=desk.policy.undo_minutes + 1)
    with desk.db.write() as tx:
        asked = effects.begin(desk, tx, order)
    assert isinstance(asked, Outbox) and '"action": "warn_account"' in asked.body
    assert state(desk, made) is STANDS
    assert [one.person for one in events(desk, "sanction.accepted")] == [True]


def test_what_is_contested_meanwhile_is_not_asked_of_the_platform(desk: Desk, ann: Person) -> None:
    made = hit(desk, ann, "a1")
    strikes.propose(desk)
    sanctions.answer(desk, ann, proposals(desk)[0].id, ACCEPT)
    (order,) = orders(desk)
    with desk.db.write() as tx:
        from noticedesk.desk.actors import ANSWER
        from noticedesk.store import moves

        moves.move(tx, records.get(tx, Allegation, made.id), AllegationState.COUNTERED, ANSWER)
        assert effects.begin(desk, tx, order) == "cancelled: the case went another way"


def test_a_proposal_whose_grounds_have_gone_cannot_be_accepted(desk: Desk, ann: Person) -> None:
    made = hit(desk, ann, "a1")
    strikes.propose(desk)
    with desk.db.write() as tx:
        from noticedesk.desk.actors import ANSWER
        from noticedesk.store import moves

        moves.move(tx, records.get(tx, Allegation, made.id), AllegationState.COUNTERED, ANSWER)
    with pytest.raises(BadAnswer, match="overturned"):
        sanctions.answer(desk, ann, proposals(desk)[0].id, ACCEPT)
    assert orders(desk) == []


def test_a_rejected_proposal_comes_again_only_on_further_grounds(desk: Desk, ann: Person) -> None:
    hit(desk, ann, "a1")
    strikes.propose(desk)
    sanctions.answer(desk, ann, proposals(desk)[0].id, REJECT)
    assert not strikes.propose(desk).counts
    hit(desk, ann, "a2")
    assert dict(strikes.propose(desk).counts) == {"warn_account proposed": 1}
    with pytest.raises(BadAnswer, match="rejected before"):
        sanctions.answer(desk, ann, proposals(desk)[0].id, ACCEPT)


def test_only_legal_ends_an_account(desk: Desk, ann: Person, lea: Person) -> None:
    for place in range(5):
        hit(desk, ann, f"a{place}")
    for who in (ann, ann):
        strikes.propose(desk)
        sanctions.answer(desk, who, proposals(desk)[-1].id, ACCEPT)
    strikes.propose(desk)
    last = proposals(desk)[-1]
    assert last.measure is Measure.TERMINATE_ACCOUNT
    with pytest.raises(NotPermitted):
        sanctions.answer(desk, ann, last.id, ACCEPT)
    assert sanctions.answer(desk, lea, last.id, ACCEPT).answered_by == lea.id


def test_an_analyst_answers_nothing(desk: Desk, ann: Person) -> None:
    hit(desk, ann, "a1")
    strikes.propose(desk)
    with pytest.raises(NotPermitted):
        sanctions.answer(desk, person(desk, Role.ANALYST, name="Cy"), proposals(desk)[0].id, REJECT)


def told(desk: Desk) -> list[str]:
    """The letters about measures on notifiers that wait to leave, in their order."""
    names = set(desk.policy.letters.notifiers.values())
    with desk.db.read() as look:
        found = records.find(look, Letter, template=names, state=LetterState.QUEUED)
    return [letter.template for letter in sorted(found, key=lambda letter: letter.drafted_at)]


def test_a_notifier_is_warned_before_a_suspension_is_proposed(desk: Desk, ann: Person, lea: Person, time: Time) -> None:
    least = conduct(desk).misuse.least
    dismissed(desk, ann, least)
    assert dict(strikes.propose(desk).counts) == {"warn_notifier proposed": 1}
    sanctions.answer(desk, ann, proposals(desk)[-1].id, ACCEPT)
    assert told(desk) == ["any/notifier_warning"]
    assert not strikes.propose(desk).counts
    time.pass_(days=1)
    dismissed(desk, ann, least)
    assert dict(strikes.propose(desk).counts) == {"suspend_processing proposed": 1}
    with desk.db.read() as look:
        assert not suspended(desk, look, "spam@robot.example")
    answered = sanctions.answer(desk, lea, proposals(desk)[-1].id, ACCEPT)
    assert answered.until is not None and orders(desk) == []
    assert told(desk) == ["any/notifier_warning", "any/processing_suspension"]
    with desk.db.read() as look:
        assert suspended(desk, look, "spam@robot.example")
    time.pass_(days=conduct(desk).misuse.suspend_days + 1)
    with desk.db.read() as look:
        assert not suspended(desk, look, "spam@robot.example")


def test_one_unfounded_notice_proposes_nothing(desk: Desk, ann: Person) -> None:
    dismissed(desk, ann, 1)
    assert not strikes.propose(desk).counts
