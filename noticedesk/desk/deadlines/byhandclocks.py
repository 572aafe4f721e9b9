"""Clocks by hand: legal pauses, resumes, cancels or satisfies one, with a reason that is saved and shown."""

from dataclasses import replace

from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import require
from noticedesk.model.clock import Clock, ClockState
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records

S = ClockState

BY_HAND: dict[str, tuple[ClockState, frozenset[ClockState]]] = {
    "pause": (S.PAUSED, frozenset({S.RUNNING})),
    "resume": (S.RUNNING, frozenset({S.PAUSED})),
    "cancel": (S.CANCELLED, frozenset({S.RUNNING, S.PAUSED, S.MISSED})),
    "satisfy": (S.SATISFIED, frozenset({S.RUNNING, S.PAUSED, S.MISSED})),
}
"""What a person may do with a clock, what it then is, and what it may be before. No hand moves when it is due."""


class NotByHand(ValueError):
    """An act that a clock does not allow as it stands, or one without a reason."""


def by_hand(desk: Desk, person: Person, clock: str, act: str, why: str) -> Clock:
    """Changes how a clock stands; its times stay as the law counted them. Raises NotPermitted and NotByHand.

    The reason stands at the clock; the log names only who did what.
    """
    require(person, Act.DECIDE_COUNTER_NOTICE)
    if not why.strip():
        raise NotByHand("a clock is changed by hand only with a reason: --why")
    to, before = BY_HAND[act]
    with desk.db.write() as tx:
        item = records.get(tx, Clock, clock)
        if item.state not in before:
            raise NotByHand(f"{clock} is {item.state}: {act} is for a clock that is {' or '.join(sorted(before))}")
        ended = to in (S.CANCELLED, S.SATISFIED)
        reason = "" if to is S.RUNNING else why.strip()
        changed = replace(item, state=to, ended_at=desk.now() if ended else None, ended_by="", ended_why=reason)
        told: dict[str, chain.Detail] = {"rule": item.rule, "from": item.state.value, "to": to.value}
        chain.append(tx, acting(person), f"clock.{act}", clock, item.claim, told)
        return records.replace(tx, changed)
