"""Curing by hand: what a claim still lacks, for whoever has the status address of the notice that opened it."""

from dataclasses import dataclass

from noticedesk.desk.answer.cure_reply import CURABLE
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal.disclosure import Passed, Sworn, passed_on, sworn
from noticedesk.desk.stages import checking
from noticedesk.desk.stages.checking import File
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.document import Document
from noticedesk.model.notice import OPENING, Notice
from noticedesk.model.submission import Submission
from noticedesk.model.verdict import Check, Element, Status
from noticedesk.store import records


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the elements that are missing, each with the way it is read, and the statements among them.

    `passed` is what of the notice, this included, will be passed on to whom.
    """

    file: File
    told: tuple[Notice, ...]
    missing: tuple[Element, ...]
    ways: dict[str, str]
    sworn: tuple[Sworn, ...]
    passed: tuple[Passed, ...]
    regime: str


def asked(desk: Desk, submission: Submission) -> Asked | None:
    """What the claim of a submission waits for; None where it waits for nothing."""
    with desk.db.read() as look:
        notice = next(iter(records.find(look, Notice, channel="api", delivery=submission.id)), None)
        claim = records.get(look, Claim, notice.claim) if notice and notice.claim else None
        if notice is None or claim is None or claim.state not in CURABLE or claim.lane is Lane.SAFETY:
            return None
        (file,) = checking.load(desk, look, [claim.id])
    told = file.told[-1]
    if notice.kind not in OPENING or notice not in told:
        return None
    found = checking.read(desk, file, told)
    missing = tuple(one for one in found.primary.elements if one.status is Status.MISSING)
    ways = {one.id: desk.reading.elements.elements[one.id].by for one in missing}
    law = next((one for one in desk.in_force(desk.now(), claim.service) if one.id == found.primary.regime), None)
    return Asked(
        file=file,
        told=told,
        missing=missing,
        ways=ways,
        sworn=tuple(sworn(one) for one in missing if ways[one.id] == "statement"),
        passed=passed_on(desk, law, told[0].kind) if law else (),
        regime=law.regime.title if law else found.primary.regime,
    )


def with_answer(desk: Desk, what: Asked, answer: Document) -> Check:
    """What was sent, judged as it would be with the answer."""
    return checking.read(desk, what.file, what.told, answer)
