"""Signals: the pictures of upheld decisions, kept in step with how those decisions stand."""

from collections.abc import Iterator
from dataclasses import replace

from matchers import image, index
from noticedesk import store
from noticedesk.compare import Described
from noticedesk.decide import band_of
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import require
from noticedesk.desk.sweep.stored import StoredWholes
from noticedesk.desk.tally import Tally
from noticedesk.model.action import SAME_BUT_ALLOWED, Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.decision import Band, Decision
from noticedesk.model.ids import new_id
from noticedesk.model.person import Act, Person
from noticedesk.model.right import AssetKind, Work
from noticedesk.model.signal import Sighting, SightingOutcome, Signal, SignalState
from noticedesk.store import AttachedFinding, chain, hashes, records

UPHELD = (AllegationState.ACTIONED, AllegationState.KEPT_DOWN)
"""The states in which a decision stands and has taken effect."""


def keep_in_step(desk: Desk) -> Tally:
    """Makes signals of what was upheld since, ends those whose decision fell, and learns from what people decided."""
    tally = Tally()
    with desk.db.write() as tx:
        known = records.find(tx, Signal)
        upheld = {item.id: item for item in records.find(tx, Allegation, state=UPHELD)}
        for signal in known:
            tally.counts[_stands(tx, signal, signal.allegation in upheld)] += 1
        have = {signal.allegation for signal in known}
        for allegation in upheld.values():
            made = [] if allegation.id in have else list(_signals(desk, tx, allegation))
            records.add(tx, made)
            tally.counts["new signals"] += len(made)
        for sighting in records.find(tx, Sighting, outcome=SightingOutcome.PROPOSED):
            tally.counts[_learnt(tx, sighting)] += 1
    del tally.counts[""]
    return tally


def describe(desk: Desk) -> Tally:
    """Makes the hashes of every signal's picture that has none of the version in force."""
    with desk.db.read() as look:
        wanted = {item.sha256 for item in records.find(look, Signal, state=list(SignalState)[:2])}
        there = {item.sha256 for item in hashes.stream(look, image.PREPROCESSING, wanted)}
    tally = Tally()
    for sha256 in sorted(wanted - there):
        found = desk.describe(desk.blobs.get(sha256)) if desk.blobs.has(sha256) else None
        if not isinstance(found, image.Picture):
            tally.counts["pictures of signals that cannot be read"] += 1
            continue
        with desk.db.write(logged=False) as tx:
            hashes.put(tx, _hashes(desk, found))
        tally.counts["pictures hashed"] += 1
    return tally


def build(desk: Desk) -> tuple[index.Index, dict[str, list[Signal]]]:
    """The index of the signals that have not ended, from what the database keeps; and the signals by picture."""
    by_picture: dict[str, list[Signal]] = {}
    with desk.db.read() as look:
        made = index.Index(wholes=StoredWholes(desk.db, set()) if look.on_postgres else None)
        for signal in records.find(look, Signal, state=list(SignalState)[:2]):
            by_picture.setdefault(signal.sha256, []).append(signal)
        for one in hashes.stream(look, image.PREPROCESSING, by_picture):
            made.add(one.sha256, index.Kept(index.from_bytes(b"".join(one.wholes)), index.from_bytes(one.points)))
    return made, by_picture


def release(desk: Desk, person: Person, signal: str) -> Signal:
    """Lets a quarantined signal open proposals again, what it saw meanwhile included; raises NotPermitted."""
    require(person, Act.DECIDE)
    with desk.db.write() as tx:
        known = records.get(tx, Signal, signal)
        if known.state is not SignalState.QUARANTINED:
            raise NotQuarantined(f"{signal} is {known.state.value}, so there is nothing to release")
        freed = replace(known, state=SignalState.ACTIVE, released_by=person.id, released_at=desk.now())
        records.replace(tx, freed)
        chain.append(tx, acting(person), "signal.released", signal, None, {"hits": known.hits, "asked": known.asked})
    return freed


class NotQuarantined(ValueError):
    """A signal that need not be released."""


def _stands(tx: store.Transaction, signal: Signal, upheld: bool) -> str:
    if upheld and signal.state is SignalState.ENDED:
        records.replace(tx, replace(signal, state=SignalState.ACTIVE))
        return "signals that stand again"
    if not upheld and signal.state is not SignalState.ENDED:
        records.replace(tx, replace(signal, state=SignalState.ENDED))
        return "signals ended"
    return ""


def _signals(desk: Desk, look: store.Look, allegation: Allegation) -> Iterator[Signal]:
    """A signal for each picture that the decision rested on.

    Never the bare logo of a mark: it is in every honest listing of the brand too.
    """
    bare = records.get(look, Work, allegation.work).kind in (AssetKind.LOGO, AssetKind.MARK)
    matched = [
        item.finding
        for item in records.find(look, AttachedFinding, allegation=allegation.id, matcher=image.MATCHER)
        if band_of(item.finding, desk.bands) is Band.STRONG
    ]
    pictures = {finding.theirs for finding in matched} | (set() if bare else {finding.ours for finding in matched})
    for sha256 in sorted(pictures):
        if desk.blobs.has(sha256):
            yield Signal(
                id=new_id("G"), sha256=sha256, allegation=allegation.id, right=allegation.right, since=desk.now()
            )


def _learnt(tx: store.Transaction, sighting: Sighting) -> str:
    """What a person's decision says of a match: wrong, or real but allowed; other reasons say nothing of it."""
    made = [item for item in records.find(tx, Decision, allegation=sighting.opened) if item.undone_at is None]
    last = max(made, key=lambda item: item.decided_at, default=None)
    if last is None or last.action is not Action.NONE:
        return ""
    if last.reason is Reason.NOT_SAME:
        records.replace(tx, replace(sighting, outcome=SightingOutcome.WRONG))
        return "matches that were wrong"
    if last.reason in SAME_BUT_ALLOWED:
        records.replace(tx, replace(sighting, outcome=SightingOutcome.ALLOWED))
        return "matches that are allowed"
    return ""


def _hashes(desk: Desk, found: Described) -> hashes.Hashes:
    assert isinstance(found, image.Picture)
    kept = index.kept(found)
    return hashes.Hashes(
        sha256=found.sha256,
        preprocessing=found.preprocessing,
        phash=found.views[0].phash.hex(),
        wholes=tuple(row.tobytes() for row in kept.wholes),
        points=kept.points.tobytes(),
        made_at=desk.now(),
    )
