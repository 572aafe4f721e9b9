"""Samples: automatic decisions that a person looks at afterwards, and the labels that they give for calibration."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import NotPermitted, require
from noticedesk.model.action import Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.automation import Automation, Sample
from noticedesk.model.decision import Decision
from noticedesk.model.person import Act, Person
from noticedesk.store import AttachedFinding, chain, records

T = TypeVar("T")

MANY: Final = 500


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
    said = [(one.allegation, one.reason, "decision") for one in _latest(look) if not one.automatic]
    answered = [sample for sample in records.find(look, Sample) if sample.answered_at]
    for some in _batched(answered):
        made = {one.id: one for one in records.find(look, Decision, id=[sample.decision for sample in some])}
        said += [(one.allegation, one.reason or made[one.decision].reason, "audit") for one in some]
    for part in _batched(said):
        yield from _labels(look, part)


def _latest(look: store.Look) -> list[Decision]:
    """The newest standing decision about each allegation, in the order of their ids."""
    newest: dict[str, Decision] = {}
    for one in records.find(look, Decision, undone_at=None):
        before = newest.get(one.allegation)
        if before is None or (one.decided_at, one.id) > (before.decided_at, before.id):
            newest[one.allegation] = one
    return sorted(newest.values(), key=lambda one: one.id)


def _labels(look: store.Look, said: Sequence[tuple[str, Reason, str]]) -> Iterator[Label]:
    best: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for one in records.find(look, AttachedFinding, allegation={allegation for allegation, _, _ in said}):
        if one.score is not None:
            scores = best[one.allegation]
            scores[one.matcher] = max(one.score, scores.get(one.matcher, 0.0))
    for allegation, reason, source in said:
        for matcher, score in sorted(best[allegation].items()):
            yield Label(allegation=allegation, matcher=matcher, score=score, kind=matcher, answer=reason, source=source)


def _batched(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items, as many at a time as one query may name."""
    return (items[start : start + MANY] for start in range(0, len(items), MANY))


def _claim(look: store.Look, sample: Sample) -> str:
    return records.get(look, Allegation, sample.allegation).claim
