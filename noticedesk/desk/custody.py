"""Who has a case in hand: holds that end by themselves, visible takeover, assignment, snoozing and skipping."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.permits import require
from noticedesk.model.casework import Custody, SkipReason
from noticedesk.model.claim import Claim
from noticedesk.model.event import Event
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records

HOLD = timedelta(minutes=10)
"""How long a case is held without a sign of life from the page that shows it."""

LONGEST_SNOOZE = timedelta(days=14)
SKIPPED = "case.skipped"


class Held(ValueError):
    """Somebody else has the case in hand."""

    def __init__(self, claim: str, holder: str, until: datetime | None) -> None:
        """Keeps who holds it."""
        super().__init__(f"{claim} is held by {holder}; take it over, or take the next case")
        self.holder = holder
        self.until = until


class BadSnooze(ValueError):
    """A time until which a case cannot be put aside."""


def custody(look: store.Look, claim: str) -> Custody:
    """Who has the claim in hand; an empty one where nobody ever had."""
    return next(iter(records.find(look, Custody, id=claim)), Custody(id=claim))


def take(desk: Desk, person: Person, claim: str, *, over: bool = False) -> Custody:
    """The case in the person's hand for ten minutes; raises Held unless it is free, theirs, or taken over.

    A takeover is an event of the case, and the one who had it sees it.
    """
    require(person, Act.READ_CASE)
    with desk.db.write() as tx:
        records.get(tx, Claim, claim)
        before = custody(tx, claim)
        other = before.held_by(desk.now())
        if other and other != person.id:
            if not over:
                raise Held(claim, other, before.held_until)
            chain.append(tx, acting(person), "case.taken_over", claim, claim, {"held_by": other})
        since = before.held_since if other == person.id else desk.now()
        return _keep(tx, replace(before, holder=person.id, held_since=since, held_until=desk.now() + HOLD))


def keep(desk: Desk, person: Person, claim: str) -> Custody:
    """A sign of life: a hold of the person's goes on; raises Held when somebody else has the case by now."""
    return take(desk, person, claim)


def take_first(desk: Desk, person: Person, claims: Iterable[str]) -> str | None:
    """Takes the first of the claims that is free and returns it; None when none is."""
    for claim in claims:
        with desk.db.read() as look:
            free = is_for(look, person, claim, desk.now())
        if free and _taken(desk, person, claim):
            return claim
    return None


def is_for(look: store.Look, person: Person, claim: str, now: datetime) -> bool:
    """Whether the case may come to the person by itself: free, not put aside, not another's, not skipped by them."""
    known = custody(look, claim)
    if known.snoozed(now) or known.held_by(now) not in ("", person.id) or known.assignee not in ("", person.id):
        return False
    skipped = records.find(look, Event, claim=claim, act=SKIPPED, actor=person.id)
    return not skipped or known.assignee == person.id


def release(desk: Desk, person: Person, claim: str) -> None:
    """Puts the case back, if the person holds it."""
    with desk.db.write() as tx:
        known = custody(tx, claim)
        if known.holder == person.id:
            _keep(tx, _released(known))


def assign(desk: Desk, person: Person, claim: str, to: str) -> Custody:
    """Gives the case to somebody who may work on it (empty: to nobody); raises NotPermitted."""
    require(person, Act.READ_CASE)
    with desk.db.write() as tx:
        if to:
            require(records.get(tx, Person, to), Act.READ_CASE)
        chain.append(tx, acting(person), "case.assigned", claim, claim, {"to": to or None})
        return _keep(tx, replace(custody(tx, claim), assignee=to))


def snooze(desk: Desk, person: Person, claim: str, until: datetime, why: str) -> Custody:
    """Puts the case aside; raises BadSnooze beyond 14 days or the time when it is due, for clocks run on."""
    require(person, Act.READ_CASE)
    with desk.db.write() as tx:
        known, now = records.get(tx, Claim, claim), desk.now()
        last = min(filter(None, (known.due_at, now + LONGEST_SNOOZE)))
        if not now < until <= last:
            raise BadSnooze(
                f"a case can be put aside until {last:%Y-%m-%d %H:%M}Z at the latest, and not into the past"
            )
        told = {"until": until.isoformat()}
        chain.append(tx, acting(person), "case.snoozed", claim, claim, told)
        return _keep(tx, replace(_released(custody(tx, claim)), snoozed_until=until, snoozed_why=why))


def skip(desk: Desk, person: Person, claim: str, why: SkipReason) -> None:
    """Puts the case back for somebody else, and says why; it does not come to the same person again by itself."""
    require(person, Act.READ_CASE)
    with desk.db.write() as tx:
        chain.append(tx, acting(person), SKIPPED, claim, claim, {"why": why.value})
        known = custody(tx, claim)
        mine = person.id in (known.holder, known.assignee)
        if mine:
            freed = _released(known) if known.holder == person.id else known
            _keep(tx, replace(freed, assignee="" if freed.assignee == person.id else freed.assignee))


def _taken(desk: Desk, person: Person, claim: str) -> bool:
    try:
        take(desk, person, claim)
    except Held:
        # somebody was quicker: the next case is as good
        return False
    return True


def _released(known: Custody) -> Custody:
    return replace(known, holder="", held_since=None, held_until=None)


def _keep(tx: store.Transaction, custody: Custody) -> Custody:
    if records.find(tx, Custody, id=custody.id):
        return records.replace(tx, custody)
    records.add(tx, custody)
    return custody
