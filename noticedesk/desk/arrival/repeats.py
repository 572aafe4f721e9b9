"""Repeats: a notice of the same principal about the same work and listing joins the open claim, or is linked to it."""

from dataclasses import dataclass, replace

from noticedesk import store
from noticedesk.desk.actors import INGEST
from noticedesk.desk.arrival import campaigns
from noticedesk.desk.arrival.opening import RIGHT_OF, allege, known_listing, open_claim, principal_of
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import correspondence
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import OPEN, Claim, ClaimState
from noticedesk.model.document import Document
from noticedesk.model.notice import Notice, NoticeState, Verified
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.right import Right, Work
from noticedesk.model.verdict import Check, ClaimedWork, UrlRole, Verdict
from noticedesk.store import chain, moves, records

_OVER = {AllegationState.DISMISSED, AllegationState.WITHDRAWN, AllegationState.RESTORED, AllegationState.KEPT_DOWN}

GOOD = frozenset({Verdict.EFFECTIVE, Verdict.NEEDS_REVIEW})
"""The verdicts by which a claim is accepted."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """The claim that a notice repeats, and whether it joins it; else it opens one of its own that is linked to it."""

    claim: Claim
    joins: bool


def open_or_join(desk: Desk, tx: store.Transaction, notice: Notice, document: Document, found: Check) -> str:
    """Opens a claim, or joins one, by what a notice repeats, and sends its receipt; what became of it, in words."""
    repeat = repeated(desk, tx, notice, found)
    if repeat and repeat.joins:
        claim, outcome = _join(desk, tx, repeat.claim, found), "joined"
    else:
        claim, outcome = open_claim(desk, tx, notice, found), "opened"
        if repeat:
            outcome = (
                "opened, linked to an open one" if repeat.claim.state in OPEN else "opened, linked to a closed one"
            )
            claim = _link(tx, claim, repeat.claim)
    read = moves.move(tx, replace(notice, claim=claim.id), NoticeState.READ, INGEST)
    campaigns.note(desk, tx, read, document, found)
    correspondence.on_event(desk, tx, claim, "notice_received", About(notice=notice))
    return outcome


def _join(desk: Desk, tx: store.Transaction, claim: Claim, found: Check) -> Claim:
    """The claim with what the repeat adds, checked again; one that lacks what was there before takes nothing away."""
    allege(desk, tx, claim, found)
    worse = claim.state is ClaimState.ACCEPTED and found.primary.verdict not in GOOD
    if claim.state in (ClaimState.NEEDS_CURE, ClaimState.ACCEPTED) and not worse:
        return moves.move(tx, claim, ClaimState.IN_CHECK, INGEST, why="a repeat joined it")
    return claim


def _link(tx: store.Transaction, claim: Claim, earlier: Claim) -> Claim:
    linked = records.replace(tx, replace(claim, linked=earlier.id))
    chain.append(tx, INGEST, "claim.linked", claim.id, claim.id, {"to": earlier.id})
    return linked


def repeated(desk: Desk, look: store.Look, notice: Notice, found: Check) -> Repeat | None:
    """What a notice repeats: the latest claim of the same principal and right about one of its works and listings.

    It joins a claim that is open, and only where its sender is verified as one who sent a notice of it: whoever else
    writes in the principal's name opens a claim of their own and changes nothing of the other.
    """
    same = _claims(desk, look, principal_of(found, notice), found)
    if not same:
        return None
    joined = [claim for claim in same if _is_open(look, claim) and _sent_by(look, claim, notice)]
    return Repeat(joined[-1], True) if joined else Repeat(same[-1], False)


def _claims(desk: Desk, look: store.Look, principal: str, found: Check) -> list[Claim]:
    listings = [known_listing(desk, look, url) for url in found.urls_of(UrlRole.REPORTED)]
    about = [one.id for one in listings if one]
    if not principal or not about:
        return []
    earlier = [one for one in records.find(look, Allegation, listing=about) if _same(look, one, found)]
    claims = records.find(look, Claim, id={one.claim for one in earlier}, principal=principal)
    return sorted(claims, key=lambda claim: claim.id)


def _same(look: store.Look, earlier: Allegation, found: Check) -> bool:
    """Whether an allegation rests on the same kind of right in one of the works that the notice names."""
    right = records.get(look, Right, earlier.right) if earlier.right else None
    if right and right.kind is not RIGHT_OF.get(found.kind):
        return False
    work = records.get(look, Work, earlier.work)
    return not found.works or any(same_work(work, one) for one in found.works)


def same_work(work: Work, claimed: ClaimedWork) -> bool:
    """Whether two works are one, as far as they are described; of one that is not, the listing alone tells."""
    if work.registration and claimed.registration:
        return _plain(work.registration) == _plain(claimed.registration)
    ours, theirs = _plain(work.title + work.mark), _plain(claimed.title + claimed.mark)
    return not ours or not theirs or ours == theirs or bool(set(work.urls) & set(claimed.original_urls))


def _is_open(look: store.Look, claim: Claim) -> bool:
    if claim.state not in OPEN:
        return False
    allegations = records.find(look, Allegation, claim=claim.id)
    return not allegations or any(one.state not in _OVER for one in allegations)


def _sent_by(look: store.Look, claim: Claim, notice: Notice) -> bool:
    """Whether the notice comes, verified, from an address that sent a verified notice of the claim."""
    if notice.verified is Verified.NO:
        return False
    senders = records.find(look, Party, claim=claim.id, role=PartyRole.SENDER, email=notice.sender)
    return any(one.verified is not Verified.NO for one in senders)


def _plain(said: str) -> str:
    return "".join(letter for letter in said.casefold() if letter.isalnum())
