"""Erasure of a claim or a party: refused while a hold or a duty needs it; bytes and words go, the proof stays."""

from collections.abc import Iterable
from dataclasses import dataclass

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.retain import holds
from noticedesk.desk.retain.unfinished import unfinished
from noticedesk.desk.staff.permits import require
from noticedesk.model.event import Actor
from noticedesk.model.ids import new_id
from noticedesk.model.keeping import Tombstone
from noticedesk.model.notice import Notice
from noticedesk.model.party import Party
from noticedesk.model.person import Act, Person
from noticedesk.model.submission import Sender, Submission
from noticedesk.store import chain, erasing, hashes, lapsed, records

REQUEST = "request"
"""The rule of an erasure that a person ordered."""

_SHORTEST = 3
"""A name shorter than this many letters is found in too many words to be looked for in a reason."""


class NotErased(ValueError):
    """An erasure that is refused: names the hold, or what is still to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """By whom, why (no personal data) and by which rule something is erased."""

    actor: Actor
    why: str
    rule: str


def erase(desk: Desk, person: Person, about: str, why: str) -> Tombstone:
    """Erases a claim, or the party of that id with what it sent and was sent.

    Raises NotPermitted, and NotErased under a hold, for a case that is not finished, and for a reason that names a
    person of the case.
    """
    require(person, Act.ERASE)
    order = Order(actor=acting(person), why=why.strip(), rule=REQUEST)
    with desk.db.write() as tx:
        party = records.get(tx, Party, about) if about.startswith("P-") else None
        claim = party.claim if party else about
        _reason(tx, claim, order.why)
        if party:
            return _party(desk, tx, party, order)
        return claim_erased(desk, tx, claim, order)


def claim_erased(desk: Desk, tx: store.Transaction, claim: str, order: Order) -> Tombstone:
    """Blanks the rows of a claim, removes the bytes that nothing else needs, and leaves a tombstone for each."""
    _free(tx, claim)
    found = _with_pictures(desk, tx, erasing.digests(tx, claim), records.find(tx, Notice, claim=claim))
    gone = [one for one in sorted(found) if not erasing.used_elsewhere(tx, one, (claim,))]
    stone = _stones(desk, tx, claim, gone, order)
    hashes.forget(tx, gone)
    erasing.scrub(tx, claim)
    chain.append(tx, order.actor, "claim.erased", claim, claim, {"rule": order.rule, "blobs": len(gone)})
    _remove(desk, gone, order)
    return stone


def notice_erased(desk: Desk, tx: store.Transaction, notice: Notice, order: Order) -> Tombstone:
    """The same for a notice that belongs to no claim."""
    found = _with_pictures(desk, tx, {notice.sha256}, [notice])
    gone = [one for one in sorted(found) if not erasing.used_elsewhere(tx, one, (notice.id,))]
    stone = _stones(desk, tx, notice.id, gone, order)
    hashes.forget(tx, gone)
    erasing.scrub_notice(tx, notice.id)
    chain.append(tx, order.actor, "notice.erased", notice.id, None, {"rule": order.rule, "blobs": len(gone)})
    _remove(desk, gone, order)
    return stone


def submission_erased(desk: Desk, tx: store.Transaction, one: Submission, order: Order) -> Tombstone:
    """The same for a submission that never became a notice."""
    lapsed.blank_submission(tx, one)
    gone = [] if erasing.used_elsewhere(tx, one.body, (one.id,)) else [one.body]
    stone = _stones(desk, tx, one.id, gone, order)
    chain.append(tx, order.actor, "submission.erased", one.id, None, {"rule": order.rule, "blobs": len(gone)})
    _remove(desk, gone, order)
    return stone


def sender_erased(desk: Desk, tx: store.Transaction, one: Sender, order: Order) -> Tombstone:
    """The same for a sender who is not let in any more."""
    lapsed.blank_sender(tx, one)
    stone = _stones(desk, tx, one.id, [], order)
    chain.append(tx, order.actor, "sender.erased", one.id, None, {"rule": order.rule})
    return stone


def tombstone(look: store.Look, about: str) -> Tombstone | None:
    """When, by whom, why and by which rule a claim, party or notice was erased; None where it was not."""
    return next(iter(records.find(look, Tombstone, about=about, sha256="")), None)


def _party(desk: Desk, tx: store.Transaction, party: Party, order: Order) -> Tombstone:
    """Who is named in one case stands in its letters, notices and captures too: the case goes as a whole."""
    stone = claim_erased(desk, tx, party.claim, order)
    own = Tombstone(
        id=new_id("S"),
        about=party.id,
        erased_at=stone.erased_at,
        erased_by=stone.erased_by,
        why=stone.why,
        rule=stone.rule,
    )
    records.add(tx, own)
    chain.append(tx, order.actor, "party.erased", party.id, party.claim, {"rule": order.rule})
    return own


def _free(look: store.Look, claim: str) -> None:
    held = holds.on_claim(look, claim)
    if held:
        named = ", ".join(f"{item.id} on {item.about}" for item in held)
        raise NotErased(f"{claim} is under a legal hold ({named}); only legal lifts it: noticedesk hold lift")
    open_matter = unfinished(look, claim)
    if open_matter:
        raise NotErased(f"{claim} cannot be erased yet: {open_matter}")
    if tombstone(look, claim):
        raise NotErased(f"{claim} was erased before")


def _reason(look: store.Look, claim: str, why: str) -> None:
    if not why:
        raise NotErased("an erasure needs its reason: --why, in words without personal data")
    for party in records.find(look, Party, claim=claim):
        if any(len(said) >= _SHORTEST and said.lower() in why.lower() for said in (party.name, party.email)):
            raise NotErased("the reason names a person of the case, and would outlive the erasure; write it without")


def _with_pictures(desk: Desk, look: store.Look, found: Iterable[str], notices: Iterable[Notice]) -> set[str]:
    """The digests and those of the pictures that were taken out of the notices, where their bytes are still there."""
    digests = set(found)
    for notice in notices:
        if desk.blobs.has(notice.sha256):
            digests |= set(desk.pictures(desk.blobs.get(notice.sha256)))
    return digests


def _stones(desk: Desk, tx: store.Transaction, about: str, gone: Iterable[str], order: Order) -> Tombstone:
    made = [
        Tombstone(
            id=new_id("S"),
            about=about,
            sha256=digest,
            erased_at=desk.now(),
            erased_by=order.actor.name,
            why=order.why,
            rule=order.rule,
        )
        for digest in ("", *gone)
    ]
    records.add(tx, made)
    return made[0]


def _remove(desk: Desk, gone: Iterable[str], order: Order) -> None:
    """Last of all in the transaction: whatever went wrong before, nothing is lost; what stops here is done again."""
    for digest in gone:
        desk.blobs.remove(digest, order.rule)
