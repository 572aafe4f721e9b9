"""Effects: what a decision asks of the platform, as rows of the outbox, and how each of them goes out."""

from dataclasses import replace
from datetime import timedelta

from noticedesk import store
from noticedesk.desk.actors import DISPATCH
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import announcing, measures, orders, outcomes, window
from noticedesk.desk.escalation import escalate
from noticedesk.model.action import Action
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.decision import Decision
from noticedesk.model.escalation import Team
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.model.listing import Listing
from noticedesk.model.transitions import after
from noticedesk.store import chain, moves, outbox, records

TURN = timedelta(minutes=1)
"""How long an effect steps back while another one on the same listing is on its way."""

confirm = outcomes.confirm

_ORDERED = frozenset({AllegationState.APPROVED, AllegationState.ACTION_FAILED, AllegationState.DISPATCHING})

_STANDS = frozenset({AllegationState.ACTIONED, AllegationState.KEPT_DOWN, AllegationState.REAPPEARED})


def request(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision) -> Outbox:
    """Queues the request to the platform; it leaves when the window to take the decision back has passed.

    What is asked is settled when it leaves: by then other measures may lie on the listing, or be gone.
    """
    row = Outbox(
        id=new_id("X"),
        kind=OutboxKind.WEBHOOK,
        key=decision.id,
        claim=allegation.claim,
        allegation=allegation.id,
        body=orders.unasked(decision),
        send_after=window.leaves_at(desk, tx, decision),
        created_at=desk.now(),
    )
    return outbox.queue(tx, row)


def begin(desk: Desk, tx: store.Transaction, leased: Outbox) -> Outbox | str:
    """The row as it is to be sent now; or, in words, why nothing is sent.

    One order on a listing is on its way at a time. Once asked, an order keeps its key and its bytes, unless the
    measures on the listing have changed since: then it is another order, under another key.
    """
    row = records.get(tx, Outbox, leased.id)
    if row.state not in (OutboxState.QUEUED, OutboxState.FAILED):
        return "settled meanwhile"
    allegation = records.get(tx, Allegation, row.allegation or "")
    decision = records.get(tx, Decision, orders.decision_of(row))
    listing = records.get(tx, Listing, allegation.listing)
    again = outcomes.done_before(tx, row, decision)
    if not again and not _fits(allegation, decision):
        return _drop(desk, tx, row, allegation)
    if until := announcing.waits_until(desk, tx, allegation, decision):
        outbox.step_back(tx, row.id, until)
        return "waits for the end of what was announced"
    if _others_on_their_way(tx, row, listing, desk):
        outbox.step_back(tx, row.id, desk.now() + TURN)
        return "waits for another effect on the listing"
    held = measures.now(tx, listing)
    wanted = held if again else measures.after(tx, listing, decision)
    nothing_to_ask = (wanted and wanted == held) or orders.never_asked(tx, allegation)
    if decision.action is Action.RESTORE and nothing_to_ask and not again:
        return outcomes.confirm(desk, tx, row)
    if decision.action is not Action.RESTORE and not again:
        _dispatching(tx, allegation, row)
    return _settled(desk, tx, row, decision, orders.order(allegation, listing, decision, wanted))


def _settled(desk: Desk, tx: store.Transaction, row: Outbox, decision: Decision, order: orders.Order) -> Outbox:
    """The row with its measures: as they were asked before, or asked for the first time, or anew under a new key."""
    before = orders.asked(row)
    if before == order.measures:
        return row
    key = row.key if before is None else new_id(decision.id)
    settled = replace(row, key=key, body=order.body(key, desk.now()))
    told: dict[str, chain.Detail] = {"key": key, "decision": decision.id, "action": str(order.data["action"])}
    chain.append(tx, DISPATCH, "effect.asked", row.id, row.claim, told)
    return records.replace(tx, settled)


def _fits(allegation: Allegation, decision: Decision) -> bool:
    """Whether the case is still one that the order belongs to."""
    if decision.action is Action.RESTORE:
        return AllegationState.RESTORED in after(allegation.state)
    return allegation.state in _ORDERED or (outcomes.beside(decision) and allegation.state in _STANDS)


def _drop(desk: Desk, tx: store.Transaction, row: Outbox, allegation: Allegation) -> str:
    """The case went another way before the order left; whether an earlier attempt was had is asked."""
    outbox.mark(tx, row.id, OutboxState.CANCELLED, desk.now(), f"the allegation is {allegation.state} by now")
    chain.append(tx, DISPATCH, "effect.cancelled", row.id, row.claim, {"allegation": allegation.id})
    if orders.asked(row) is not None:
        question = f"The effect {row.id} was cancelled after it had been asked for. Was it carried out?"
        escalate.ask(desk, tx, DISPATCH, (allegation.claim, allegation.id), Team.OPERATIONS, question)
    return "cancelled: the case went another way"


def _others_on_their_way(tx: store.Transaction, row: Outbox, listing: Listing, desk: Desk) -> bool:
    others = outbox.on_their_way(tx, listing.id, desk.now())
    return any(other.id != row.id and orders.asked(other) is not None for other in others)


def _dispatching(tx: store.Transaction, allegation: Allegation, row: Outbox) -> None:
    if allegation.state in (AllegationState.APPROVED, AllegationState.ACTION_FAILED):
        moves.move(tx, allegation, AllegationState.DISPATCHING, DISPATCH, outbox=row.id)


def accepted(desk: Desk, tx: store.Transaction, row: Outbox) -> str:
    """The platform will confirm later: the row waits, and is asked again when that takes too long."""
    sent = outbox.mark(tx, row.id, OutboxState.SENT, desk.now())
    due = desk.now() + timedelta(hours=desk.policy.confirmation_hours)
    records.replace(tx, replace(sent, next_attempt_at=due))
    chain.append(tx, DISPATCH, "effect.accepted", row.id, row.claim)
    return "accepted, to be confirmed"


def overdue(desk: Desk, tx: store.Transaction) -> int:
    """Lets what was accepted and not confirmed in time be asked again at once, under its key; how many those are."""
    waiting = records.find(tx, Outbox, kind=OutboxKind.WEBHOOK, state=OutboxState.SENT)
    late = [row for row in waiting if row.next_attempt_at and row.next_attempt_at <= desk.now()]
    for row in late:
        why = f"accepted, and not confirmed within {desk.policy.confirmation_hours} hours"
        outcomes.fail(desk, tx, row, why)
        failed = records.get(tx, Outbox, row.id)
        if failed.state is OutboxState.FAILED:
            records.replace(tx, replace(failed, next_attempt_at=desk.now()))
    return len(late)
