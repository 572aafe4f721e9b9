"""No decision is made by a policy unless it is in force, and two persons stand behind it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from noticedesk.desk import review
from noticedesk.desk.cases import automation
from noticedesk.desk.cases.automation import BadPolicy
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.automation import Automation, Sample
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Band, Decision, Proposal
from noticedesk.model.event import Event
from noticedesk.model.letter import Outbox
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.desk.cases.terms import TERMS, as_proposed, processed
from tests.noticedesk.desk.factory import Web, person
from tests.noticedesk.desk.receiver import saved


def test_a_policy_in_force_decides_marks_and_samples_and_a_person_takes_it_back(
    desk: Desk, tmp_path: Path, web: Web, ann: Person, lea: Person
) -> None:
    terms, allegation = as_proposed(desk, tmp_path, web)
    policy = automation.confirm(desk, lea, automation.propose(desk, ann, terms).id)
    with desk.db.write() as tx:
        made = automation.decide(desk, tx, allegation, records.find(tx, Proposal)[0])
    assert made is not None
    (decision,) = saved(desk, Decision)
    assert (decision.automatic, decision.decided_by, decision.action) == (True, policy.id, terms.action)
    assert decision.thresholds
    assert saved(desk, Allegation)[0].state is AllegationState.APPROVED
    assert len(saved(desk, Outbox, kind="webhook")) == 1
    (moved,) = saved(desk, Event, act="allegation.approved")
    assert (moved.actor, moved.person, moved.details["policy"]) == (policy.id, False, policy.id)
    (sample,) = saved(desk, Sample)
    assert sample.decision == decision.id
    bo = person(desk, Role.SPECIALIST, name="Bo")
    review.undo(desk, bo, allegation.id)
    assert saved(desk, Allegation)[0].state is AllegationState.IN_REVIEW
    with desk.db.write() as tx:
        again = automation.decide(desk, tx, records.get(tx, Allegation, allegation.id), records.find(tx, Proposal)[0])
    assert again is None


def test_as_it_ships_the_desk_decides_nothing(desk: Desk, tmp_path: Path, web: Web) -> None:
    assert processed(desk, tmp_path, web).state is AllegationState.IN_REVIEW
    assert (saved(desk, Automation), saved(desk, Decision)) == ([], [])


def test_the_desk_decides_in_its_run_once_a_policy_is_in_force(
    desk: Desk, tmp_path: Path, web: Web, ann: Person, lea: Person
) -> None:
    automation.confirm(desk, lea, automation.propose(desk, ann, TERMS).id)
    allegation = processed(desk, tmp_path, web)
    (claim,), (proposal,) = saved(desk, Claim), saved(desk, Proposal)
    covered = (claim.principal, proposal.band, proposal.action) == ("Maria Lind", Band.STRONG, Action.DISABLE)
    assert (allegation.state is AllegationState.APPROVED) is covered
    assert len(saved(desk, Decision)) == covered


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
    assert saved(desk, Decision) == []


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
    assert not saved(desk, Automation)[0].in_force
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
    assert saved(desk, Automation) == []
