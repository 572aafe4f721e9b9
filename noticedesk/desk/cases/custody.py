"""Who has a case in hand: holds that end by themselves, visible takeover, assignment, snoozing and skipping."""

from dataclasses import replace
from datetime import datetime, timedelta

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.cases import waiting
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import require
from noticedesk.model.allegation import Allegation
from noticedesk.model.casework import Custody, SkipReason
from noticedesk.model.claim import Claim
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records, search
from noticedesk.store.waiting import Wait

HOLD = timedelta(minutes=10)
"""How long a case is held without a sign of life from the page that shows it."""

SKIPPED = "case.skipped"

MANY_SKIPS = 200
"""How many of the cases that somebody skipped are kept from them, newest first."""


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


def take(desk: Desk, person: Person, claim: str, *, over: bool = False, leaving: str = "") -> Custody:
    """The case in the person's hand for ten minutes; raises Held unless it is free, theirs, or taken over.

    A takeover is an event of the case, and the one who had it sees it. A case that they leave for it is put back.
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
        if leaving and leaving != claim:
            _put_back(tx, person, leaving)
        since = before.held_since if other == person.id else desk.now()
        return _keep(tx, replace(before, holder=person.id, held_since=since, held_until=desk.now() + HOLD))


def keep(desk: Desk, person: Person, claim: str) -> Custody:
    """A sign of life: a hold of the person's goes on; raises Held when somebody else has the case by now."""
    return take(desk, person, claim)


def take_next(desk: Desk, person: Person, filters: waiting.Filters, *, leaving: str = "") -> Wait | None:
    """Takes the most pressing case that is free, and returns the allegation or message that waits; None when none does.

    The case that they leave is put back, whether there is another or not.

    It passes over what the person has skipped. A message that no case holds is for whoever opens it first.
    """
    passed: set[str] = set()
    while True:
        with desk.db.read() as look:
            skipped = {event.claim for event in search.log(look, limit=MANY_SKIPS, act=SKIPPED, actor=person.id)}
            passed |= {item.id for item in records.find(look, Allegation, claim=skipped)} if skipped else set()
            subject = waiting.next(look, person, filters, now=desk.now(), passing=passed)
            row = store.waiting.standing(look, subject) if subject else None
        if leaving and not (row and row.claim):
            release(desk, person, leaving)
        if row is None or not row.claim or _taken(desk, person, row.claim, leaving):
            return row
        passed.add(row.subject)


def release(desk: Desk, person: Person, claim: str) -> None:
    """Puts the case back, if the person holds it."""
    with desk.db.write() as tx:
        _put_back(tx, person, claim)


def assign(desk: Desk, person: Person, claim: str, to: str) -> Custody:
    """Gives the case to somebody who may work on it (empty: to nobody); raises NotPermitted."""
    require(person, Act.READ_CASE)
    with desk.db.write() as tx:
        if to:
            require(records.get(tx, Person, to), Act.READ_CASE)
        chain.append(tx, acting(person), "case.assigned", claim, claim, {"to": to or None})
        return _keep(tx, replace(custody(tx, claim), assignee=to))


def snooze(desk: Desk, person: Person, claim: str, until: datetime, why: str) -> Custody:
    """Puts the case aside; raises BadSnooze beyond the longest snooze or its due time, for clocks run on."""
    require(person, Act.READ_CASE)
    with desk.db.write() as tx:
        known, now = records.get(tx, Claim, claim), desk.now()
        last = min(filter(None, (known.due_at, now + timedelta(days=desk.policy.snooze_days))))
        if not now < until <= last:
            raise BadSnooze(
                f"a case can be put aside until {last:%Y-%m-%d %H:%M}Z at the latest, and not into the past"
            )
        told = {"until": until.isoformat()}
        chain.append(tx, acting(person), "case.snoozed", claim, claim, told)
        return _keep(tx, replace(_released(custody(tx, claim)), snoozed_until=until, snoozed_why=why))


def wake(desk: Desk, person: Person, claim: str) -> Custody:
    """Takes a case up again before the time until which it was put aside."""
    require(person, Act.READ_CASE)
    with desk.db.write() as tx:
        known = custody(tx, records.get(tx, Claim, claim).id)
        if known.snoozed_until is None:
            return known
        chain.append(tx, acting(person), "case.woken", claim, claim)
        return _keep(tx, replace(known, snoozed_until=None, snoozed_why=""))


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


def _put_back(tx: store.Transaction, person: Person, claim: str) -> None:
    known = custody(tx, claim)
    if known.holder == person.id:
        _keep(tx, _released(known))


def _taken(desk: Desk, person: Person, claim: str, leaving: str) -> bool:
    try:
        take(desk, person, claim, leaving=leaving)
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
