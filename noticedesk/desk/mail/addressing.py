"""Addressing: where a letter to a side of a case goes, what it answers, and how the other side could be reached."""

from noticedesk import draft, store
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.desk import Desk
from noticedesk.model.claim import Claim
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice
from noticedesk.model.party import Party, PartyRole
from noticedesk.store import records


def address(look: store.Look, claim: Claim, role: str, about: About) -> str:
    """The address of a side: the claimant's is that of the notice's sender, the seller's what the platform told."""
    if about.to:
        return about.to
    if role == "seller":
        sellers = records.find(look, Party, claim=claim.id, role=PartyRole.SELLER)
        return next((p.email for p in sellers if p.email and _sells(look, p, about)), "")
    return _mail(next(iter(records.find(look, Party, claim=claim.id, role=PartyRole.SENDER)), None))


ACCOUNT = "account:"
"""What stands before the account of a holder who is reached through the platform alone."""


def destination(desk: Desk, look: store.Look, claim: Claim, role: str, about: About) -> str:
    """Where a letter to a side goes: its address, or its account where only the platform reaches it; empty if neither.

    Without a platform to ask, an account is no place to write to.
    """
    sellers = records.find(look, Party, claim=claim.id, role=PartyRole.SELLER) if role == "seller" else []
    known = next((party for party in sellers if party.through_platform and _sells(look, party, about)), None)
    if known and known.account and desk.platform.webhook:
        return f"{ACCOUNT}{known.account}"
    return address(look, claim, role, about)


def others(look: store.Look, claim: Claim, role: str) -> tuple[draft.Contact, ...]:
    """How the other side of a letter to this side can be reached; what both sides share is no secret of one."""
    parties = records.find(look, Party, claim=claim.id)
    mine = {party.email.casefold() for party in parties if (party.role is PartyRole.SELLER) is (role == "seller")}
    theirs = (party for party in parties if (party.role is PartyRole.SELLER) is not (role == "seller"))
    return tuple(
        draft.Contact(email=party.email, phone=party.phone, address=party.address)
        for party in theirs
        if party.email.casefold() not in mine - {""}
    )


def thread(look: store.Look, claim: Claim, role: str, about: About) -> str:
    """The Message-ID of the message that a letter to this side answers."""
    if role == "seller":
        return ""
    if about.notice:
        return about.notice.message_id
    return next((notice.message_id for notice in records.find(look, Notice, claim=claim.id)), "")


def _sells(look: store.Look, party: Party, about: About) -> bool:
    if about.allegation is None:
        return True
    return records.get(look, Listing, about.allegation.listing).account in ("", party.account)


def _mail(party: Party | None) -> str:
    return party.email if party else ""
