"""The one way in which the state of a notice, a claim or an allegation changes."""

from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import select

from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.event import Actor
from noticedesk.model.notice import Notice, NoticeState
from noticedesk.model.transitions import IllegalMove, judge, need_human
from noticedesk.store.chain import Detail, append
from noticedesk.store.database import Look, Transaction
from noticedesk.store.records import replace_version
from noticedesk.store.tables.decisions import decisions
from noticedesk.store.tables.effects import people

N = TypeVar("N", Notice, Claim, Allegation)

State = NoticeState | ClaimState | AllegationState

_RESTED = {
    "lease_owner": None,
    "lease_until": None,
    "attempts": 0,
    "next_attempt_at": None,
    "last_error": None,
    "stuck": False,
}
"""A new state is a new piece of work: leases and failures belong to the old one."""


def move(tx: Transaction, noun: N, to: State, actor: Actor, why: str = "", **details: Detail) -> N:
    """Changes the state, saves the noun as given in its next version, writes one event, and returns the noun.

    Raises IllegalMove where the table of transitions, or who acts, does not allow it; Stale where the stored noun is no
    longer in the given version. What needs an accountable decision is moved by an active person of the desk, or by the
    person or policy whose saved decision on this allegation `decision=` names (an effect may be confirmed after who
    decided it has left). `why` and `details` are codes and ids, no personal data.
    """
    if type(to) is not type(noun.state):
        raise IllegalMove(f"{to!r} is not a state of a {type(noun).__name__.lower()}")
    if need_human(noun.state, to) and not _accountable(tx, noun, actor, details.get("decision")):
        raise IllegalMove(
            f"{noun.id}: {noun.state} becomes {to} only by a decision of an accountable person; {actor.name} is neither"
            " an active person of the desk nor who made the decision that is named"
        )
    judge(noun.state, to, accountable=True)
    moved = replace_version(tx, replace(noun, state=to), noun.state, **_RESTED)
    told: dict[str, Detail] = {"from": str(noun.state), "to": str(to), "version": moved.version}
    if why:
        told["why"] = why
    append(tx, actor, f"{type(noun).__name__.lower()}.{to}", noun.id, claim_of(noun), details | told)
    return moved


def claim_of(noun: Notice | Claim | Allegation) -> str | None:
    """The claim that a noun belongs to; None for a notice that has not opened or joined one."""
    return noun.id if isinstance(noun, Claim) else noun.claim


def _accountable(look: Look, noun: Any, actor: Actor, decision: Detail) -> bool:
    active = select(people.c.id).where(people.c.id == actor.name, people.c.active)
    if actor.person and look.run(active).first():
        return True
    decided = select(decisions.c.id).where(
        decisions.c.id == str(decision),
        decisions.c.allegation == noun.id,
        decisions.c.decided_by == actor.name,
        decisions.c.automatic != actor.person,
        decisions.c.undone_at.is_(None),
    )
    return look.run(decided).first() is not None
