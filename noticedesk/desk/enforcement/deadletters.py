"""Dead letters: every effect with where it stands, and what a person does about one that failed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import orders, outcomes
from noticedesk.desk.escalation import escalate
from noticedesk.desk.staff.permits import require
from noticedesk.model.action import Action
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.decision import Decision
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.model.person import Act, Person
from noticedesk.model.transitions import after
from noticedesk.store import chain, records

OVERDUE = "overdue"
"""Shown in place of `sent`: the platform accepted it, and has not confirmed it in time."""

UNSETTLED = frozenset({OutboxState.QUEUED, OutboxState.SENT, OutboxState.FAILED, OutboxState.DEAD})

_AT_ONCE = 500
"""Decisions looked up in one statement."""


class NotRetriable(ValueError):
    """An effect that must not, or need not, be tried again, or handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One effect as people see it; `age` since it was ordered, `next_at` when it is tried or asked for again."""

    id: str
    kind: str
    state: str
    action: str
    attempts: int
    last_error: str
    age: timedelta
    next_at: datetime | None
    claim: str
    allegation: str
    letter: str
    key: str


def listed(look: store.Look, now: datetime, *, states: Collection[OutboxState] = UNSETTLED) -> list[Effect]:
    """The effects in those states, dead and overdue first, then oldest first; none of a case that is with safety."""
    return sorted(_shown(look, records.find(look, Outbox, state=states), now), key=_urgency)


def pressing(look: store.Look, now: datetime) -> list[Effect]:
    """The effects that a person may have to see to: dead, failed, and those that nobody confirmed in time."""
    failed = listed(look, now, states={OutboxState.DEAD, OutboxState.FAILED})
    sent = records.find(look, Outbox, kind=OutboxKind.WEBHOOK, state=OutboxState.SENT)
    late = _shown(look, [row for row in sent if _is_late(row, now)], now)
    return sorted([*failed, *late], key=_urgency)


def retry(desk: Desk, person: Person, id: str) -> Outbox:
    """Lets a dead or failed effect be tried at once, under its key; raises NotPermitted or NotRetriable."""
    with desk.db.write() as tx:
        row = _failed(tx, id)
        require(person, Act.DECIDE if row.kind is OutboxKind.WEBHOOK else Act.EDIT_LETTER)
        if row.kind is OutboxKind.WEBHOOK:
            _still_holds(tx, row)
        again = store.outbox.retry(tx, row.id, desk.now())
        chain.append(tx, acting(person), "effect.retried", row.id, row.claim, {"attempts": row.attempts})
    return again


def hand_over(desk: Desk, person: Person, id: str, team: Team, question: str) -> Escalation:
    """Asks a team about a dead effect, which stays dead and says so; raises NotPermitted or NotRetriable."""
    require(person, Act.ESCALATE)
    with desk.db.write() as tx:
        row = _failed(tx, id)
        if row.state is not OutboxState.DEAD:
            raise NotRetriable(f"{id} is {row.state} and is tried again by itself; only a dead effect is handed over")
        if not row.claim:
            raise NotRetriable(f"{id} is about no claim; retry it, or see to what its last error says")
        asked = escalate.ask(desk, tx, acting(person), (row.claim, row.allegation or row.claim), team, question)
        note = f"{row.last_error}; handed over to {team.value}: {asked.id}"
        records.replace(tx, replace(row, last_error=note))
        told: dict[str, chain.Detail] = {"team": team.value, "escalation": asked.id}
        chain.append(tx, acting(person), "effect.handed_over", row.id, row.claim, told)
    return asked


def _failed(look: store.Look, id: str) -> Outbox:
    row = records.get(look, Outbox, id)
    if row.state not in (OutboxState.DEAD, OutboxState.FAILED):
        raise NotRetriable(f"{id} is {row.state}; only a failed or dead effect needs a person")
    return row


def _still_holds(look: store.Look, row: Outbox) -> None:
    """Raises NotRetriable where the case went another way since the decision that ordered the effect."""
    decision = records.get(look, Decision, orders.decision_of(row))
    allegation = records.get(look, Allegation, decision.allegation)
    made = [one for one in records.find(look, Decision, allegation=allegation.id) if one.undone_at is None]
    latest = max(made, key=lambda one: (one.decided_at, one.id), default=None)
    if latest is None or latest.id != decision.id:
        raise NotRetriable(f"{row.id} carries out {decision.id}, and {allegation.id} has been decided anew since")
    going = {AllegationState.ACTION_FAILED, AllegationState.DISPATCHING}
    open_to_it = (
        AllegationState.RESTORED in after(allegation.state)
        if decision.action is Action.RESTORE
        else allegation.state in going
    )
    if not open_to_it and not outcomes.done_before(look, row, decision):
        raise NotRetriable(f"{allegation.id} is {allegation.state} by now; decide about it anew instead")


def _shown(look: store.Look, rows: Sequence[Outbox], now: datetime) -> list[Effect]:
    hidden = {claim.id for claim in records.find(look, Claim, lane=Lane.SAFETY)}
    actions = _actions(look, rows)
    return [_effect(row, actions.get(row.id, ""), now) for row in rows if row.claim not in hidden]


def _urgency(one: Effect) -> tuple[bool, bool, timedelta]:
    first = (OutboxState.DEAD.value, OVERDUE)
    return one.state not in first, one.state not in (*first, OutboxState.FAILED.value), -one.age


def _is_late(row: Outbox, now: datetime) -> bool:
    late = row.kind is OutboxKind.WEBHOOK and row.state is OutboxState.SENT and row.next_attempt_at
    return bool(late and late <= now)


def _actions(look: store.Look, rows: Sequence[Outbox]) -> dict[str, str]:
    """What each webhook orders, by the id of its row."""
    ordered = {row.id: orders.decision_of(row) for row in rows if row.kind is OutboxKind.WEBHOOK}
    ids = sorted(set(ordered.values()))
    # databases take a limited number of values in one statement
    parts = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
    made = {one.id: one.action.value for part in parts for one in records.find(look, Decision, id=part)}
    return {row: made[decision] for row, decision in ordered.items()}


def _effect(row: Outbox, action: str, now: datetime) -> Effect:
    return Effect(
        id=row.id,
        kind=row.kind.value,
        state=OVERDUE if _is_late(row, now) else row.state.value,
        action=action,
        attempts=row.attempts,
        last_error=row.last_error,
        age=now - row.created_at,
        next_at=None if row.state is OutboxState.DEAD else row.next_attempt_at or row.send_after,
        claim=row.claim or "",
        allegation=row.allegation or "",
        letter=row.letter or "",
        key=row.key,
    )
