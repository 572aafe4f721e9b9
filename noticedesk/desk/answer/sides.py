"""Sides: whether a message comes, verified, from a side of the claim. A token or thread never says so."""

from noticedesk import store
from noticedesk.desk.answer.reply import Reply
from noticedesk.model.allegation import Allegation
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice, Verified
from noticedesk.model.party import Party, PartyRole
from noticedesk.store import records


def is_notifier(look: store.Look, claim: str, reply: Reply) -> bool:
    """Whether the message comes from the address that sent the notice of the claim, and that is verified."""
    return bool(reply.vouched_by) or (_verified(reply.notice) and reply.notice.sender in senders(look, claim))


def senders(look: store.Look, claim: str) -> frozenset[str]:
    """The addresses that sent notices of the claim, in lower case."""
    parties = records.find(look, Party, claim=claim, role=PartyRole.SENDER)
    return frozenset(party.email.lower() for party in parties if party.email)


def is_seller(look: store.Look, allegation: Allegation, reply: Reply) -> bool:
    """Whether the message comes, verified, from the holder of the account behind the listing of the allegation."""
    if reply.vouched_by:
        return True
    return _verified(reply.notice) and reply.notice.sender in _holders(look, allegation, reply)


def _holders(look: store.Look, allegation: Allegation, reply: Reply) -> frozenset[str]:
    """What the platform says now, else what it said when the listing was captured."""
    listing = records.get(look, Listing, allegation.listing)
    now = reply.holders.get((listing.service, listing.item))
    if now:
        return frozenset({now})
    sellers = records.find(look, Party, claim=allegation.claim, role=PartyRole.SELLER)
    known = (party for party in sellers if party.email and party.account == listing.account)
    return frozenset(party.email.lower() for party in known if party.verified is not Verified.NO)


def _verified(notice: Notice) -> bool:
    return notice.verified is not Verified.NO
