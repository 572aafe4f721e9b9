"""No decision is made by a policy unless two persons stand behind it, and nothing of the case asks for a person."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.desk import process, review
from noticedesk.desk.cases import automation, samples
from noticedesk.desk.cases.automation import BadPolicy, Terms
from noticedesk.desk.cases.samples import BadAnswer
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.automation import Automation, Sample
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.decision import Band, Decision, Proposal
from noticedesk.model.event import Event
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Verified
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.person import Person, Role
from noticedesk.model.right import AssetKind, Right, RightKind, Work
from noticedesk.store import records
from tests.noticedesk.desk.factory import NOW, Mail, Web, deliver, opened, person, picture

TERMS = Terms(
    service="shop",
    band=Band.STRONG,
    claimant="Maria Lind",
    sender="lind.example",
    right=RightKind.COPYRIGHT,
    action=Action.DISABLE,
    reason=Reason.COPY,
    sample=100,
)


@pytest.fixture
def ann(desk: Desk) -> Person:
    return person(desk, Role.SPECIALIST)


@pytest.fixture
def lea(desk: Desk) -> Person:
    return person(desk, Role.LEGAL, name="Lea")


def found(desk: Desk, noun: type[Any], /, **equals: object) -> list[Any]:
    with desk.db.read() as look:
        return records.find(look, noun, **equals)


def processed(desk: Desk, home: Path, web: Web, **mail: Any) -> Allegation:
    deliver(home, {"a.eml": Mail(urls=(web.listing("a1", seed=7),), picture=picture(7), **mail).raw()})
    ingest(desk, desk.sources[0])
    process.run_all(desk)
    (allegation,) = found(desk, Allegation)
    assert isinstance(allegation, Allegation)
    return allegation


def as_proposed(desk: Desk, home: Path, web: Web) -> tuple[Terms, Allegation]:
    """The policy that would cover what the desk proposes of the case, and the case."""
    allegation = processed(desk, home, web)
    (proposal,), (claim,), (right,) = found(desk, Proposal), found(desk, Claim), found(desk, Right)
    wanted = replace(
        TERMS, band=proposal.band, action=proposal.action, reason=proposal.reason, claimant=claim.principal
    )
    return replace(wanted, right=right.kind), allegation


def test_a_policy_in_force_decides_marks_and_samples_and_a_person_takes_it_back(
    desk: Desk, tmp_path: Path, web: Web, ann: Person, lea: Person
) -> None:
    terms, allegation = as_proposed(desk, tmp_path, web)
    policy = automation.confirm(desk, lea, automation.propose(desk, ann, terms).id)
    with desk.db.write() as tx:
        made = automation.decide(desk, tx, allegation, records.find(tx, Proposal)[0])
    assert made is not None
    (decision,) = found(desk, Decision)
    assert (decision.automatic, decision.decided_by, decision.action) == (True, policy.id, terms.action)
    assert decision.thresholds
    assert found(desk, Allegation)[0].state is AllegationState.APPROVED
    assert len(found(desk, Outbox, kind="webhook")) == 1
    (moved,) = found(desk, Event, act="allegation.approved")
    assert (moved.actor, moved.person, moved.details["policy"]) == (policy.id, False, policy.id)
    (sample,) = found(desk, Sample)
    assert sample.decision == decision.id
    bo = person(desk, Role.SPECIALIST, name="Bo")
    review.undo(desk, bo, allegation.id)
    assert found(desk, Allegation)[0].state is AllegationState.IN_REVIEW
    with desk.db.write() as tx:
        again = automation.decide(desk, tx, records.get(tx, Allegation, allegation.id), records.find(tx, Proposal)[0])
    assert again is None


def test_as_it_ships_the_desk_decides_nothing(desk: Desk, tmp_path: Path, web: Web) -> None:
    assert processed(desk, tmp_path, web).state is AllegationState.IN_REVIEW
    assert (found(desk, Automation), found(desk, Decision)) == ([], [])


def test_the_desk_decides_in_its_run_once_a_policy_is_in_force(
    desk: Desk, tmp_path: Path, web: Web, ann: Person, lea: Person
) -> None:
    automation.confirm(desk, lea, automation.propose(desk, ann, TERMS).id)
    allegation = processed(desk, tmp_path, web)
    (claim,), (proposal,) = found(desk, Claim), found(desk, Proposal)
    covered = (claim.principal, proposal.band, proposal.action) == ("Maria Lind", Band.STRONG, Action.DISABLE)
    assert (allegation.state is AllegationState.APPROVED) is covered
    assert len(found(desk, Decision)) == covered


@pytest.mark.parametrize("ending", ["unconfirmed", "revoked"])
def test_what_is_not_in_force_decides_nothing(
    desk: Desk, tmp_path: Path, web: Web, ann: Person, lea: Person, ending: str
) -> None:
    terms, allegation = as_proposed(desk, tmp_path, web)
    policy = automation.propose(desk, ann, terms)
    if ending == "revoked":
        automation.confirm(desk, lea, policy.id)
        automation.revoke(desk, ann, policy.id)
    with desk.db.write() as tx:
        assert automation.decide(desk, tx, allegation, records.find(tx, Proposal)[0]) is None
    assert found(desk, Decision) == []


def test_two_different_persons_stand_behind_a_policy_and_the_second_is_of_legal(
    desk: Desk, ann: Person, lea: Person
) -> None:
    policy = automation.propose(desk, lea, TERMS)
    with pytest.raises(NotPermitted, match="another person of legal"):
        automation.confirm(desk, lea, policy.id)
    for roles in ((Role.SPECIALIST,), (Role.ADMIN,), (Role.ANALYST,), (Role.SAFETY,)):
        with pytest.raises(NotPermitted, match="confirm policy"):
            automation.confirm(desk, person(desk, *roles, name=f"No {roles[0]}"), policy.id)
    with pytest.raises(NotPermitted, match="may not decide"):
        automation.propose(desk, person(desk, Role.ADMIN, name="Adm"), TERMS)
    assert not found(desk, Automation)[0].in_force
    cy = person(desk, Role.LEGAL, name="Cy")
    assert automation.confirm(desk, cy, policy.id).in_force
    with pytest.raises(BadPolicy, match="in force already"):
        automation.confirm(desk, cy, policy.id)
    assert not automation.revoke(desk, ann, policy.id).in_force
    with pytest.raises(BadPolicy, match="revoked already"):
        automation.confirm(desk, cy, policy.id)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"band": Band.BORDERLINE}, "for a person"),
        ({"band": Band.NONE}, "for a person"),
        ({"action": Action.NONE, "reason": Reason.NOT_SAME}, "no policy decides to none"),
        ({"action": Action.RESTORE, "reason": Reason.RETRACTED}, "no policy decides to restore"),
        ({"action": Action.TERMINATE_ACCOUNT, "reason": Reason.REPEAT_INFRINGER}, "no policy decides"),
        ({"action": Action.GEO_RESTRICT}, "for a person to say"),
        ({"reason": Reason.RETRACTED}, "no reason to disable"),
        ({"claimant": " "}, "one claimant"),
        ({"sender": ""}, "one claimant"),
        ({"sample": 0}, "between 1 and 100"),
        ({"sample": 101}, "between 1 and 100"),
    ],
)
def test_a_policy_that_goes_too_far_is_refused(desk: Desk, ann: Person, change: dict[str, Any], says: str) -> None:
    with pytest.raises(BadPolicy, match=says):
        automation.propose(desk, ann, replace(TERMS, **change))
    assert found(desk, Automation) == []


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with opened(tmp_path_factory.mktemp("many")) as desk:
        ann, lea = person(desk, Role.SPECIALIST), person(desk, Role.LEGAL, name="Lea")
        automation.confirm(desk, lea, automation.propose(desk, ann, replace(TERMS, sample=50)).id)
        yield desk


ODD = st.fixed_dictionaries(
    {},
    optional={
        "principal": st.sampled_from(["Maria Lind Ltd", "", "MARIA LINDE"]),
        "verdict": st.sampled_from(["deficient_curable", "needs_review", ""]),
        "lane": st.sampled_from([Lane.SAFETY, Lane.COURT]),
        "flags": st.just(("fair_use_parody",)),
        "band": st.sampled_from([band for band in Band if band is not Band.STRONG]),
        "action": st.sampled_from([None, Action.REMOVE, Action.NONE]),
        "reason": st.sampled_from([Reason.DERIVATIVE, None]),
        "question": st.just("Is it the same?"),
        "proposal_flags": st.just(("new_agent",)),
        "right": st.sampled_from([kind for kind in RightKind if kind is not RightKind.COPYRIGHT]),
        "email": st.sampled_from(["maria@lind.example.evil.example", "maria@evil.example", ""]),
        "verified": st.just(Verified.NO),
        "state": st.sampled_from([AllegationState.COUNTERED, AllegationState.REPORTED, AllegationState.DISMISSED]),
        "second_sender": st.just(True),
        "decided_before": st.just(True),
    },
)


@settings(max_examples=120, derandomize=True, deadline=None)
@given(ODD)
def test_nothing_odd_is_ever_decided_without_a_person(many: Desk, odd: dict[str, Any]) -> None:
    allegation, proposal = _case(many, **odd)
    with many.db.write() as tx:
        made = automation.decide(many, tx, allegation, proposal)
        before = 1 if odd.get("decided_before") else 0
        assert records.count(tx, Decision, allegation=allegation.id) == before + (made is not None)
    assert (made is None) is bool(odd), odd


def _case(desk: Desk, **odd: Any) -> tuple[Allegation, Proposal]:
    claim = Claim(
        id=new_id("C"),
        service="shop",
        regime="us_dmca_512c",
        regime_version=1,
        received_at=NOW,
        principal=odd.get("principal", "maria lind "),
        verdict=odd.get("verdict", "effective"),
        lane=odd.get("lane", Lane.NORMAL),
        flags=odd.get("flags", ()),
    )
    item = new_id("i").lower()
    listing = Listing(id=new_id("L"), service="shop", item=item, url=f"https://shop.example/item/{item}")
    work = Work(id=new_id("W"), claim=claim.id, kind=AssetKind.PHOTO, title="Sunset")
    right = Right(id=new_id("R"), kind=odd.get("right", RightKind.COPYRIGHT), holder=claim.principal)
    senders = [odd.get("email", "Maria@Lind.example"), *(["eve@evil.example"] if "second_sender" in odd else [])]
    parties = [
        Party(
            id=new_id("Y"),
            claim=claim.id,
            role=PartyRole.SENDER,
            email=email,
            verified=odd.get("verified", Verified.DKIM),
        )
        for email in senders
    ]
    allegation = Allegation(
        id=new_id("A"),
        claim=claim.id,
        work=work.id,
        listing=listing.id,
        right=right.id,
        url=listing.url,
        state=odd.get("state", AllegationState.IN_REVIEW),
    )
    proposal = Proposal(
        id=new_id("O"),
        allegation=allegation.id,
        band=odd.get("band", Band.STRONG),
        action=odd.get("action", Action.DISABLE),
        reason=odd.get("reason", Reason.COPY),
        question=odd.get("question", ""),
        flags=odd.get("proposal_flags", ()),
        why=("it is the same picture",),
        regime=claim.regime,
        regime_version=1,
        made_at=NOW,
    )
    earlier = Decision(
        id=new_id("D"),
        allegation=allegation.id,
        action=Action.NONE,
        reason=Reason.NOT_SAME,
        decided_by="somebody",
        decided_at=NOW,
    )
    with desk.db.write() as tx:
        records.add(tx, [claim, listing, work, right, *parties, allegation, proposal])
        records.add(tx, [earlier] if "decided_before" in odd else [])
    return allegation, proposal


def test_the_sample_is_as_large_as_the_policy_says() -> None:
    ids = [new_id("D") for _ in range(4000)]
    for wanted in (1, 10, 50):
        share = sum(automation.drawn(id, wanted) for id in ids) / len(ids) * 100
        assert abs(share - wanted) < 4 * (wanted * (100 - wanted) / len(ids)) ** 0.5 + 0.1
    assert all(automation.drawn(id, 100) for id in ids)


def test_an_automatic_decision_in_the_sample_is_judged_by_another_and_labels_the_scores(
    desk: Desk, tmp_path: Path, web: Web, ann: Person, lea: Person
) -> None:
    terms, allegation = as_proposed(desk, tmp_path, web)
    automation.confirm(desk, lea, automation.propose(desk, ann, terms).id)
    with desk.db.write() as tx:
        automation.decide(desk, tx, allegation, records.find(tx, Proposal)[0])
    (sample,) = found(desk, Sample)
    bo = person(desk, Role.SPECIALIST, name="Bo")
    with desk.db.read() as look:
        assert list(samples.labels(look)) == []
    for maker in (ann, lea):
        with pytest.raises(NotPermitted, match="does not judge"):
            samples.answer(desk, maker, sample.id, right=True)
    with pytest.raises(BadAnswer, match="needs the reason"):
        samples.answer(desk, bo, sample.id, right=False)
    samples.answer(desk, bo, sample.id, right=False, reason=Reason.LICENSED)
    with pytest.raises(BadAnswer, match="already"):
        samples.answer(desk, bo, sample.id, right=True)
    with desk.db.read() as look:
        labels = list(samples.labels(look))
        assert samples.open_samples(look) == []
    assert labels
    assert {(one.answer, one.source, one.allegation) for one in labels} == {(Reason.LICENSED, "audit", allegation.id)}


def test_a_decision_of_a_person_labels_the_scores_and_one_taken_back_does_not(
    desk: Desk, tmp_path: Path, web: Web, ann: Person
) -> None:
    allegation = processed(desk, tmp_path, web)
    review.decide(
        desk, ann, allegation.id, review.Ruling(action=Action.DISABLE, reason=Reason.COPY), allegation.version
    )
    with desk.db.read() as look:
        labels = list(samples.labels(look))
    assert {(one.answer, one.source) for one in labels} == {(Reason.COPY, "decision")}
    assert max(one.score for one in labels if one.matcher == "image") > 0.8
    review.undo(desk, ann, allegation.id)
    with desk.db.read() as look:
        assert list(samples.labels(look)) == []
