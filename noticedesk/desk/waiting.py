"""What waits for a person, most pressing first, and everything there is to know about one case."""

from dataclasses import dataclass
from datetime import datetime

from noticedesk import store
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.clock import Clock
from noticedesk.model.decision import Decision, Proposal
from noticedesk.model.escalation import Escalation
from noticedesk.model.event import Event
from noticedesk.model.evidence import Evidence
from noticedesk.model.letter import Letter
from noticedesk.model.listing import Listing, Restriction
from noticedesk.model.notice import Notice, NoticeState
from noticedesk.model.party import Party
from noticedesk.model.right import Work
from noticedesk.store import AttachedFinding, records

FOR_SPECIALISTS = frozenset({AllegationState.IN_REVIEW, AllegationState.ACTION_FAILED, AllegationState.REAPPEARED})
FOR_LEGAL = frozenset({AllegationState.COUNTERED, AllegationState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a person: what it is, whose turn it is, by when, and what is proposed."""

    subject: str
    claim: str
    version: int
    lane: str
    desk: str
    state: str
    due_at: datetime | None
    band: str
    proposal: str
    reason: str
    about: str


def waiting(look: store.Look) -> list[Waiting]:
    """Everything that waits for a person: allegations, and messages set aside."""
    undecided = records.find(look, Allegation, state=FOR_SPECIALISTS | FOR_LEGAL)
    rows = [_allegation(look, item) for item in undecided if _still_matters(look, item)]
    rows += [
        _notice(item) for item in records.find(look, Notice, state={NoticeState.UNREADABLE, NoticeState.QUARANTINED})
    ]
    lanes = list(Lane)
    return sorted(rows, key=lambda row: (lanes.index(Lane(row.lane)), row.due_at is None, row.due_at, row.subject))


def _still_matters(look: store.Look, item: Allegation) -> bool:
    """Whether there is anything to decide: what was withdrawn before anything was done is over."""
    measures = records.find(look, Restriction, allegation=item.id, lifted_at=None)
    return item.state is not AllegationState.WITHDRAWN or bool(measures)


def _allegation(look: store.Look, item: Allegation) -> Waiting:
    claim = records.get(look, Claim, item.claim)
    listing = records.get(look, Listing, item.listing)
    proposal = latest_proposal(look, item.id)
    action = proposal.action.value if proposal and proposal.action else ""
    return Waiting(
        subject=item.id,
        claim=claim.id,
        version=item.version,
        lane=claim.lane.value,
        desk="legal" if item.state in FOR_LEGAL else "specialist",
        state=item.state.value,
        due_at=item.due_at or claim.due_at,
        band=proposal.band.value if proposal else "",
        proposal=action or (proposal.question if proposal else ""),
        reason=proposal.reason.value if proposal and proposal.reason else "",
        about=listing.title or listing.url,
    )


def _notice(item: Notice) -> Waiting:
    safety = item.problem == "" and item.state is NoticeState.QUARANTINED and item.claim is not None
    return Waiting(
        subject=item.id,
        claim=item.claim or "",
        version=item.version,
        lane=Lane.SAFETY.value if safety else Lane.NORMAL.value,
        desk="safety" if safety else "specialist",
        state=item.state.value,
        due_at=None,
        band="",
        proposal="read it by hand",
        reason=item.problem,
        # what is with the safety team is shown to nobody else, not even its subject
        about="" if safety else item.subject,
    )


def latest_proposal(look: store.Look, allegation: str) -> Proposal | None:
    """The newest proposal about an allegation."""
    return max(records.find(look, Proposal, allegation=allegation), key=lambda item: item.made_at, default=None)


@dataclass(frozen=True, slots=True)
class AllegationFile:
    """One allegation with its listing, findings, proposal and decisions."""

    allegation: Allegation
    listing: Listing
    findings: tuple[AttachedFinding, ...]
    proposal: Proposal | None
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything there is to know about one claim."""

    claim: Claim
    notices: tuple[Notice, ...]
    parties: tuple[Party, ...]
    works: tuple[Work, ...]
    allegations: tuple[AllegationFile, ...]
    evidence: tuple[Evidence, ...]
    letters: tuple[Letter, ...]
    clocks: tuple[Clock, ...]
    escalations: tuple[Escalation, ...]
    events: tuple[Event, ...]


def case_file(look: store.Look, wanted: str) -> CaseFile:
    """The case of a claim, or of the allegation with that id; raises store.Missing."""
    claim_id = wanted if not wanted.startswith("A-") else records.get(look, Allegation, wanted).claim
    claim = records.get(look, Claim, claim_id)
    return CaseFile(
        claim=claim,
        notices=tuple(records.find(look, Notice, claim=claim.id)),
        parties=tuple(records.find(look, Party, claim=claim.id)),
        works=tuple(records.find(look, Work, claim=claim.id)),
        allegations=tuple(_file(look, item) for item in records.find(look, Allegation, claim=claim.id)),
        evidence=tuple(records.find(look, Evidence, claim=claim.id)),
        letters=tuple(records.find(look, Letter, claim=claim.id)),
        clocks=tuple(records.find(look, Clock, claim=claim.id)),
        escalations=tuple(records.find(look, Escalation, claim=claim.id)),
        events=tuple(records.find(look, Event, claim=claim.id)),
    )


def _file(look: store.Look, item: Allegation) -> AllegationFile:
    return AllegationFile(
        allegation=item,
        listing=records.get(look, Listing, item.listing),
        findings=tuple(records.find(look, AttachedFinding, allegation=item.id)),
        proposal=latest_proposal(look, item.id),
        decisions=tuple(records.find(look, Decision, allegation=item.id)),
    )
