"""Visits: whether a confirmed removal took effect, and whether it lasts. A page that is not reached is not gone."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from noticedesk import gather, store
from noticedesk.desk import alarms
from noticedesk.desk.actors import CHASE
from noticedesk.desk.alarms import Cause
from noticedesk.desk.chase.each import each
from noticedesk.desk.desk import Desk
from noticedesk.desk.tally import Tally
from noticedesk.model.action import Action
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.evidence import Outcome
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.model.visit import Seen, Visit
from noticedesk.store import chain, moves, records, search

TAKES_DOWN = frozenset({Action.REMOVE, Action.DISABLE})
"""After these a visitor must find nothing; what is restricted in part is not seen from one place."""

_SEEN = {Outcome.GONE: Seen.GONE, Outcome.FETCHED: Seen.THERE}


@dataclass(frozen=True, slots=True)
class _Looked:
    """A visit that is due, with what was found at the listing."""

    visit: Visit
    listing: Listing
    found: gather.Gathered


def plan(desk: Desk, tx: store.Transaction, allegation: Allegation, action: Action) -> None:
    """Plans the looks that policy.yaml wants after a removal was confirmed; those of an earlier removal are off."""
    if action not in TAKES_DOWN:
        return
    for earlier in records.find(tx, Visit, allegation=allegation.id, done_at=None):
        _close(desk, tx, earlier, Seen.NOT_NEEDED)
    records.add(
        tx,
        [
            Visit(
                id=new_id("Y"),
                claim=allegation.claim,
                allegation=allegation.id,
                due_at=desk.now() + timedelta(hours=hours),
            )
            for hours in desk.policy.chase.visit_hours
        ],
    )


def visit(desk: Desk) -> Tally:
    """Looks at every removed listing that is due for it, and records what was seen."""
    with desk.db.read() as look:
        due = search.past(look, Visit, "due_at", desk.now(), done_at=None, limit=desk.policy.chunk)
        listings = {item.id: _listing(look, item) for item in due}
    looked = [_look(desk, item, listings[item.id]) for item in due]
    return each(desk, looked, lambda tx, item: _record(desk, tx, item))


def _listing(look: store.Look, visit: Visit) -> Listing:
    return records.get(look, Listing, records.get(look, Allegation, visit.allegation).listing)


def _look(desk: Desk, visit: Visit, listing: Listing) -> _Looked:
    found = gather.gather_listing(listing.url, desk.places, desk.fetch_page, desk.now())
    for capture in found.captures:
        for body in filter(None, (capture.body, capture.warc)):
            desk.blobs.put(body)
    return _Looked(visit, listing, found)


def _record(desk: Desk, tx: store.Transaction, looked: _Looked) -> str:
    visit = records.get(tx, Visit, looked.visit.id)
    removed = records.get(tx, Allegation, visit.allegation)
    if visit.done_at is not None:
        return ""
    if removed.state not in (AllegationState.ACTIONED, AllegationState.COUNTERED, AllegationState.KEPT_DOWN):
        _close(desk, tx, visit, Seen.NOT_NEEDED)
        return ""
    evidence = _keep(tx, visit, looked)
    seen = _SEEN.get(looked.found.outcome, Seen.UNREACHABLE)
    if seen is Seen.UNREACHABLE:
        return _not_seen(desk, tx, visit, evidence)
    _close(desk, tx, visit, seen, evidence)
    if seen is Seen.GONE:
        chain.append(tx, CHASE, "removal.verified", removed.id, removed.claim, {"visit": visit.id})
        return "removal verified"
    return _is_there(desk, tx, visit, removed)


def _is_there(desk: Desk, tx: store.Transaction, visit: Visit, removed: Allegation) -> str:
    """Never gone: the removal had no effect. Gone before: the listing has come back. Both are for a person."""
    was_gone = bool(records.find(tx, Visit, allegation=removed.id, seen=Seen.GONE, limit=1))
    kind = AlarmKind.REAPPEARED if was_gone else AlarmKind.REMOVAL_NOT_EFFECTIVE
    act = "removal.undone" if was_gone else "removal.not_effective"
    chain.append(tx, CHASE, act, removed.id, removed.claim, {"visit": visit.id})
    alarms.raise_(desk, tx, Cause(kind=kind, subject=removed.id, claim=removed.claim))
    if removed.state is AllegationState.ACTIONED:
        to = AllegationState.REAPPEARED if was_gone else AllegationState.IN_REVIEW
        moves.move(tx, removed, to, CHASE, why="the listing is there", visit=visit.id)
        for other in records.find(tx, Visit, allegation=removed.id, done_at=None):
            _close(desk, tx, other, Seen.NOT_NEEDED)
    return "listing came back" if was_gone else "removal without effect"


def _not_seen(desk: Desk, tx: store.Transaction, visit: Visit, evidence: str | None) -> str:
    policy = desk.policy.chase
    tried = replace(visit, attempts=visit.attempts + 1, evidence=evidence)
    if tried.attempts < policy.visit_attempts:
        again = desk.now() + timedelta(minutes=policy.visit_again_minutes)
        records.replace(tx, replace(tried, due_at=again))
        return "not reached, looked at again later"
    _close(desk, tx, tried, Seen.UNREACHABLE, evidence)
    told: dict[str, chain.Detail] = {"visit": visit.id, "attempts": tried.attempts}
    chain.append(tx, CHASE, "removal.not_verified", visit.allegation, visit.claim, told)
    cause = Cause(kind=AlarmKind.REMOVAL_NOT_VERIFIED, subject=visit.id, claim=visit.claim, detail=visit.allegation)
    alarms.raise_(desk, tx, cause)
    return "removal not verified"


def _keep(tx: store.Transaction, visit: Visit, looked: _Looked) -> str | None:
    """Saves what was captured as evidence of the listing; the id of the page's."""
    made = [capture.evidence(new_id("V"), visit.claim, listing=looked.listing.id) for capture in looked.found.captures]
    files = [gather.warc_of(capture) for capture in looked.found.captures if capture.warc]
    made += [file.evidence(new_id("V"), visit.claim, listing=looked.listing.id) for file in files]
    records.add(tx, made)
    return made[0].id if made else None


def _close(desk: Desk, tx: store.Transaction, visit: Visit, seen: Seen, evidence: str | None = None) -> None:
    at: datetime = desk.now()
    records.replace(tx, replace(visit, done_at=at, seen=seen, evidence=evidence))
