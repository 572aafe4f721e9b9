"""Opening: a match of the sweep becomes a linked claim of the desk's own, which goes the usual way to a person."""

from dataclasses import replace

from noticedesk import gather, store
from noticedesk.desk.actors import SWEEP
from noticedesk.desk.desk import Desk
from noticedesk.desk.registry.permitted import permissions
from noticedesk.desk.sweep.catalogue import Offer
from noticedesk.desk.sweep.matching import Hit
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.model.right import Work
from noticedesk.model.signal import Sighting, SightingOutcome, Signal, SignalState
from noticedesk.store import chain, moves, records

FOUND = "found_by_sweep"
"""The flag of such claims: no notice is behind them, and a person is asked about each."""

_OVER = frozenset({AllegationState.DISMISSED, AllegationState.WITHDRAWN, AllegationState.RESTORED})


def note(desk: Desk, tx: store.Transaction, offer: Offer, hit: Hit) -> str:
    """Notes a match and opens a proposal for it unless it is known, allowed, or of a quarantined signal; says which."""
    signal = records.get(tx, Signal, hit.signal.id)
    listing = _listing(desk, tx, offer)
    past = records.find(tx, Sighting, signal=signal.id)
    if any(item.outcome is SightingOutcome.WRONG and item.sha256 == hit.sha256 for item in past):
        return "known to be wrong"
    if _is_known(tx, signal, listing, past):
        return "known already"
    permitted = permissions(tx, signal.right, listing, desk.now().date()) if signal.right else []
    sighting = Sighting(
        id=new_id("I"),
        signal=signal.id,
        listing=listing.id,
        sha256=hit.sha256,
        score=hit.score,
        outcome=SightingOutcome.QUARANTINED,
        seen_at=desk.now(),
    )
    if permitted:
        records.add(tx, replace(sighting, outcome=SightingOutcome.ALLOWED, permission=permitted[0].id))
        return "allowed by a permission"
    if signal.state is SignalState.QUARANTINED:
        records.add(tx, sighting)
        return "held: the signal is quarantined"
    records.add(tx, propose(desk, tx, sighting))
    return "opened for review"


def held(desk: Desk, tx: store.Transaction, sighting: Sighting) -> str:
    """Opens what was held while its signal was quarantined, once the signal is released."""
    if records.get(tx, Signal, sighting.signal).state is not SignalState.ACTIVE:
        return ""
    records.replace(tx, propose(desk, tx, sighting))
    return "opened for review"


def propose(desk: Desk, tx: store.Transaction, sighting: Sighting) -> Sighting:
    """The sighting with its new allegation: reported by the desk itself, under the law of the claim it is linked to."""
    signal, listing = records.get(tx, Signal, sighting.signal), records.get(tx, Listing, sighting.listing)
    decided = records.get(tx, Allegation, signal.allegation)
    origin, work = records.get(tx, Claim, decided.claim), records.get(tx, Work, decided.work)
    claim = Claim(
        id=new_id("C"),
        service=listing.service,
        regime=origin.regime,
        regime_version=origin.regime_version,
        principal=origin.principal,
        language=origin.language,
        received_at=desk.now(),
        linked=origin.id,
        flags=(FOUND,),
    )
    mine = replace(work, id=new_id("W"), claim=claim.id, urls=(), media=(signal.sha256,))
    allegation = Allegation(
        id=new_id("A"), claim=claim.id, work=mine.id, listing=listing.id, right=decided.right, url=listing.url
    )
    records.add(tx, [claim, mine, allegation])
    chain.append(tx, SWEEP, "claim.opened", claim.id, claim.id, {"signal": signal.id, "kind": FOUND})
    told = {"listing": listing.id, "work": mine.id, "decided": decided.id}
    chain.append(tx, SWEEP, "allegation.reported", allegation.id, claim.id, told)
    moves.move(tx, moves.move(tx, claim, ClaimState.IN_CHECK, SWEEP), ClaimState.ACCEPTED, SWEEP, why=FOUND)
    return replace(sighting, outcome=SightingOutcome.PROPOSED, opened=allegation.id)


def _is_known(look: store.Look, signal: Signal, listing: Listing, past: list[Sighting]) -> bool:
    """Whether the listing is before a person already, or was seen and stays permitted by what a person said."""
    mine = [item for item in past if item.listing == listing.id]
    if any(item.outcome is SightingOutcome.ALLOWED and item.permission is None for item in mine):
        return True
    if any(item.outcome is SightingOutcome.QUARANTINED for item in mine):
        return True
    about = records.find(look, Allegation, listing=listing.id)
    same_right = [item for item in about if item.right == signal.right]
    return any(item.state not in _OVER for item in same_right)


def _listing(desk: Desk, tx: store.Transaction, offer: Offer) -> Listing:
    place = gather.identify(offer.url, desk.services, desk.places)
    service, item = (place.service, place.item) if place else ("", offer.url)
    known = next(iter(records.find(tx, Listing, service=service, item=item)), None)
    if known:
        return known
    listing = Listing(
        id=new_id("L"),
        service=service,
        item=item,
        url=place.canonical if place else offer.url,
        account=offer.account,
        title=offer.title,
        created_at=offer.created_at,
    )
    records.add(tx, listing)
    return listing
