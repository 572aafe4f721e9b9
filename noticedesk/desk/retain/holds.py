"""Legal holds: placed and lifted by legal alone, on a claim, party or listing; while one lasts nothing is erased."""

from collections.abc import Iterable
from dataclasses import replace

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import require
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.ids import new_id
from noticedesk.model.keeping import LegalHold
from noticedesk.model.listing import Listing
from noticedesk.model.party import Party
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records

ABOUT: dict[str, type[Claim | Party | Listing]] = {"C": Claim, "P": Party, "L": Listing}
"""What a hold may be about, by the prefix of its id."""


class NoHold(ValueError):
    """A hold that cannot be placed, or that is not there to be lifted."""


def place(desk: Desk, person: Person, about: str, why: str) -> LegalHold:
    """Holds a claim, a party or a listing; raises NotPermitted, NoHold or store.Missing."""
    require(person, Act.HOLD)
    kind = ABOUT.get(about.partition("-")[0])
    if kind is None:
        raise NoHold(f"{about} is no claim (C-...), party (P-...) or listing (L-...)")
    if not why.strip():
        raise NoHold("a hold needs its reason: --why")
    with desk.db.write() as tx:
        records.get(tx, kind, about)
        held = LegalHold(id=new_id("H"), about=about, why=why, placed_by=person.id, placed_at=desk.now())
        records.add(tx, held)
        _told(tx, person, "hold.placed", held)
        _flag(tx, about)
    return held


def lift(desk: Desk, person: Person, about: str, why: str) -> list[LegalHold]:
    """Lifts every hold on what the id names, or the hold of that id; raises NotPermitted or NoHold."""
    require(person, Act.HOLD)
    with desk.db.write() as tx:
        lasting = [item for item in lasting_holds(tx) if about in (item.about, item.id)]
        if not lasting:
            raise NoHold(f"there is no hold on {about}; see noticedesk hold list")
        lifted = [
            replace(item, lifted_by=person.id, lifted_at=desk.now(), lifted_why=why.strip() or "no reason given")
            for item in lasting
        ]
        for item in lifted:
            records.replace(tx, item)
            _told(tx, person, "hold.lifted", item)
            _flag(tx, item.about)
    return lifted


def lasting_holds(look: store.Look) -> list[LegalHold]:
    """Every hold that is not lifted."""
    return records.find(look, LegalHold, lifted_at=None)


def on_claim(look: store.Look, claim: str) -> list[LegalHold]:
    """The holds under which a claim stands: its own, and those on its parties and listings."""
    listings = {item.listing for item in records.find(look, Allegation, claim=claim)}
    parties = {item.id for item in records.find(look, Party, claim=claim)}
    return records.find(look, LegalHold, about={claim, *listings, *parties}, lifted_at=None)


def _flag(tx: store.Transaction, about: str) -> None:
    """Marks the claims that the hold touches, so that lists show it."""
    for claim in _claims(tx, about):
        known, held = records.get(tx, Claim, claim), bool(on_claim(tx, claim))
        if known.hold is not held:
            records.replace(tx, replace(known, hold=held))


def _claims(look: store.Look, about: str) -> Iterable[str]:
    kind = about.partition("-")[0]
    if kind == "L":
        return {item.claim for item in records.find(look, Allegation, listing=about)}
    return {records.get(look, Party, about).claim} if kind == "P" else {about}


def _told(tx: store.Transaction, person: Person, act: str, held: LegalHold) -> None:
    claim = held.about if held.about.startswith("C-") else None
    chain.append(tx, acting(person), act, held.about, claim, {"hold": held.id})
