"""Outcomes: what changes when the platform confirms an effect, early, late or twice; and when it cannot have it."""

from dataclasses import replace

from noticedesk import store
from noticedesk.desk.actors import DISPATCH
from noticedesk.desk.chase import visits
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import measures, orders
from noticedesk.desk.escalation import escalate
from noticedesk.desk.mail import correspondence
from noticedesk.desk.statements import rows as statements
from noticedesk.model.action import OF_ACCOUNTS, Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.escalation import Team
from noticedesk.model.event import Actor
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.model.listing import Listing, Restriction
from noticedesk.model.transitions import after
from noticedesk.store import chain, moves, outbox, records

_ON_THE_WAY = {
    AllegationState.APPROVED: (AllegationState.DISPATCHING,),
    AllegationState.ACTION_FAILED: (AllegationState.DISPATCHING,),
    AllegationState.DISPATCHING: (),
}
"""Where an allegation whose effect is confirmed may stand, and what it passes on its way to being actioned."""


def confirm(desk: Desk, tx: store.Transaction, row: Outbox) -> str:
    """What the platform's confirmation changes: state, restriction, clocks, and the letters that waited for it.

    The first confirmation counts. One that comes after the allegation went another way is recorded and moves nothing.
    """
    row = records.get(tx, Outbox, row.id)
    if row.state is OutboxState.CONFIRMED:
        return "confirmed before"
    outbox.mark(tx, row.id, OutboxState.CONFIRMED, desk.now())
    decision = records.get(tx, Decision, orders.decision_of(row))
    allegation = records.get(tx, Allegation, row.allegation or "")
    told = _carried_out(desk, tx, row, allegation, decision)
    _align(desk, tx, row, allegation)
    return told


def fail(desk: Desk, tx: store.Transaction, row: Outbox, why: str, *, final: bool = False) -> str:
    """Notes that an effect was not had: it is tried again later, or dead, and then stands before a person."""
    row = records.get(tx, Outbox, row.id)
    if row.state is OutboxState.CONFIRMED:
        return _failed_after_all(desk, tx, row)
    if row.state is OutboxState.CANCELLED:
        return "failed, and was cancelled before"
    if row.state is OutboxState.DEAD:
        records.replace(tx, replace(row, last_error=why))
        return "failed again"
    failed = outbox.mark(tx, row.id, OutboxState.DEAD if final else OutboxState.FAILED, desk.now(), why)
    if failed.state is OutboxState.DEAD:
        _give_up(tx, failed)
    return failed.state.value


def _failed_after_all(desk: Desk, tx: store.Transaction, row: Outbox) -> str:
    """The platform takes its confirmation back: what is recorded stays, and operations is asked what is true."""
    chain.append(tx, DISPATCH, "effect.failed_after_confirmation", row.id, row.claim)
    question = f"The platform confirmed the effect {row.id}, and said later that it failed. Which is true?"
    escalate.ask(desk, tx, DISPATCH, (row.claim or "", row.allegation or ""), Team.OPERATIONS, question)
    return "failed after it was confirmed"


def _give_up(tx: store.Transaction, row: Outbox) -> None:
    """A dead effect is shown with its allegation, until a person retries it or hands it over."""
    chain.append(tx, DISPATCH, "effect.dead", row.id, row.claim, {"attempts": row.attempts})
    allegation = records.get(tx, Allegation, row.allegation or "")
    if allegation.state is AllegationState.DISPATCHING:
        moves.move(tx, allegation, AllegationState.ACTION_FAILED, DISPATCH, outbox=row.id)


def _carried_out(desk: Desk, tx: store.Transaction, row: Outbox, allegation: Allegation, decision: Decision) -> str:
    if done_before(tx, row, decision):
        return "confirmed again"
    if _overtaken(tx, row, decision):
        chain.append(tx, DISPATCH, "effect.confirmed_late", row.id, row.claim, {"decision": decision.id})
        return "confirmed too late: a newer decision holds"
    if decision.action is Action.RESTORE:
        return _lifted(desk, tx, allegation, decision)
    return _imposed(desk, tx, allegation, decision)


def _imposed(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision) -> str:
    """The measure lies on the listing, in place of an earlier one of its kind for the same allegation."""
    for item in records.find(tx, Restriction, allegation=allegation.id, lifted_at=None):
        if measures.replaces(decision, item):
            _lift(desk, tx, item, decision)
    if decision.action in measures.LASTING:
        records.add(tx, _restriction(desk, allegation, decision))
        statements.queue(desk, tx, decision)
    if allegation.state not in _ON_THE_WAY:
        if beside(decision):
            _imposed_beside(desk, tx, allegation, decision)
        return _beside_the_case(tx, allegation, decision)
    forwarded = decision.action is Action.FORWARD_ONLY
    for state in _ON_THE_WAY[allegation.state]:
        allegation = moves.move(tx, allegation, state, DISPATCH, decision=decision.id)
    end = AllegationState.FORWARDED if forwarded else AllegationState.ACTIONED
    acted = moves.move(tx, allegation, end, DISPATCH, decision=decision.id)
    if forwarded:
        correspondence.withdraw(tx, acted)
        return end.value
    claim = records.get(tx, Claim, allegation.claim)
    events = dict.fromkeys(correspondence.TOGETHER[correspondence.STATING_EFFECT], desk.now())
    clocks.start(desk, tx, claim, events | {correspondence.DECIDED: decision.decided_at}, acted)
    correspondence.confirmed(desk, tx, acted, decision, correspondence.STATING_EFFECT)
    visits.plan(desk, tx, acted, decision.action)
    return end.value


