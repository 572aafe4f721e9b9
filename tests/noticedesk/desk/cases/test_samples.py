"""A sample of what a policy decided is judged by somebody else, and what persons decide labels the scores."""

from pathlib import Path

import pytest

from noticedesk.desk import review
from noticedesk.desk.cases import automation, samples
from noticedesk.desk.cases.samples import BadAnswer
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.action import Action, Reason
from noticedesk.model.automation import Sample
from noticedesk.model.decision import Proposal
from noticedesk.model.ids import new_id
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.desk.cases.terms import as_proposed, processed
from tests.noticedesk.desk.factory import Web, person
from tests.noticedesk.desk.receiver import saved


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
    (sample,) = saved(desk, Sample)
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
