"""Effects: what a decision asks of the platform, as rows of the outbox, and what its confirmation changes."""

import json
from dataclasses import replace

from noticedesk import store
from noticedesk.desk import clocks, correspondence
from noticedesk.desk.actors import DISPATCH
from noticedesk.desk.desk import Desk
from noticedesk.model.action import Action
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.event import Actor
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox, OutboxKind
from noticedesk.model.listing import Listing, Restriction
from noticedesk.store import moves, outbox, records


def request(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision) -> None:
    """Queues the request to the platform; it leaves when the window to take the decision back has passed.

    A listing is asked back only when no restriction of another allegation is left on it.
    """
    if decision.action is Action.RESTORE:
        _lift(desk, tx, allegation, decision)
        if _restricted(tx, allegation.listing):
            # This measure is lifted; the listing stays down for the others, so there is nothing to ask for.
            moves.move(tx, allegation, AllegationState.RESTORED, _of(decision), decision=decision.id)
            return
    listing = records.get(tx, Listing, allegation.listing)
    data = {
        "id": decision.id,
        "idempotency_key": decision.id,
        "claim": allegation.claim,
        "allegation": allegation.id,
        "listing": {"service": listing.service, "item": listing.item, "url": listing.url},
        "action": decision.action.value,
        "territories": list(decision.territories),
        "parts": list(decision.parts),
        "reason_code": decision.reason.value,
        "ground": decision.ground,
        "until": decision.until.isoformat() if decision.until else None,
    }
    body = {"type": "action.requested", "timestamp": desk.now().isoformat(), "data": data}
    row = Outbox(
        id=new_id("X"),
        kind=OutboxKind.WEBHOOK,
        key=decision.id,
        claim=allegation.claim,
        allegation=allegation.id,
        body=json.dumps(body, sort_keys=True),
        send_after=decision.decided_at + desk.policy.undo_window,
        created_at=desk.now(),
    )
    outbox.queue(tx, row)


def confirm(desk: Desk, tx: store.Transaction, row: Outbox) -> str:
    """What the platform's confirmation changes: state, restriction, clocks, and the letters that waited for it."""
    decision = records.get(tx, Decision, row.key)
    allegation = records.get(tx, Allegation, row.allegation or "")
    claim = records.get(tx, Claim, allegation.claim)
    if decision.action is Action.RESTORE:
        moves.move(tx, allegation, AllegationState.RESTORED, _of(decision), decision=decision.id)
        clocks.start(desk, tx, claim, {"material_restored": desk.now()}, allegation)
        correspondence.confirmed(desk, tx, allegation, decision, "material_restored")
        return "restored"
    records.add(tx, _restriction(desk, allegation, decision))
    acted = moves.move(tx, allegation, AllegationState.ACTIONED, DISPATCH, decision=decision.id)
    clocks.start(desk, tx, claim, {"material_disabled": desk.now()}, acted)
    correspondence.confirmed(desk, tx, acted, decision, "material_disabled")
    return "actioned"


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


def _lift(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision) -> None:
    for item in records.find(tx, Restriction, allegation=allegation.id):
        if item.lifted_at is None:
            records.replace(tx, replace(item, lifted_at=desk.now(), lifted_by=decision.id))


def _restricted(tx: store.Transaction, listing: str) -> bool:
    return any(item.lifted_at is None for item in records.find(tx, Restriction, listing=listing))
