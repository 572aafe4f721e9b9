"""Laws beside the one of a claim: what they owe to whoever is restricted, whatever rules the claim itself is under."""

from noticedesk.desk.desk import Desk
from noticedesk.model.claim import Claim
from noticedesk.model.listing import Listing
from noticedesk.regime import Duty, InForce


def laws(desk: Desk, claim: Claim, listing: Listing) -> tuple[InForce, ...]:
    """The laws that hold beside the claim's own where the account of a listing is, in their order."""
    in_force = desk.in_force(claim.received_at, claim.service)
    others = (law for law in in_force if law.version.beside and law.id != claim.regime)
    return tuple(law for law in others if _is_there(desk, law, claim, listing))


def duties(law: InForce) -> tuple[Duty, ...]:
    """What a law owes beside another."""
    named = law.version.beside.duties if law.version.beside else ()
    return tuple(duty for duty in law.version.duties if duty.id in named)


def _is_there(desk: Desk, law: InForce, claim: Claim, listing: Listing) -> bool:
    """Whether the account is in a country of the law; where nobody knows, whether the service is in no other."""
    known = (listing.country.upper(),) if listing.country else desk.service(claim.service).countries
    return bool(known) and set(known) <= set(law.regime.countries)
