"""The whole of one case, in as many queries as it has kinds of things, however many allegations it has."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from noticedesk import store
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock
from noticedesk.model.decision import Decision, Proposal
from noticedesk.model.escalation import Escalation
from noticedesk.model.event import Event
from noticedesk.model.evidence import Evidence
from noticedesk.model.letter import Letter
from noticedesk.model.listing import Listing, Restriction
from noticedesk.model.notice import Notice
from noticedesk.model.party import Party
from noticedesk.model.right import Permission, Right, Work
from noticedesk.store import AttachedFinding, records, search

T = TypeVar("T", AttachedFinding, Proposal, Decision, Restriction)


@dataclass(frozen=True, slots=True)
class AllegationFile:
    """One allegation with its listing, findings, proposal, decisions, right and the measures that lie on it."""

    allegation: Allegation
    listing: Listing
    findings: tuple[AttachedFinding, ...]
    proposal: Proposal | None
    decisions: tuple[Decision, ...]
    right: Right | None
    restrictions: tuple[Restriction, ...]


@dataclass(frozen=True, slots=True)
class Case:
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
    permissions: tuple[Permission, ...]
    events: tuple[Event, ...]


def case(look: store.Look, allegation_or_claim: str) -> Case:
    """The case of a claim, or of the allegation or notice with that id; raises store.Missing."""
    claim = records.get(look, Claim, _claim_of(look, allegation_or_claim))
    allegations = records.find(look, Allegation, claim=claim.id)
    return Case(
        claim=claim,
        notices=tuple(records.find(look, Notice, claim=claim.id)),
        parties=tuple(records.find(look, Party, claim=claim.id)),
        works=tuple(records.find(look, Work, claim=claim.id)),
        allegations=_files(look, claim, allegations),
        evidence=tuple(records.find(look, Evidence, claim=claim.id)),
        letters=tuple(records.find(look, Letter, claim=claim.id)),
        clocks=tuple(records.find(look, Clock, claim=claim.id)),
        escalations=tuple(records.find(look, Escalation, claim=claim.id)),
        permissions=tuple(search.through_claim(look, Permission, claim.id)),
        events=tuple(records.find(look, Event, claim=claim.id)),
    )


def latest_proposal(look: store.Look, allegation: str) -> Proposal | None:
    """The newest proposal about an allegation."""
    return max(records.find(look, Proposal, allegation=allegation), key=lambda item: item.made_at, default=None)


def _claim_of(look: store.Look, wanted: str) -> str:
    if wanted.startswith("A-"):
        return records.get(look, Allegation, wanted).claim
    if wanted.startswith("N-"):
        notice = records.get(look, Notice, wanted)
        if notice.claim is None:
            raise store.Missing(f"{wanted} belongs to no claim yet")
        return notice.claim
    return wanted


def _files(look: store.Look, claim: Claim, allegations: Sequence[Allegation]) -> tuple[AllegationFile, ...]:
    listings = {item.id: item for item in search.through_claim(look, Listing, claim.id)}
    rights = {item.id: item for item in search.through_claim(look, Right, claim.id)}
    findings = _by_allegation(search.through_claim(look, AttachedFinding, claim.id))
    proposals = _by_allegation(search.through_claim(look, Proposal, claim.id))
    decisions = _by_allegation(search.through_claim(look, Decision, claim.id))
    restrictions = _by_allegation(search.through_claim(look, Restriction, claim.id))
    return tuple(
        AllegationFile(
            allegation=item,
            listing=listings[item.listing],
            findings=tuple(findings[item.id]),
            proposal=max(proposals[item.id], key=lambda one: one.made_at, default=None),
            decisions=tuple(decisions[item.id]),
            right=rights.get(item.right or ""),
            restrictions=tuple(restrictions[item.id]),
        )
        for item in allegations
    )


def _by_allegation(items: Sequence[T]) -> defaultdict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for item in items:
        found[item.allegation].append(item)
    return found
