"""Gathering: the reported listing as it stands now, and the references, captured as evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from noticedesk import gather, store
from noticedesk.desk.act import lookup
from noticedesk.desk.actors import PROCESS
from noticedesk.desk.desk import Desk
from noticedesk.desk.stages.stage import Stage
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.decision import Band, Proposal
from noticedesk.model.evidence import Evidence, EvidenceRole, Outcome
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Verified
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.right import Work
from noticedesk.store import moves, queue, records

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff")


@dataclass(frozen=True, slots=True)
class Site:
    """An allegation with the listing and the work that it is about."""

    allegation: Allegation
    listing: Listing
    work: Work


@dataclass(frozen=True, slots=True)
class Haul:
    """What was gathered for one allegation."""

    page: gather.Gathered
    media: tuple[gather.Capture, ...]
    references: tuple[gather.Capture, ...]
    account: lookup.Account | None


def load(desk: Desk, look: store.Look, ids: Sequence[str]) -> list[Site]:
    """The leased allegations with their listing and work."""
    return [
        Site(item, records.get(look, Listing, item.listing), records.get(look, Work, item.work))
        for item in (records.get(look, Allegation, one) for one in ids)
    ]


def work(desk: Desk, site: Site) -> Haul:
    """Fetches page, pictures and references through the guarded door, and keeps every byte that came."""
    now = desk.now()
    page = gather.gather_listing(site.listing.url, desk.places, desk.fetch_page, now)
    media = gather.gather_media(page.images, desk.places, desk.fetch_media, now)
    references = gather.gather_media(_pictured(site.work), desk.places, desk.fetch_media, now, EvidenceRole.REFERENCE)
    for capture in (*page.captures, *media, *references):
        for body in filter(None, (capture.body, capture.warc)):
            desk.blobs.put(body)
    return Haul(page, media, references, lookup.account(desk, site.listing.item))


def _pictured(work: Work) -> tuple[str, ...]:
    """The addresses of reference pictures: those given as such, and originals whose address is a picture's."""
    given = [item for item in work.media if "://" in item]
    shown = [url for url in work.urls if urlsplit(url).path.lower().endswith(_PICTURES)]
    return tuple(dict.fromkeys([*given, *shown]))


def save(desk: Desk, tx: store.Transaction, site: Site, haul: Haul) -> str:
    """Saves the evidence and what the listing says of itself; an unreachable page is tried again, then shown."""
    for capture in (*haul.page.captures, *haul.media, *haul.references):
        _keep(tx, site, capture)
    for digest in site.work.media:
        if "://" not in digest:
            records.add(tx, _enclosed(desk, site, digest))
    if haul.page.outcome is Outcome.FETCHED:
        _describe(tx, site, haul)
        moves.move(tx, site.allegation, AllegationState.GATHERED, PROCESS)
        return "gathered"
    if haul.page.outcome is Outcome.GONE:
        moves.move(tx, site.allegation, AllegationState.GONE, PROCESS, why=haul.page.outcome.value)
        return "gone"
    return _not_fetched(desk, tx, site, haul.page)


def _not_fetched(desk: Desk, tx: store.Transaction, site: Site, page: gather.Gathered) -> str:
    """An unreachable page is tried again; a refused one, and one that stays unreachable, goes to a person."""
    allegation = site.allegation
    if allegation.state is AllegationState.REPORTED:
        allegation = moves.move(tx, allegation, AllegationState.UNREACHABLE, PROCESS, why=page.outcome.value)
    if page.outcome is not Outcome.REFUSED:
        failure = queue.fail(tx, allegation.id, page.problem, desk.now(), desk.patience)
        if not failure.stuck:
            return "unreachable"
    records.add(tx, _unseen(desk, tx, allegation, page))
    moves.move(tx, allegation, AllegationState.IN_REVIEW, PROCESS, why=page.outcome.value)
    return page.outcome.value


def _unseen(desk: Desk, tx: store.Transaction, allegation: Allegation, page: gather.Gathered) -> Proposal:
    """What a person is asked about a listing that could not be seen."""
    claim = records.get(tx, Claim, allegation.claim)
    return Proposal(
        id=new_id("O"),
        allegation=allegation.id,
        band=Band.UNMATCHABLE,
        question="The listing could not be fetched. Does the notice identify this material?",
        why=(page.problem,),
        regime=claim.regime,
        regime_version=claim.regime_version,
        made_at=desk.now(),
    )


def _describe(tx: store.Transaction, site: Site, haul: Haul) -> None:
    """What the page and the platform say of the listing, and its seller as a party of the claim."""
    known = haul.account
    account = known.account if known else haul.page.account
    records.replace(
        tx,
        replace(
            site.listing,
            title=haul.page.title,
            account=account or site.listing.account,
            country=known.country if known else site.listing.country,
            language=known.language if known else site.listing.language,
            created_at=(known.created_at if known else None) or site.listing.created_at,
        ),
    )
    sellers = records.find(tx, Party, claim=site.allegation.claim, role=PartyRole.SELLER, account=account)
    if known and not sellers:
        seller = Party(
            id=new_id("P"),
            claim=site.allegation.claim,
            role=PartyRole.SELLER,
            name=known.name,
            email=known.contact.lower(),
            account=account,
            through_platform=known.notify_through_platform,
            verified=Verified.LOGIN,
        )
        records.add(tx, seller)


def _enclosed(desk: Desk, site: Site, digest: str) -> Evidence:
    """A reference picture that came with the notice itself."""
    return Evidence(
        id=new_id("V"),
        claim=site.allegation.claim,
        work=site.work.id,
        role=EvidenceRole.REFERENCE,
        url=f"sha256:{digest}",
        fetched_at=desk.now(),
        how="attachment",
        outcome=Outcome.FETCHED if desk.blobs.has(digest) else Outcome.UNREACHABLE,
        sha256=digest if desk.blobs.has(digest) else "",
        problem="" if desk.blobs.has(digest) else "the enclosed picture could not be taken out of the notice",
    )


def _keep(tx: store.Transaction, site: Site, capture: gather.Capture) -> None:
    """Saves one capture as evidence of the listing, or of the work where it is a reference, and its WARC file."""
    reference = capture.role is EvidenceRole.REFERENCE
    of = {"work": site.work.id} if reference else {"listing": site.listing.id}
    records.add(tx, capture.evidence(new_id("V"), site.allegation.claim, **of))
    if capture.warc:
        records.add(tx, gather.warc_of(capture).evidence(new_id("V"), site.allegation.claim, **of))


STAGE = Stage(
    name="gather",
    noun=Allegation,
    states=(AllegationState.REPORTED, AllegationState.UNREACHABLE),
    claim_states=(ClaimState.ACCEPTED,),
    load=load,
    work=work,
    save=save,
    id_of=lambda site: site.allegation.id,
)
