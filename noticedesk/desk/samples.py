"""Samples: automatic decisions that a person looks at afterwards, and the labels that they give for calibration."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.permits import NotPermitted, require
from noticedesk.model.action import Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.automation import Automation, Sample
from noticedesk.model.decision import Decision
from noticedesk.model.person import Act, Person
from noticedesk.store import AttachedFinding, chain, records


class BadAnswer(ValueError):
    """An answer that does not say what the decision should have been, or comes a second time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a person said of a score: the matcher, its best score, the reason given, and where the answer came from.

    `kind` is the kind of mark or picture where the matcher tells one apart (its `mark_word`), else the matcher.
    """

    allegation: str
    matcher: str
    score: float
    kind: str
    answer: Reason
    source: str


def open_samples(look: store.Look) -> list[Sample]:
    """The samples that nobody has looked at, oldest first."""
    return records.find(look, Sample, answered_at=None)


def answer(
    desk: Desk, person: Person, sample: str, *, right: bool, reason: Reason | None = None, note: str = ""
) -> Sample:
    """Records whether an automatic decision was right; what was wrong is then decided anew by a person.

    Who proposed or confirmed the policy does not judge it. Raises NotPermitted and BadAnswer.
    """
    require(person, Act.DECIDE)
    with desk.db.write() as tx:
        known = records.get(tx, Sample, sample)
        policy = records.get(tx, Automation, known.automation)
        if person.id in (policy.proposed_by, policy.confirmed_by):
            raise NotPermitted(f"{person.name} made the policy {policy.id} and does not judge what it decided")
        if known.answered_at:
            raise BadAnswer(f"{sample} is answered already")
        if right is (reason is not None):
            raise BadAnswer("what was wrong needs the reason that would have been right; what was right needs none")
        told: dict[str, chain.Detail] = {"right": right, "decision": known.decision}
        claim = _claim(tx, known)
        chain.append(tx, acting(person), "policy.sample_answered", sample, claim, told)
        return records.replace(
            tx,
            replace(known, right=right, reason=reason, note=note, answered_by=person.id, answered_at=desk.now()),
        )


def labels(look: store.Look) -> Iterator[Label]:
    """What persons said of what matchers scored: by deciding (`decision`), and in samples (`audit`)."""
    for decision in records.find(look, Decision, automatic=False, undone_at=None):
        if _is_latest(look, decision):
            yield from _labels(look, decision.allegation, decision.reason, "decision")
    for sample in records.find(look, Sample):
        if sample.answered_at:
            made = records.get(look, Decision, sample.decision)
            yield from _labels(look, sample.allegation, sample.reason or made.reason, "audit")


def _is_latest(look: store.Look, decision: Decision) -> bool:
    same = records.find(look, Decision, allegation=decision.allegation, undone_at=None)
    return all((other.decided_at, other.id) <= (decision.decided_at, decision.id) for other in same)


def _labels(look: store.Look, allegation: str, reason: Reason, source: str) -> Iterator[Label]:
    best: dict[str, float] = {}
    for one in records.find(look, AttachedFinding, allegation=allegation):
        if one.finding.score is not None:
            best[one.finding.matcher] = max(one.finding.score, best.get(one.finding.matcher, 0.0))
    for matcher, score in sorted(best.items()):
        yield Label(allegation=allegation, matcher=matcher, score=score, kind=matcher, answer=reason, source=source)


def _claim(look: store.Look, sample: Sample) -> str:
    return records.get(look, Allegation, sample.allegation).claim
