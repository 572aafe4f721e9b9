"""The platform's events: signed, taken once, in any order; each changes what it must and stands in the audit log."""

import difflib
import hashlib
from collections.abc import Callable, Mapping

from noticedesk import store
from noticedesk.desk.act import contract, webhook
from noticedesk.desk.actors import PLATFORM
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import changes, orders, outcomes
from noticedesk.desk.enforcement.changes import Delivery
from noticedesk.desk.mail import through
from noticedesk.model.decision import Decision
from noticedesk.model.event import Event
from noticedesk.model.letter import Outbox, OutboxKind
from noticedesk.store import chain, records

BadSignature = webhook.BadSignature


class BadEvent(ValueError):
    """An event that is signed and cannot be taken: of an unknown type or form, or about what we do not know."""


Take = Callable[[Desk, store.Transaction, Delivery], str]


def receive(desk: Desk, headers: Mapping[str, str], body: bytes) -> str:
    """Takes one event of the platform and says in words what came of it.

    Raises BadSignature and BadEvent; a store.StoreError means that nothing was saved: the platform may send it again.
    The same webhook-id has no second effect. Signed as Standard Webhooks are (headers webhook-id, webhook-timestamp,
    webhook-signature), with the secret NOTICEDESK_PLATFORM_SECRET.
    """
    delivery = _read(webhook.verify(desk.settings.platform_secret, headers, body), body)
    with desk.db.write() as tx:
        before = _before(tx, delivery)
        if before:
            return before
        told = TAKES[delivery.type](desk, tx, delivery)
        if told == changes.NO_CASE:
            # a platform tells of all its listings; what concerns no case leaves no trace
            return told
        details: dict[str, chain.Detail] = {"type": delivery.type, "sha256": delivery.sha256, "outcome": told}
        chain.append(tx, PLATFORM, _RECEIVED, delivery.id, _claim(tx, delivery), details)
    return told


_RECEIVED = "platform.received"


def _read(id: str, body: bytes) -> Delivery:
    try:
        said = contract.parsed(body)
        name = str(said.get("type"))
        if name not in TAKES:
            close = difflib.get_close_matches(name, TAKES, n=1)
            raise BadEvent(f"no event {name[:80]}; " + (f"did you mean {close[0]}?" if close else _known()))
        contract.conform(name, said)
    except contract.NotConforming as error:
        raise BadEvent(str(error)) from None
    if not 0 < len(id) <= 256:
        raise BadEvent("the webhook-id has to have 1 to 256 characters")
    data = said["data"]
    return Delivery(id, name, dict(data) if isinstance(data, Mapping) else {}, hashlib.sha256(body).hexdigest())


def _known() -> str:
    return f"known are {', '.join(TAKES)}"


def _before(tx: store.Transaction, delivery: Delivery) -> str:
    """What came of the delivery when it came before; raises BadEvent where its id stood for another message then."""
    for event in records.find(tx, Event, act=_RECEIVED, subject=delivery.id):
        if event.details.get("sha256") != delivery.sha256:
            raise BadEvent(f"the webhook-id {delivery.id} stood for another message before; give each its own")
        return f"taken before: {event.details.get('outcome')}"
    return ""


def _confirmed(desk: Desk, tx: store.Transaction, delivery: Delivery) -> str:
    row = _row(tx, delivery)
    return outcomes.confirm(desk, tx, row) if row else _older(delivery)


def _failed(desk: Desk, tx: store.Transaction, delivery: Delivery) -> str:
    row = _row(tx, delivery)
    if row is None:
        return _older(delivery)
    final = delivery.data.get("final") is True
    return outcomes.fail(desk, tx, row, f"the platform says: {delivery.data['why']}", final=final)


def _delivered(desk: Desk, tx: store.Transaction, delivery: Delivery) -> str:
    return through.confirm(desk, tx, _letter(tx, delivery))


def _undelivered(desk: Desk, tx: store.Transaction, delivery: Delivery) -> str:
    why = f"the platform says: {delivery.data['why']}"
    return through.fail(desk, tx, _letter(tx, delivery), why, final=delivery.data.get("final") is True)


def _letter(look: store.Look, delivery: Delivery) -> Outbox:
    """The letter that was asked for under that key; raises BadEvent for a key never used."""
    key = str(delivery.data["idempotency_key"])
    found = records.find(look, Outbox, key=key, kind=OutboxKind.LETTER)
    if not found:
        raise BadEvent(f"no letter was asked for under the key {key}")
    return found[0]


def _row(look: store.Look, delivery: Delivery) -> Outbox | None:
    """The effect of that key; None for an order that was replaced since; raises BadEvent for a key never used."""
    key = str(delivery.data["idempotency_key"])
    found = records.find(look, Outbox, key=key, kind=OutboxKind.WEBHOOK)
    if found:
        return found[0]
    made = records.find(look, Decision, id=key) or records.find(look, Decision, id=key.rpartition("-")[0])
    if made and any(orders.decision_of(row) == made[0].id for row in _of(look, made[0])):
        return None
    raise BadEvent(f"nothing was asked under the key {key}")


def _of(look: store.Look, decision: Decision) -> list[Outbox]:
    return records.find(look, Outbox, allegation=decision.allegation, kind=OutboxKind.WEBHOOK)


def _older(delivery: Delivery) -> str:
    return f"{delivery.data['idempotency_key']} was replaced by a newer order: nothing changed"


def _claim(look: store.Look, delivery: Delivery) -> str | None:
    """The claim that a confirmation or failure belongs to; what happens to a listing may concern several."""
    key = delivery.data.get("idempotency_key")
    return next((row.claim for row in records.find(look, Outbox, key=str(key))), None) if key else None


TAKES: dict[str, Take] = {
    "action.confirmed": _confirmed,
    "action.failed": _failed,
    "letter.confirmed": _delivered,
    "letter.failed": _undelivered,
    "listing.edited": changes.edited,
    "listing.deleted": changes.deleted,
    "account.closed": changes.closed,
}
"""What is done about each type of event."""
