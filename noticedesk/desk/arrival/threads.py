"""Threading: which claim a message belongs to. A thread links; it never verifies who wrote."""

from dataclasses import dataclass

from noticedesk import gather, store
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import tokens
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.document import Document, Envelope
from noticedesk.model.letter import Letter
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice
from noticedesk.store import records

_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Linked:
    """The claims that a message may belong to, and by what: one is a link, several are for a person."""

    claims: tuple[str, ...]
    by: str

    @property
    def sure(self) -> bool:
        """Whether exactly one claim is meant."""
        return len(self.claims) == 1


def by_thread(look: store.Look, envelope: Envelope) -> Linked:
    """The claims whose letters or notices the message answers, by thread headers and by the token it was sent to."""
    answered = [item for item in (envelope.in_reply_to, *envelope.references, *_tokens(envelope)) if item]
    letters = [letter.claim for name in answered for letter in records.find(look, Letter, message_id=name)]
    notices = [notice.claim for name in answered for notice in records.find(look, Notice, message_id=name)]
    return Linked(tuple(dict.fromkeys(claim for claim in (*letters, *notices) if claim)), "thread")


def letters_of(look: store.Look, document: Document) -> list[Letter]:
    """The letters that a report or an automatic answer is about, by the surest sign that it bears."""
    returned = document.original.message_id if document.original else ""
    envelope = document.envelope
    signs = (returned, *_tokens(envelope), envelope.in_reply_to, *reversed(envelope.references))
    for name in (*signs, *tokens.identifiers(document.text[:_LONGEST])):
        found = records.find(look, Letter, message_id=name) if name else []
        if found:
            return found
    return []


def answers_letter(look: store.Look, envelope: Envelope) -> bool:
    """Whether a message answers a letter of ours, and not only a message of its own side."""
    signs = (envelope.in_reply_to, *envelope.references, *_tokens(envelope))
    return any(records.find(look, Letter, message_id=name) for name in signs if name)


def _tokens(envelope: Envelope) -> tuple[str, ...]:
    """The letters whose tokens stand in the addresses that a message was sent to."""
    return tuple(tokens.identifier_in(address) for address in envelope.to)


def by_listing(desk: Desk, look: store.Look, urls: tuple[str, ...], states: frozenset[AllegationState]) -> Linked:
    """The claims with an allegation in one of the states about a listing that the message names."""
    places = [place for url in urls if (place := gather.identify(url, desk.services, desk.places))]
    listings = [
        listing for place in places for listing in records.find(look, Listing, service=place.service, item=place.item)
    ]
    claims = [
        allegation.claim
        for listing in listings
        for allegation in records.find(look, Allegation, listing=listing.id)
        if allegation.state in states
    ]
    return Linked(tuple(dict.fromkeys(claims)), "listing")


def allegations_named(
    desk: Desk, look: store.Look, claim: Claim, urls: tuple[str, ...], states: frozenset[AllegationState]
) -> list[Allegation]:
    """The allegations of the claim in those states that the URLs name; all of them where no URL is named."""
    meant = {(p.service, p.item) for url in urls if (p := gather.identify(url, desk.services, desk.places))}
    candidates = [item for item in records.find(look, Allegation, claim=claim.id) if item.state in states]
    if not meant:
        return candidates
    listings = {item.listing: records.get(look, Listing, item.listing) for item in candidates}
    return [item for item in candidates if (listings[item.listing].service, listings[item.listing].item) in meant]
