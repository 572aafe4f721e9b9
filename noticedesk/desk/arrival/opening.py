"""Opening a claim, or joining one: from what a notice says to parties, works, listings and allegations."""

from noticedesk import gather, store
from noticedesk.desk.actors import INGEST
from noticedesk.desk.arrival.threads import by_thread
from noticedesk.desk.desk import Desk
from noticedesk.desk.registry.flaggers import flagger_of
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState, Lane
from noticedesk.model.document import Document
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice, NoticeKind
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.right import AssetKind, Right, RightKind, Work
from noticedesk.model.verdict import Check, ClaimedWork, UrlRole, Verdict
from noticedesk.store import chain, moves, records

RIGHT_OF: dict[NoticeKind, RightKind] = {
    NoticeKind.COPYRIGHT_NOTICE: RightKind.COPYRIGHT,
    NoticeKind.TRADEMARK_NOTICE: RightKind.TRADEMARK,
    NoticeKind.COUNTERFEIT_NOTICE: RightKind.TRADEMARK,
    NoticeKind.DESIGN_NOTICE: RightKind.DESIGN,
    NoticeKind.PATENT_NOTICE: RightKind.PATENT,
    NoticeKind.ANTICIRCUMVENTION: RightKind.ANTICIRCUMVENTION,
}

_PARTY_ROLES = {"principal": PartyRole.PRINCIPAL, "agent": PartyRole.AGENT, "signer": PartyRole.SUBMITTER}


def open_claim(desk: Desk, tx: store.Transaction, notice: Notice, found: Check) -> Claim:
    """A new claim with its parties, works and, unless it is stopped for safety, its allegations."""
    stopped = found.primary.verdict is Verdict.SAFETY
    claim = Claim(
        id=new_id("C"),
        service=notice.service,
        regime=found.primary.regime,
        regime_version=found.primary.version,
        lane=Lane.SAFETY if stopped else lane_of(desk, notice, found),
        principal=principal_of(found, notice),
        language=found.language,
        received_at=notice.received_at,
        flags=tuple(sorted({flag.id for flag in found.flags})),
    )
    records.add(tx, claim)
    chain.append(tx, INGEST, "claim.opened", claim.id, claim.id, {"notice": notice.id, "kind": found.kind.value})
    if not stopped:
        _parties(tx, claim, notice, found)
        allege(desk, tx, claim, found)
    return claim


def lane_of(desk: Desk, notice: Notice, found: Check) -> Lane:
    """The lane of a new claim: a trusted flagger's comes first, inside its area; it is not accepted by that."""
    trusted = flagger_of(desk, notice, RIGHT_OF.get(found.kind))
    return Lane.TRUSTED_FLAGGER if trusted else Lane.NORMAL


def principal_of(found: Check, notice: Notice) -> str:
    """Who claims, as a key for finding repeats: the owner named, else the sender's address, in lower case."""
    named = next((party.name for party in found.parties if party.role == "principal" and party.name), "")
    return " ".join((named or notice.sender).lower().split())


def completes(look: store.Look, document: Document) -> bool:
    """Whether a message answers, in its thread, a claim that waits for what it lacks: then it completes that claim."""
    linked = by_thread(look, document.envelope)
    waits = (ClaimState.NEEDS_CURE, ClaimState.EXPIRED)
    return linked.sure and records.get(look, Claim, linked.claims[0]).state in waits


def allege(desk: Desk, tx: store.Transaction, claim: Claim, found: Check) -> int:
    """Adds the works and allegations that the claim does not have yet; how many allegations were new."""
    known = {(item.url, item.work) for item in records.find(tx, Allegation, claim=claim.id)}
    works = {work.title + work.mark: work for work in records.find(tx, Work, claim=claim.id)}
    right = _right(tx, claim, found)
    added = 0
    for claimed, urls in _pairs(found):
        work = works.get(claimed.title + claimed.mark) or _work(tx, claim, claimed)
        for url in urls:
            if (url, work.id) not in known:
                _allegation(desk, tx, claim, (work, url, right))
                added += 1
    return added


def _pairs(found: Check) -> list[tuple[ClaimedWork, tuple[str, ...]]]:
    """Each work with the URLs reported for it; those reported for no work in particular go with the first."""
    works = found.works or (ClaimedWork(id="1"),)
    reported = found.urls_of(UrlRole.REPORTED)
    assigned = {url for work in works for url in work.reported_urls}
    loose = tuple(url for url in reported if url not in assigned)
    return [(work, work.reported_urls + (loose if place == 0 else ())) for place, work in enumerate(works)]


def _allegation(desk: Desk, tx: store.Transaction, claim: Claim, said: tuple[Work, str, Right]) -> None:
    work, url, right = said
    listing = known_listing(desk, tx, url) or _new_listing(desk, tx, url)
    allegation = Allegation(id=new_id("A"), claim=claim.id, work=work.id, listing=listing.id, right=right.id, url=url)
    records.add(tx, allegation)
    chain.append(tx, INGEST, "allegation.reported", allegation.id, claim.id, {"listing": listing.id, "work": work.id})
    if not listing.service:
        moves.move(tx, allegation, AllegationState.NOT_OURS, INGEST, why="no service of ours has this host")


def known_listing(desk: Desk, look: store.Look, url: str) -> Listing | None:
    """The listing of an address, where it was reported before."""
    place = gather.identify(url, desk.services, desk.places)
    service, item = (place.service, place.item) if place else ("", url)
    return next(iter(records.find(look, Listing, service=service, item=item)), None)


def _new_listing(desk: Desk, tx: store.Transaction, url: str) -> Listing:
    place = gather.identify(url, desk.services, desk.places)
    listing = Listing(
        id=new_id("L"),
        service=place.service if place else "",
        item=place.item if place else url,
        url=place.canonical if place else url,
    )
    records.add(tx, listing)
    return listing


def _work(tx: store.Transaction, claim: Claim, claimed: ClaimedWork) -> Work:
    work = Work(
        id=new_id("W"),
        claim=claim.id,
        kind=AssetKind.MARK if claimed.mark and claimed.kind is AssetKind.OTHER else claimed.kind,
        title=claimed.title,
        description=claimed.description,
        mark=claimed.mark,
        aliases=claimed.aliases,
        classes=claimed.classes,
        registration=claimed.registration,
        urls=claimed.original_urls,
        media=claimed.media,
    )
    records.add(tx, work)
    return work


def _right(tx: store.Transaction, claim: Claim, found: Check) -> Right:
    registered = next((work for work in found.works if work.registration), None)
    right = Right(
        id=new_id("R"),
        kind=RIGHT_OF[found.kind],
        holder=claim.principal,
        office=registered.office if registered else "",
        number=registered.registration if registered else "",
    )
    same = records.find(tx, Right, holder=right.holder, kind=right.kind, number=right.number)
    if same:
        return same[0]
    records.add(tx, right)
    return right


def _parties(tx: store.Transaction, claim: Claim, notice: Notice, found: Check) -> None:
    sent_by = next((party.name for party in found.parties if party.role == "sender"), "")
    records.add(
        tx,
        Party(
            id=new_id("P"),
            claim=claim.id,
            role=PartyRole.SENDER,
            name=sent_by,
            email=notice.sender,
            verified=notice.verified,
        ),
    )
    for named in found.parties:
        if named.role in _PARTY_ROLES:
            records.add(
                tx,
                Party(
                    id=new_id("P"),
                    claim=claim.id,
                    role=_PARTY_ROLES[named.role],
                    name=named.name,
                    email=named.email,
                    address=named.address,
                    phone=named.phone,
                ),
            )
