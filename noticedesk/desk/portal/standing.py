"""Standing: what whoever sent something in may know of it: the facts of their own side, and of the other side nothing.

A listing that somebody else reported, who answered and with what, what is proposed or not carried out yet: none of it
is here. What a decision did is told when its letter may leave, not before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from noticedesk import store
from noticedesk.desk.answer.cure_reply import CURABLE
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import judge
from noticedesk.desk.portal.confirming import due
from noticedesk.desk.stages import checking
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.decision import Decision
from noticedesk.model.listing import Restriction
from noticedesk.model.notice import OPENING, Notice
from noticedesk.model.submission import Submission, SubmissionState
from noticedesk.model.verdict import Check, Element, Status, UrlRole
from noticedesk.store import records

A = AllegationState


class Stage(StrEnum):
    """How far a submission has got."""

    RECEIVED = "received"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    IN_HAND = "in_hand"
    ERASED = "erased"


class Fate(StrEnum):
    """What became of one reported address, as the one who reported it may know it."""

    UNDER_REVIEW = "under_review"
    NOT_OURS = "not_ours"
    GONE = "gone"
    ACTED = "acted"
    FORWARDED = "forwarded"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """An element that the law asks for and that is missing, with the sentence that would cure it."""

    element: str
    reference: str
    cure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One address that the submission names, and what became of it: the action where one was taken, and since when."""

    url: str
    fate: Fate
    action: str = ""
    reason: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The facts of one's own side."""

    id: str
    kind: str
    received_at: datetime
    expires_at: datetime
    stage: Stage
    reference: str = ""
    confirm_until: datetime | None = None
    curable: bool = False
    missing: tuple[Lacking, ...] = ()
    listings: tuple[Reported, ...] = ()


_FATES: dict[AllegationState, Fate] = {
    A.NOT_OURS: Fate.NOT_OURS,
    A.GONE: Fate.GONE,
    A.ACTIONED: Fate.ACTED,
    A.COUNTERED: Fate.ACTED,
    A.KEPT_DOWN: Fate.ACTED,
    A.FORWARDED: Fate.FORWARDED,
    A.DISMISSED: Fate.REFUSED,
    A.WITHDRAWN: Fate.WITHDRAWN,
    A.RESTORED: Fate.RESTORED,
}
"""What is told of a state; every other one is under review. That somebody answered is not told here."""


def standing(desk: Desk, submission: Submission) -> Standing:
    """Where a submission stands, read anew: what is missing by its words, its addresses by the case."""
    with desk.db.read() as look:
        notice = next(iter(records.find(look, Notice, channel="api", delivery=submission.id)), None)
        claim = records.get(look, Claim, notice.claim) if notice and notice.claim else None
    stopped = claim is not None and claim.lane is Lane.SAFETY
    try:
        found = None if stopped else _found(desk, submission, notice)
    except store.Erased:
        return _only(submission, Stage.ERASED)
    if found is None or notice is None:
        return _only(submission, _waiting(submission), missing=_missing(found))
    with desk.db.read() as look:
        listings = tuple(_reported(desk, look, claim, notice, found)) if claim else ()
    return _only(
        submission,
        Stage.IN_HAND,
        reference=claim.id if claim else "",
        curable=claim is not None and claim.state in CURABLE and notice.kind in OPENING,
        missing=_missing(found),
        listings=listings or _named(notice, found),
    )


def _only(submission: Submission, stage: Stage, **facts: object) -> Standing:
    return Standing(
        id=submission.id,
        kind=submission.kind.value,
        received_at=submission.received_at,
        expires_at=submission.expires_at,
        stage=stage,
        confirm_until=submission.confirm_until if stage is Stage.AWAITING_CONFIRMATION else None,
        **facts,  # type: ignore[arg-type]
    )


def _waiting(submission: Submission) -> Stage:
    asked = submission.state is SubmissionState.ASKED or due(submission)
    return Stage.AWAITING_CONFIRMATION if asked else Stage.RECEIVED


def _found(desk: Desk, submission: Submission, notice: Notice | None) -> Check:
    """What it says; where it opened or joined a case, together with what completed it since."""
    if notice and notice.claim and notice.kind in OPENING:
        with desk.db.read() as look:
            (file,) = checking.load(desk, look, [notice.claim])
        told = next((told for told in file.told if notice.id in {one.id for one in told}), (notice,))
        return checking.read(desk, file, told)
    raw = desk.blobs.get(submission.body)
    return judge(desk, desk.documents(raw, f"{submission.id}.json", "api")[0], submission.service)


def _missing(found: Check | None) -> tuple[Lacking, ...]:
    """What is surely missing; what is not sure is for a person, and is asked for by nobody."""
    lacking: tuple[Element, ...] = found.primary.elements if found else ()
    return tuple(
        Lacking(element=one.id, reference=one.reference, cure=one.cure)
        for one in lacking
        if one.status is Status.MISSING
    )


def _named(notice: Notice, found: Check) -> tuple[Reported, ...]:
    """The addresses of what is linked to no case yet."""
    return tuple(Reported(url=url, fate=Fate.UNDER_REVIEW) for url in found.urls_of(UrlRole.REPORTED))


def _reported(desk: Desk, look: store.Look, claim: Claim, notice: Notice, found: Check) -> Iterator[Reported]:
    """The addresses that this submission itself names, whatever else the claim is about."""
    mine = frozenset(found.urls_of(UrlRole.REPORTED))
    theirs = notice.kind not in OPENING
    for one in records.find(look, Allegation, claim=claim.id):
        if one.url in mine or (theirs and not mine):
            yield _told(desk, look, one)


def _told(desk: Desk, look: store.Look, one: Allegation) -> Reported:
    fate = _FATES.get(one.state, Fate.UNDER_REVIEW)
    decision = _standing_decision(look, one)
    if fate is Fate.REFUSED and (decision is None or decision.decided_at + desk.policy.undo_window > desk.now()):
        return Reported(url=one.url, fate=Fate.UNDER_REVIEW)
    if fate is Fate.REFUSED and decision:
        told = desk.reasons[decision.reason]
        return Reported(url=one.url, fate=fate, reason=told, since=decision.decided_at)
    measures = sorted(records.find(look, Restriction, allegation=one.id), key=lambda measure: measure.since)
    if fate is Fate.ACTED and measures:
        return Reported(url=one.url, fate=fate, action=measures[-1].action.value, since=measures[-1].since)
    if fate is Fate.RESTORED and measures:
        return Reported(url=one.url, fate=fate, since=measures[-1].lifted_at)
    return Reported(url=one.url, fate=fate)


def _standing_decision(look: store.Look, one: Allegation) -> Decision | None:
    made = [item for item in records.find(look, Decision, allegation=one.id) if item.undone_at is None]
    return max(made, key=lambda item: item.decided_at, default=None)
