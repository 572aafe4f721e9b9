"""Looking again: what a reported listing shows at this moment, beside what was captured of it."""

from dataclasses import dataclass
from datetime import datetime

from noticedesk import gather, store
from noticedesk.desk.actors import acting
from noticedesk.desk.cases.showing import listing_as_captured
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import NotPermitted, require
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.evidence import Evidence
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice, NoticeState
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records

FIELDS = ("title", "description", "brand", "price", "currency", "seller")
"""What is compared, in the order in which it is shown."""

LOOKED = "listing.looked_at"

MOST_PICTURES = 6
"""Pictures that are fetched at one look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A listing as it shows itself now; `changed` are field, words as captured, words now.

    `pictures` are those that it shows now, with their bytes; they are no evidence, and kept nowhere.
    """

    listing: Listing
    at: datetime
    now: gather.Gathered
    captured: gather.Gathered | None
    changed: tuple[tuple[str, str, str], ...]
    pictures_added: int
    pictures_gone: int
    pictures: tuple[gather.Capture, ...] = ()


def look_again(desk: Desk, person: Person, allegation: str) -> Live:
    """Fetches the page of a listing and its pictures anew through the guarded door, and logs that it was looked at.

    Nothing is decided by it and nothing is captured. Raises NotPermitted, and for what was stopped for safety always:
    nothing of that is fetched.
    """
    require(person, Act.READ_CASE)
    with desk.db.read() as look:
        at_stake = records.get(look, Allegation, allegation)
        _may_be_fetched(look, records.get(look, Claim, at_stake.claim))
        listing = records.get(look, Listing, at_stake.listing)
        evidence = tuple(records.find(look, Evidence, claim=at_stake.claim, listing=listing.id))
    now = gather.gather_listing(listing.url, desk.places, desk.fetch_page, desk.now())
    pictures = gather.gather_media(now.images[:MOST_PICTURES], desk.places, desk.fetch_media, desk.now())
    captured = listing_as_captured(desk, evidence, listing.url)
    changed = _changed(captured, now)
    before, after = set(captured.images if captured else ()), set(now.images)
    with desk.db.write() as tx:
        told: dict[str, chain.Detail] = {"outcome": now.outcome.value, "changed": " ".join(one[0] for one in changed)}
        chain.append(tx, acting(person), LOOKED, at_stake.id, at_stake.claim, told)
    return Live(
        listing=listing,
        at=desk.now(),
        now=now,
        captured=captured,
        changed=changed,
        pictures_added=len(after - before),
        pictures_gone=len(before - after),
        pictures=pictures,
    )


def _may_be_fetched(look: store.Look, claim: Claim) -> None:
    stopped = records.find(look, Notice, claim=claim.id, state=NoticeState.QUARANTINED)
    if claim.lane is Lane.SAFETY or any(not notice.problem for notice in stopped):
        raise NotPermitted(f"{claim.id} was stopped for safety; nothing of it is fetched")


def _changed(captured: gather.Gathered | None, now: gather.Gathered) -> tuple[tuple[str, str, str], ...]:
    if captured is None or now.problem:
        return ()
    pairs = [(name, str(getattr(captured, name)), str(getattr(now, name))) for name in FIELDS]
    return tuple(pair for pair in pairs if pair[1] != pair[2])
