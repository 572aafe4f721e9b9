"""The steps of a sweep: signals follow the decisions, new listings are compared, what was held is opened."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from noticedesk import store
from noticedesk.desk import alarms
from noticedesk.desk.actors import SWEEP, worker
from noticedesk.desk.chase.each import each
from noticedesk.desk.desk import Desk
from noticedesk.desk.sweep import opening, signals
from noticedesk.desk.sweep.baseline import is_sudden
from noticedesk.desk.sweep.catalogue import Offer, offers
from noticedesk.desk.sweep.matching import Gallery, Seen, look_at
from noticedesk.desk.tally import Tally
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.signal import Sighting, SightingOutcome, Signal, SignalState
from noticedesk.store import chain, records, sources

SOURCE = "catalogue"
"""The name under which the store keeps how far the catalogue has been swept."""

LEASE_SECONDS = 900


class LeaseLost(RuntimeError):
    """Another run has begun on the catalogue meanwhile; what was compared here is compared again there."""


def compare_listings(desk: Desk) -> Tally:
    """Compares a chunk of the listings that are new in the catalogue; nothing to do where none is configured."""
    if not desk.platform.catalogue_csv:
        return Tally()
    owner = worker(SOURCE)
    with desk.db.write() as tx:
        point = sources.lease(tx, SOURCE, owner, desk.now(), LEASE_SECONDS)
    if point is None:
        return Tally()
    try:
        every = offers(desk.settings.config / desk.platform.catalogue_csv)
        return _swept(desk, owner, _Cursor.read(point.cursor), every)
    except ValueError as error:
        with desk.db.write() as tx:
            sources.failed(tx, SOURCE, str(error), desk.now())
        raise
    finally:
        with desk.db.write() as tx:
            sources.release(tx, SOURCE, owner)


def open_held(desk: Desk) -> Tally:
    """Opens what was held for signals that a person has released."""
    with desk.db.read() as look:
        waiting = records.find(look, Sighting, outcome=SightingOutcome.QUARANTINED, limit=desk.policy.chunk)
    return each(desk, waiting, lambda tx, sighting: opening.held(desk, tx, sighting))


STEPS: dict[str, Callable[[Desk], Tally]] = {
    "signals": signals.keep_in_step,
    "hashes": signals.describe,
    "listings": compare_listings,
    "held": open_held,
}
"""The steps in their order."""


class _Cursor:
    """How far the catalogue was swept, and the listings before that which could not be seen, with how often."""

    def __init__(self, after: str, again: dict[str, int]) -> None:
        self.after, self.again = after, again

    @classmethod
    def read(cls, text: str) -> "_Cursor":
        said = json.loads(text) if text else {}
        return cls(str(said.get("after", "")), {str(item): int(tries) for item, tries in said.get("again", {}).items()})

    def written(self) -> str:
        return json.dumps({"after": self.after, "again": self.again})


def _swept(desk: Desk, owner: str, cursor: _Cursor, every: Sequence[Offer]) -> Tally:
    due = [offer for offer in every if offer.place > cursor.after][: desk.policy.chunk]
    again = [offer for offer in every if offer.item in cursor.again and offer.place <= cursor.after]
    if not due and not again:
        return Tally()
    gallery = Gallery(*signals.build(desk))
    seen = [look_at(desk, gallery, offer) for offer in (*again, *due)]
    tally = Tally()
    after = due[-1].place if due else cursor.after
    moved = _Cursor(after, _unseen(desk, cursor, seen, tally))
    with desk.db.write() as tx:
        _count(desk, tx, seen, tally)
        for one in seen:
            for hit in one.hits:
                tally.counts[opening.note(desk, tx, one.offer, hit)] += 1
        if not sources.advance(tx, SOURCE, owner, moved.written(), desk.now()):
            raise LeaseLost("the lease of the catalogue was lost; the sweep begins again where it stood")
    tally.counts["listings compared"] += sum(not one.problems for one in seen)
    return tally


def _unseen(desk: Desk, cursor: _Cursor, seen: Sequence[Seen], tally: Tally) -> dict[str, int]:
    """The listings to be looked at again, as a picture could not be seen; given up and said after enough tries."""
    again: dict[str, int] = {}
    for one in seen:
        if not one.problems:
            continue
        tries = cursor.again.get(one.offer.item, 0) + 1
        if tries < desk.policy.attempts:
            again[one.offer.item] = tries
            tally.counts["listings to be looked at again"] += 1
        else:
            tally.errors[f"given up: a picture could not be seen: {one.problems[0]}"[:300]] += 1
    return again


def _count(desk: Desk, tx: store.Transaction, seen: Sequence[Seen], tally: Tally) -> None:
    """Adds to what each signal was asked and hit, and quarantines what hit too often to be itself."""
    asked = sum(not one.problems for one in seen)
    hits = Counter(hit.signal.id for one in seen for hit in one.hits)
    for signal in records.find(tx, Signal, state=list(SignalState)[:2]):
        found = hits[signal.id]
        sudden = signal.state is SignalState.ACTIVE and is_sudden(desk.policy.sweep, signal, found, len(seen))
        counted = replace(signal, asked=signal.asked + max(asked, found), hits=signal.hits + found)
        if sudden:
            counted = replace(counted, state=SignalState.QUARANTINED, quarantined_at=desk.now())
            details = {"hits": found, "asked": len(seen), "hits_before": signal.hits, "asked_before": signal.asked}
            chain.append(tx, SWEEP, "signal.quarantined", signal.id, None, details)
            told = f"{found} of {len(seen)} listings, {signal.hits} of {signal.asked} before"
            alarms.raise_(desk, tx, alarms.Cause(kind=AlarmKind.SIGNAL_QUARANTINED, subject=signal.id, detail=told))
            tally.counts["signals quarantined"] += 1
        if counted != signal:
            records.replace(tx, counted)
