"""The listing as it is now, beside the listing as captured."""

from starlette.responses import Response

from noticedesk.console.handling import allegation_of, claim_of
from noticedesk.console.marking import Change, changes
from noticedesk.console.visit import Visit
from noticedesk.desk.cases import looking


def look(visit: Visit) -> Response:
    """Fetches the page once more and shows what became of it; its address is never opened by the browser."""
    claim = claim_of(visit)
    at_stake = allegation_of(visit, claim)
    visit.house.pace.look(visit.who.id)
    live = looking.look_again(visit.desk, visit.who, at_stake.id)
    return visit.page("live", claim=claim, allegation=at_stake.id, live=live, rows=_rows(live))


def _rows(live: looking.Live) -> list[tuple[str, tuple[Change, ...]]]:
    """Each field that either side has, with what changed in its words."""
    found = []
    for name in looking.FIELDS:
        before = str(getattr(live.captured, name)) if live.captured else ""
        after = str(getattr(live.now, name))
        if before or after:
            found.append((name, changes(before, after) if live.captured else (Change(after, "same"),)))
    return found
