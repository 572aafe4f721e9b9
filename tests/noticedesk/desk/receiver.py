"""A platform for tests: it verifies what it is asked, has each key take effect once, and answers as it is told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from standardwebhooks import Webhook

from noticedesk import store
from noticedesk.demo.origin import Origin, Reply, Request
from noticedesk.desk.act import contract
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import deadletters, effects, platform
from noticedesk.desk.policy import Platform
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.event import Event
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox, OutboxState
from noticedesk.model.listing import Listing
from noticedesk.model.right import AssetKind, Work
from noticedesk.store import records
from tests.noticedesk.desk.factory import NOW, Time, Web, opened

SECRET = "whsec_bm90aWNlZGVzayB0ZXN0IHNlY3JldCBrZXkh"
INBOUND = "whsec_dGhlIHBsYXRmb3JtIHNpZ25zIGl0cyBldmVudHM="

Answer = tuple[HTTPStatus, dict[str, Any]]

CONFIRMED: Answer = (HTTPStatus.OK, {"type": "action.confirmed"})
ACCEPTED: Answer = (HTTPStatus.ACCEPTED, {})
LATER: Answer = (HTTPStatus.SERVICE_UNAVAILABLE, {"type": "action.failed", "why": "try again later"})
NEVER: Answer = (HTTPStatus.OK, {"type": "action.failed", "why": "there is no such listing", "final": True})


@dataclass
class Receiver:
    """`asked` is every order as it came; `lies` what lies on each item, as the orders that took effect left it."""

    answers: list[Answer] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    lies: dict[str, list[Any]] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    took: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> Reply:
        at = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), UTC)
        signature = Webhook(SECRET).sign(request.headers["webhook-id"], at, request.body.decode())
        assert request.headers["webhook-signature"] == signature
        contract.read("action.requested", request.body)
        order = json.loads(request.body)["data"]
        assert order["idempotency_key"] == request.headers["webhook-id"]
        assert self.bodies.setdefault(order["idempotency_key"], request.body) == request.body, "a repeat is the same"
        self.asked.append(json.loads(request.body))
        status, body = self.answers.pop(0) if self.answers else CONFIRMED
        if not body.get("final") and order["idempotency_key"] not in self.took:
            self.took.append(order["idempotency_key"])
            self.lies[order["listing"]["item"]] = order["measures"]
        return Reply(status, json.dumps(body).encode(), "application/json")

    def actions(self) -> list[str]:
        return [order["data"]["action"] for order in self.asked]


@contextmanager
def connect(home: Path, receiver: Receiver, web: Web | None = None, time: Time | None = None) -> Iterator[Desk]:
    """A desk whose platform is the receiver, and where nothing waits to be taken back."""
    with Origin(receiver) as origin, opened(home, web, time, undo_minutes=0) as desk:
        chosen = replace(desk.settings, webhook_secret=SECRET, platform_secret=INBOUND)
        yield replace(desk, platform=Platform(webhook=f"{origin.url}/actions"), settings=chosen)


def tell(desk: Desk, type_: str, id: str = "", **data: object) -> str:
    """Delivers an event of the platform, signed."""
    body = json.dumps({"type": type_, "timestamp": NOW.isoformat(), "data": data})
    return platform.receive(desk, signed(body, id or new_id("msg")), body.encode())


def signed(body: str, id: str, secret: str = INBOUND, at: datetime | None = None) -> dict[str, str]:
    at = at or datetime.now(UTC)
    signature = Webhook(secret).sign(id, at, body)
    return {"Webhook-Id": id, "Webhook-Timestamp": str(int(at.timestamp())), "Webhook-Signature": signature}


def listing(desk: Desk, account: str = "") -> Listing:
    item = new_id("i").lower()
    made = Listing(id=new_id("L"), service="shop", item=item, url=f"https://shop.example/item/{item}", account=account)
    with desk.db.write() as tx:
        records.add(tx, made)
    return made


def alleged(desk: Desk, about: Listing, at: AllegationState = AllegationState.APPROVED) -> Allegation:
    claim = Claim(id=new_id("C"), service="shop", regime="us_dmca_512c", regime_version=1, received_at=NOW)
    work = Work(id=new_id("W"), claim=claim.id, kind=AssetKind.PHOTO, title="Sunset")
    made = Allegation(id=new_id("A"), claim=claim.id, work=work.id, listing=about.id, url=about.url, state=at)
    with desk.db.write() as tx:
        records.add(tx, [claim, work, made])
    return made


def approved(desk: Desk, count: int = 1) -> list[Allegation]:
    """Approved allegations of as many claims about one listing, each with its decision in the outbox."""
    about = listing(desk)
    made = [alleged(desk, about) for _ in range(count)]
    for allegation in made:
        order(desk, allegation)
    return made


def order(
    desk: Desk, allegation: Allegation, action: Action = Action.DISABLE, territories: tuple[str, ...] = ()
) -> Outbox:
    """A decision about the allegation, and its effect in the outbox."""
    with desk.db.write() as tx:
        decision = Decision(
            id=new_id("D"),
            allegation=allegation.id,
            action=action,
            reason=Reason.RETRACTED if action is Action.RESTORE else Reason.COPY,
            decided_by="policy",
            decided_at=desk.now(),
            automatic=True,
            territories=territories,
            ground="us_dmca_512c",
        )
        records.add(tx, decision)
        return effects.request(desk, tx, records.get(tx, Allegation, allegation.id), decision)


def state(desk: Desk, allegation: Allegation) -> AllegationState:
    with desk.db.read() as look:
        return records.get(look, Allegation, allegation.id).state


def row(desk: Desk) -> Outbox:
    with desk.db.read() as look:
        (one,) = records.find(look, Outbox, kind="webhook")
    return one


def saved(desk: Desk, noun: type[Any], /, **equals: object) -> list[Any]:
    with desk.db.read() as look:
        return records.find(look, noun, **equals)


def proved(desk: Desk) -> bool:
    """Whether the audit log holds from its first event to its last."""
    return not store.proof.verify(desk.db)


def seen(desk: Desk) -> tuple[str, str]:
    """What `noticedesk effects` shows of the one effect: its state and last error."""
    with desk.db.read() as look:
        (one,) = deadletters.listed(look, desk.now(), states=set(OutboxState))
    return one.state, one.last_error


def confirm(desk: Desk, id: str = "") -> str:
    return tell(desk, "action.confirmed", id, idempotency_key=row(desk).key)


def acts(desk: Desk) -> list[str]:
    return [event.act for event in saved(desk, Event)]
