"""Reclassifying: a claim that falls under other rules keeps none of the effects of the first ones."""

from dataclasses import replace

from noticedesk import regime, store
from noticedesk.desk.actors import PROCESS, acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.desk.mail import correspondence
from noticedesk.desk.staff.permits import require
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.model.event import Event
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, moves, records

DONE = "claim.reclassified"
"""The event that a claim came under other rules; its detail `regime` names them."""

_LASTS = frozenset({ClockKind.RETENTION})
"""What the first rules ask to keep stays kept: keeping longer harms nobody's claim."""


def reclassify(desk: Desk, person: Person, claim: str, wanted: str) -> Claim:
    """Puts a claim under the rules that a person names and has it checked by them.

    Raises NotPermitted, SettingError for rules not in force for the service, and IllegalMove where it is past checking.
    """
    require(person, Act.DECIDE)
    with desk.db.write() as tx:
        at_stake = records.get(tx, Claim, claim)
        law = regime.by_id([item.regime for item in desk.in_force(at_stake.received_at, at_stake.service)], wanted)
        chain.append(tx, acting(person), DONE, claim, claim, {"regime": law.id, "before": at_stake.regime})
        clear(desk, tx, at_stake)
        return moves.move(tx, at_stake, ClaimState.IN_CHECK, acting(person), why="other rules apply")


def pinned(look: store.Look, claim: str) -> str | None:
    """The rules that a person put the claim under, if anybody did."""
    named = [event for event in records.find(look, Event, subject=claim, act=DONE) if event.person]
    return str(named[-1].details["regime"]) if named else None


def by_check(desk: Desk, tx: store.Transaction, before: Claim, now: str) -> None:
    """Notes that checking found other rules to apply than before, and takes away what the first ones started."""
    chain.append(tx, PROCESS, DONE, before.id, before.id, {"regime": now, "before": before.regime})
    clear(desk, tx, before)
    routes.ask(desk, tx, "wrong_regime", before, f"{before.regime}, then {now}.")


def clear(desk: Desk, tx: store.Transaction, claim: Claim) -> None:
    """Ends the clocks that the first rules started, and withdraws the letters that have not left."""
    for clock in records.find(tx, Clock, claim=claim.id, state=ClockState.RUNNING):
        if clock.kind not in _LASTS:
            ended = replace(clock, state=ClockState.CANCELLED, ended_at=desk.now(), ended_why="reclassified")
            records.replace(tx, ended)
    correspondence.withdraw_claim(tx, claim)
