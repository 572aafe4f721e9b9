"""The register: mandates of agents and registrations of rights, kept by specialists from what they were shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.registry import proofs
from noticedesk.desk.staff.permits import require
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.model.party import Mandate
from noticedesk.model.person import Act, Person
from noticedesk.model.right import Permission, Right, RightKind, RightStatus
from noticedesk.store import chain, records


class BadEntry(ValueError):
    """An entry that says too little to be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a mandate says: the proof that was shown, the rights (kinds or numbers) and countries it covers, its end.

    `document` are the bytes of the proof, where they are at hand.
    """

    proof: str
    rights: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    expires: date | None = None
    document: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What a look at an office's register gave."""

    kind: RightKind
    holder: str
    office: str
    number: str
    status: RightStatus
    classes: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    expires: date | None = None


def add_mandate(desk: Desk, person: Person, principal: str, agent: str, shown: Shown) -> Mandate:
    """Keeps that an agent may speak for a principal; the agent by name, address or "@domain".

    Raises NotPermitted, BadEntry where a side or the proof is missing, and proofs.BadDocument.
    """
    require(person, Act.KEEP_REGISTER)
    sides = key(principal), key(agent)
    if not all(sides) or not shown.proof.strip():
        raise BadEntry("a mandate needs its principal, its agent and the proof that was shown: --proof")
    made = Mandate(
        id=new_id("M"),
        principal=sides[0],
        agent=sides[1],
        proof=shown.proof.strip(),
        document=proofs.keep(desk, shown.document) if shown.document else "",
        rights=shown.rights,
        territory=tuple(one.upper() for one in shown.territory),
        expires=shown.expires,
    )
    with desk.db.write() as tx:
        records.add(tx, made)
        chain.append(tx, acting(person), "mandate.added", made.id, None, {"document": made.document or None})
    return made


def prove(desk: Desk, person: Person, mandate: str, document: bytes) -> Mandate:
    """Keeps the document that proves a mandate; raises NotPermitted, store.Missing or proofs.BadDocument."""
    require(person, Act.KEEP_REGISTER)
    digest = proofs.keep(desk, document)
    with desk.db.write() as tx:
        proved = records.replace(tx, replace(records.get(tx, Mandate, mandate), document=digest))
        chain.append(tx, acting(person), "mandate.proved", mandate, None, {"document": digest})
    return proved


def end_mandate(desk: Desk, person: Person, mandate: str) -> Mandate:
    """Ends a mandate with yesterday, so that it covers nothing from today on; raises NotPermitted or store.Missing."""
    require(person, Act.KEEP_REGISTER)
    with desk.db.write() as tx:
        known = records.get(tx, Mandate, mandate)
        yesterday = date.fromordinal(desk.now().date().toordinal() - 1)
        ended = replace(known, expires=min(known.expires or yesterday, yesterday))
        records.replace(tx, ended)
        chain.append(tx, acting(person), "mandate.ended", mandate, None)
    return ended


def check_right(desk: Desk, person: Person, seen: Registration) -> Right:
    """Keeps what the register of an office says of a number, checked by this person now.

    The right of that holder, kind and number is changed where it is known. Raises NotPermitted or BadEntry.
    """
    require(person, Act.KEEP_REGISTER)
    holder, number = key(seen.holder), seen.number.strip()
    if not holder or not number or not seen.office.strip():
        raise BadEntry("a registration needs its holder, its office and its number")
    with desk.db.write() as tx:
        known = records.find(tx, Right, holder=holder, kind=seen.kind, number=number)
        id = known[0].id if known else new_id("R")
        right = Right(
            id=id,
            kind=seen.kind,
            holder=holder,
            office=seen.office.strip(),
            number=number,
            classes=seen.classes,
            territory=tuple(one.upper() for one in seen.territory),
            status=seen.status,
            expires=seen.expires,
            checked_by=person.id,
            checked_at=desk.now(),
        )
        if known:
            records.replace(tx, right)
        else:
            records.add(tx, right)
        chain.append(tx, acting(person), "right.checked", id, None, {"status": seen.status.value})
    return right


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """What a permission says: who may, by which account or listing (its URL's item), where and until when, and why."""

    holder: str
    account: str = ""
    listing: str = ""
    reason: str = "licensed"
    territories: tuple[str, ...] = ()
    expires: date | None = None
    note: str = ""


def add_permission(desk: Desk, person: Person, right: str, leave: Leave) -> Permission:
    """Keeps that a use of a right is allowed; raises NotPermitted, store.Missing, or BadEntry for nobody's."""
    require(person, Act.KEEP_REGISTER)
    account, listing = leave.account.strip(), leave.listing.strip()
    if not leave.holder.strip() or not (account or listing):
        raise BadEntry("a permission needs who has it, and the account or the listing by which they use it")
    with desk.db.write() as tx:
        of = records.get(tx, Right, right)
        made = Permission(
            id=new_id("L"),
            right=of.id,
            holder=leave.holder.strip(),
            account=account,
            listing=_listing(tx, listing) if listing else "",
            reason=leave.reason,
            territories=tuple(one.upper() for one in leave.territories),
            expires=leave.expires,
            note=leave.note,
        )
        records.add(tx, made)
        chain.append(tx, acting(person), "permission.added", made.id, None, {"right": of.id})
    return made


def _listing(look: store.Look, said: str) -> str:
    """The id of a listing, given by its id or that of its item; raises BadEntry for none, or for several."""
    found = records.find(look, Listing, id=said) or records.find(look, Listing, item=said)
    if len(found) != 1:
        raise BadEntry(f"{len(found)} listings are called {said}; name one that a case is about")
    return found[0].id


def end_permission(desk: Desk, person: Person, permission: str) -> Permission:
    """Ends a permission with yesterday; raises NotPermitted or store.Missing."""
    require(person, Act.KEEP_REGISTER)
    with desk.db.write() as tx:
        known = records.get(tx, Permission, permission)
        yesterday = date.fromordinal(desk.now().date().toordinal() - 1)
        ended = replace(known, expires=min(known.expires or yesterday, yesterday))
        records.replace(tx, ended)
        chain.append(tx, acting(person), "permission.ended", permission, None)
    return ended


def mandates(look: store.Look, principal: str = "") -> Sequence[Mandate]:
    """The mandates on file, of one principal where it is named."""
    return records.find(look, Mandate, principal=key(principal)) if principal else records.find(look, Mandate)


def key(said: str) -> str:
    """A name as it is kept and found: in lower case, with single spaces."""
    return " ".join(said.lower().split())