def _imposed_beside(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision) -> None:
    """The account is measured for its strikes: its holder is told, and where the law asks for reasons, in time."""
    if decision.action in measures.LASTING:
        claim = records.get(tx, Claim, allegation.claim)
        clocks.start(desk, tx, claim, {correspondence.RESTRICTED: desk.now()}, allegation)
    correspondence.told_beside(desk, tx, allegation, decision)


def _lifted(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision) -> str:
    """The allegation's measures are off; that the listing is back is said only where no other is left on it."""
    for item in records.find(tx, Restriction, allegation=allegation.id, lifted_at=None):
        _lift(desk, tx, item, decision)
    if AllegationState.RESTORED not in after(allegation.state):
        return _beside_the_case(tx, allegation, decision)
    moves.move(tx, allegation, AllegationState.RESTORED, _of(decision), decision=decision.id)
    if measures.now(tx, records.get(tx, Listing, allegation.listing)):
        correspondence.lifted(desk, tx, allegation, decision)
        return "lifted, others remain"
    claim = records.get(tx, Claim, allegation.claim)
    if decision.reason is not Reason.COUNTER_NOTICE_LAPSE:
        clocks.waive(desk, tx, allegation, decision.reason.value)
    clocks.start(desk, tx, claim, {"material_restored": desk.now()}, allegation)
    if orders.never_asked(tx, allegation):
        return "nothing was removed"
    correspondence.confirmed(desk, tx, allegation, decision, "material_restored")
    return "restored"


def beside(decision: Decision) -> bool:
    """Whether it is about an account for its strikes: then it stands beside what is decided about the listing."""
    return decision.reason is Reason.REPEAT_INFRINGER and decision.action in OF_ACCOUNTS


def _beside_the_case(tx: store.Transaction, allegation: Allegation, decision: Decision) -> str:
    """What was confirmed is true and on record; the allegation went another way and is left where it is."""
    told: dict[str, chain.Detail] = {"decision": decision.id, "state": allegation.state.value}
    chain.append(tx, DISPATCH, "effect.confirmed_late", allegation.id, allegation.claim, told)
    return f"confirmed while {allegation.state}"


def _rows(look: store.Look, row: Outbox) -> list[Outbox]:
    """The other orders about the same allegation that were carried out."""
    same = records.find(look, Outbox, allegation=row.allegation, kind=OutboxKind.WEBHOOK, state=OutboxState.CONFIRMED)
    return [other for other in same if other.id != row.id]


def done_before(look: store.Look, row: Outbox, decision: Decision) -> bool:
    """Whether another order of the same decision was carried out: this one only says anew what is on record."""
    return any(orders.decision_of(other) == decision.id for other in _rows(look, row))


def _overtaken(tx: store.Transaction, row: Outbox, decision: Decision) -> bool:
    """Whether a newer decision about the allegation has been carried out already."""
    newer = [records.get(tx, Decision, orders.decision_of(other)) for other in _rows(tx, row)]
    return any(other.decided_at > decision.decided_at for other in newer)


def _align(desk: Desk, tx: store.Transaction, row: Outbox, allegation: Allegation) -> None:
    """Where the platform carried out what is no longer wanted as a whole, it is told once more what is."""
    listing = records.get(tx, Listing, allegation.listing)
    asked, held = orders.asked(row), orders.as_json(measures.now(tx, listing))
    if asked is None or asked == held:
        return
    chain.append(tx, DISPATCH, "effect.not_as_recorded", row.id, row.claim, {"held": len(held)})
    decision = orders.decision_of(row)
    again = Outbox(
        id=new_id("X"),
        kind=OutboxKind.WEBHOOK,
        key=new_id(decision),
        claim=allegation.claim,
        allegation=allegation.id,
        body=orders.unasked(records.get(tx, Decision, decision)),
        send_after=desk.now(),
        created_at=desk.now(),
    )
    outbox.queue(tx, again)


def _of(decision: Decision) -> Actor:
    """The accountable actor of a put-back is who decided it, although the platform's confirmation completes it."""
    return Actor(name=decision.decided_by, person=not decision.automatic)


def _restriction(desk: Desk, allegation: Allegation, decision: Decision) -> Restriction:
    return Restriction(
        id=new_id("T"),
        listing=allegation.listing,
        allegation=allegation.id,
        action=decision.action,
        ground=decision.ground,
        territories=decision.territories,
        parts=decision.parts,
        since=desk.now(),
        until=decision.until,
    )


def _lift(desk: Desk, tx: store.Transaction, item: Restriction, decision: Decision) -> None:
    records.replace(tx, replace(item, lifted_at=desk.now(), lifted_by=decision.id))
