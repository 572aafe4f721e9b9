"""What the desk asks of the platform: a signed webhook, verified, and carried out once for each idempotency key."""

import json
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from noticedesk.demo.origin import Reply, Request
from noticedesk.model.action import Action

TAKES_DOWN = frozenset({Action.REMOVE, Action.DISABLE})


@dataclass(frozen=True, slots=True)
class Order:
    """One measure to be carried out on one listing, under its idempotency key; `lies` is all that lies on it then."""

    key: str
    item: str
    action: Action
    lies: frozenset[Action]


@dataclass(frozen=True, slots=True)
class Told:
    """An event that the platform tells the desk: signed headers and body."""

    headers: dict[str, str]
    body: bytes


class Refused(ValueError):
    """A request that the platform does not carry out, with the status that says so."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class Ledger:
    """What has been carried out: `effects` in their order, and the listings that are `down` since.

    Orders about the `slow` items are accepted, carried out, and confirmed only by an event.
    """

    def __init__(self, items: frozenset[str], secret: str, slow: frozenset[str] = frozenset()) -> None:
        self.effects: list[Order] = []
        self.down: set[str] = set()
        self._slow = slow
        self._owed: list[Order] = []
        self._items = items
        self._secret = secret
        self._lock = threading.Lock()
        self._stumbles = 0

    def stumble(self, times: int) -> None:
        """Lets the next orders take effect and lose their answers (status 503), as happens on networks."""
        self._stumbles = times

    def receive(self, asked: Request) -> Reply:
        """Carries out a signed order unless its key is known, and confirms it; refuses what is not signed."""
        try:
            order = _verified(asked, self._secret)
            with self._lock:
                self._carry_out(order)
        except Refused as refused:
            return json_reply(refused.status, {"type": "action.failed", "why": str(refused)})
        told = {"idempotency_key": order.key, "item": order.item, "action": order.action.value}
        if order.item in self._slow:
            return json_reply(HTTPStatus.ACCEPTED, told)
        return json_reply(HTTPStatus.OK, {"type": "action.confirmed", **told})

    def owed(self, secret: str) -> tuple[Told, ...]:
        """The confirmations that are owed since the last call, each signed with the secret."""
        with self._lock:
            owed, self._owed = self._owed, []
        return tuple(_confirmation(order, secret) for order in owed)

    def _carry_out(self, order: Order) -> None:
        if order.item not in self._items:
            raise Refused(HTTPStatus.NOT_FOUND, f"there is no listing {order.item}")
        known = {effect.key: effect for effect in self.effects}
        if known.get(order.key, order) != order:
            raise Refused(HTTPStatus.CONFLICT, f"the key {order.key} was used for another order")
        if order.key not in known:
            self.effects.append(order)
            self._take_effect(order)
            self._owed += [order] if order.item in self._slow else []
        if self._stumbles:
            self._stumbles -= 1
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "try again later")

    def _take_effect(self, order: Order) -> None:
        if order.lies & TAKES_DOWN:
            self.down.add(order.item)
        else:
            self.down.discard(order.item)


def json_reply(status: HTTPStatus, value: object) -> Reply:
    """A reply whose body is the value as JSON."""
    return Reply(status, json.dumps(value).encode(), "application/json")


def _verified(asked: Request, secret: str) -> Order:
    """The order of a request whose signature is good; raises Refused (401 or 400)."""
    try:
        Webhook(secret).verify(asked.body, dict(asked.headers), json_parse=False)
    except (WebhookVerificationError, ValueError) as error:
        # A signature that is no base64 at all raises ValueError.
        raise Refused(HTTPStatus.UNAUTHORIZED, f"the signature is not good: {error}") from None
    return _order(asked.body)


def _order(body: bytes) -> Order:
    try:
        sent: Any = json.loads(body)
        told = sent.get("data", sent)
        listing = told["listing"]
        item = listing["item"] if isinstance(listing, dict) else listing
        action = Action(told["action"])
        lies = [Action(one["action"]) for one in told["measures"]] if "measures" in told else [action]
        return Order(str(told["idempotency_key"]), str(item), action, frozenset(lies))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, f"not an order: {error!r}") from None


def _confirmation(order: Order, secret: str) -> Told:
    now, id = datetime.now(UTC), f"confirmed-{order.key}"
    data = {"idempotency_key": order.key, "at": now.isoformat()}
    body = json.dumps({"type": "action.confirmed", "timestamp": now.isoformat(), "data": data})
    signature = Webhook(secret).sign(id, now, body)
    headers = {"webhook-id": id, "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    return Told(headers, body.encode())
