"""The listing as it is now, beside the listing as captured: its words, and its pictures as we draw them."""

from dataclasses import dataclass

from starlette.responses import Response

from matchers.image.decode import CannotRead
from noticedesk import gather, store
from noticedesk.console.casefile import admitted, case
from noticedesk.console.files import as_picture
from noticedesk.console.handling import allegation_of, claim_of
from noticedesk.console.marking import Change, changes
from noticedesk.console.visit import Visit
from noticedesk.desk.cases import looking
from noticedesk.model.evidence import Outcome
from noticedesk.model.person import Person
from noticedesk.sandbox import Ending

SAYS = {
    Outcome.FETCHED: "It is there",
    Outcome.GONE: "It is gone",
    Outcome.REFUSED: "It was not fetched",
    Outcome.UNREACHABLE: "It does not answer",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that the listing shows now: its digest (empty: there is none to show), and what there is to say."""

    sha256: str
    says: str


def look(visit: Visit) -> Response:
    """Fetches the page once more and shows what became of it; its address is never opened by the browser."""
    claim = claim_of(visit)
    at_stake = allegation_of(visit, claim)
    visit.house.pace.look(visit.who.id)
    live = looking.look_again(visit.desk, visit.who, at_stake.id)
    with visit.desk.db.read() as reading:
        shown = case(reading, visit, claim, at_stake.id)
    known = {item.sha256 for item in shown.captured.pictures if item.sha256} if shown.captured else set()
    return visit.page(
        "live",
        claim=claim,
        allegation=at_stake.id,
        live=live,
        says=SAYS[live.now.outcome],
        rows=_rows(live),
        before=[item for item in shown.captured.pictures if item.outcome is Outcome.FETCHED] if shown.captured else [],
        after=[_shown(visit, item, known) for item in live.pictures],
        way=shown.way,
    )


def picture(visit: Visit) -> Response:
    """A picture of the latest looks, as we drew it; it was captured nowhere, and is gone when others need its room."""
    with visit.desk.db.read() as reading:
        claim = admitted(reading, visit, visit.path["claim"]).id
    drawn = visit.house.remembered.known(_key(visit.who, claim, visit.path["sha256"]))
    if drawn is None:
        raise store.Missing("this picture was shown for a moment only; look at the listing again")
    return as_picture(drawn)


def _shown(visit: Visit, item: gather.Capture, known: set[str]) -> Shown:
    if item.outcome is not Outcome.FETCHED:
        return Shown("", f"could not be fetched: {item.problem}")
    key = _key(visit.who, visit.path["claim"], item.sha256)
    try:
        visit.house.remembered.get(key, lambda: visit.house.easel.redrawn(item.body))
    except (CannotRead, Ending) as why:
        return Shown("", f"cannot be shown as a picture: {why}")
    return Shown(item.sha256, "as captured, byte for byte" if item.sha256 in known else "other bytes than captured")


def _key(who: Person, claim: str, sha256: str) -> tuple[str, ...]:
    return ("live", who.id, claim, sha256)


def _rows(live: looking.Live) -> list[tuple[str, tuple[Change, ...]]]:
    """Each field that either side has, with what changed in its words."""
    found = []
    for name in looking.FIELDS:
        before = str(getattr(live.captured, name)) if live.captured else ""
        after = str(getattr(live.now, name))
        if before or after:
            found.append((name, changes(before, after) if live.captured else (Change(after, "same"),)))
    return found
