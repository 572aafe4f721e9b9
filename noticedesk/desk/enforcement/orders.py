"""Orders: the body of `action.requested`, as it is asked of the platform and never changed once it was."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from noticedesk import store
from noticedesk.desk.act import contract
from noticedesk.desk.enforcement.measures import LASTING, Measure
from noticedesk.model.action import Action
from noticedesk.model.allegation import Allegation
from noticedesk.model.decision import Decision
from noticedesk.model.letter import Outbox, OutboxKind
from noticedesk.model.listing import Listing, Restriction
from noticedesk.store import records


def unasked(decision: Decision) -> str:
    """The body of an order whose measures are settled only when it is asked."""
    return json.dumps({"type": "action.requested", "data": {"id": decision.id}})


def decision_of(row: Outbox) -> str:
    """The id of the decision that a row carries out."""
    return str(_data(row)["id"])


def asked(row: Outbox) -> object:
    """The measures that the platform was asked for by the row, as JSON; None where it was never asked."""
    return _data(row).get("measures")


def never_asked(look: store.Look, allegation: Allegation) -> bool:
    """Whether nothing ever lay on the listing for this allegation and the platform was never asked for anything."""
    rows = records.find(look, Outbox, allegation=allegation.id, kind=OutboxKind.WEBHOOK)
    return not (
        any(asked(row) is not None for row in rows) or records.find(look, Restriction, allegation=allegation.id)
    )


@dataclass(frozen=True, slots=True)
class Order:
    """What one request asks for: everything of its body but the key and the time."""

    data: dict[str, object]

    @property
    def measures(self) -> object:
        """The measures that lie on the listing from then on, as JSON."""
        return self.data["measures"]

    def body(self, key: str, now: datetime) -> str:
        """The body of the request, held against the contract; raises contract.NotConforming."""
        data = self.data | {"idempotency_key": key}
        said = {"type": "action.requested", "timestamp": now.isoformat(), "data": data}
        return json.dumps(contract.conform("action.requested", said), sort_keys=True)


def order(allegation: Allegation, listing: Listing, decision: Decision, wanted: Sequence[Measure]) -> Order:
    """The order that leaves the wanted measures on the listing, and no other."""
    action, shown = _headline(decision, wanted)
    return Order(
        {
            "id": decision.id,
            "claim": allegation.claim,
            "allegation": allegation.id,
            "listing": {"service": listing.service, "item": listing.item, "url": listing.url},
            "action": action.value,
            "territories": list(shown.territories),
            "parts": list(shown.parts),
            "until": _written(shown.until),
            "measures": as_json(wanted),
            "reason_code": decision.reason.value,
            "ground": decision.ground,
        }
    )


def as_json(wanted: Sequence[Measure]) -> list[object]:
    """Measures as they stand in an order."""
    return [
        {
            "action": one.action.value,
            "territories": list(one.territories),
            "parts": list(one.parts),
            "until": _written(one.until),
        }
        for one in wanted
    ]


def _headline(decision: Decision, wanted: Sequence[Measure]) -> tuple[Action, Decision | Measure]:
    """What the decision adds; where it takes away, the strictest measure that remains, or to restore."""
    adds = decision.action not in LASTING or any(one.action is decision.action for one in wanted)
    if adds and decision.action is not Action.RESTORE:
        return decision.action, decision
    return (wanted[0].action, wanted[0]) if wanted else (Action.RESTORE, decision)


def _written(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _data(row: Outbox) -> dict[str, object]:
    data = contract.parsed(row.body).get("data")
    return data if isinstance(data, dict) else {}
