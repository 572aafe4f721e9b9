"""A small marketplace that really takes effect: listings, accounts and signed webhooks, on loopback."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote

from noticedesk.demo import pages
from noticedesk.demo.orders import Ledger, Order, Told, json_reply
from noticedesk.demo.origin import Origin, Reply, Request
from noticedesk.demo.products import Products, picture
from noticedesk.demo.world import world

SECRET = "whsec_bm90aWNlZGVzayBkZW1vIG1hcmtldHBsYWNl"
"""The demo's webhook secret: it protects nothing but the demo."""

EVENTS_SECRET = "whsec_dGhlIGRlbW8gbWFya2V0cGxhY2UgdGVsbHM="
"""What the marketplace signs its own events with, for the demo alone."""

SLOW = frozenset({"m-101"})
"""Orders about these listings are accepted, and confirmed only later."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: what was asked of which origin, and the status of the answer."""

    origin: str
    method: str
    path: str
    status: int


class Marketplace:
    """Three origins on loopback: the marketplace, the rights holders' sites, and a host that is neither.

    `listings` are the URLs of the offers by item id; `log` tells what was asked, `effects` what took effect.
    """

    def __init__(self, products: Products, *, secret: str = SECRET, slow: frozenset[str] = frozenset()) -> None:
        self.products = products
        self.secret = secret
        self.log: list[Entry] = []
        self._ledger = Ledger(frozenset(world().offers), secret, slow)
        self._pictures: dict[str, bytes] = {}
        self._lock = threading.Lock()
        self._market, self._holders, self._elsewhere = (
            Origin(self._logged(name, answer))
            for name, answer in (("market", self._shop), ("holders", self._works), ("elsewhere", self._other_host))
        )
        self._origins = (self._market, self._holders, self._elsewhere)
        self.url = self._market.url
        self.hosts = (self._market.host,)
        self.origins = tuple(origin.url for origin in self._origins)
        self.listings = {item: f"{self.url}/item/{item}" for item in world().offers}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for origin in self._origins:
                stack.enter_context(origin)
            self._running = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()

    @property
    def webhook_url(self) -> str:
        """Where a signed `action.requested` goes."""
        return f"{self.url}/actions"

    @property
    def lookup_url(self) -> str:
        """Where an item is looked up; `{item}` stands for its id."""
        return f"{self.url}/lookup?item={{item}}"

    @property
    def elsewhere_url(self) -> str:
        """A listing on a host that the platform does not run."""
        return f"{self._elsewhere.url}/item/e-900"

    @property
    def effects(self) -> tuple[Order, ...]:
        """What took effect, in its order."""
        return tuple(self._ledger.effects)

    def original_url(self, product: str) -> str:
        """Where the holder of a work shows its picture."""
        return f"{self._holders.url}/originals/{product}.jpg"

    def work_url(self, product: str) -> str:
        """The holder's page about a work."""
        return f"{self._holders.url}/works/{product}"

    def owed(self) -> tuple[Told, ...]:
        """The confirmations of what was accepted and carried out since the last call, as signed events."""
        return self._ledger.owed(EVENTS_SECRET)

    def is_up(self, item: str) -> bool:
        """Whether a visitor can see the listing."""
        return item not in self._ledger.down and world().offers[item].gone is None

    def stumble(self, times: int) -> None:
        """Lets the next orders take effect and lose their answers (status 503), as happens on networks."""
        self._ledger.stumble(times)

    def _logged(self, origin: str, answer: Callable[[Request], Reply]) -> Callable[[Request], Reply]:
        def answered(asked: Request) -> Reply:
            reply = answer(asked)
            self.log.append(Entry(origin, asked.method, asked.path, reply.status))
            return reply

        return answered

    def _shop(self, asked: Request) -> Reply:
        place, _, name = asked.path.lstrip("/").partition("/")
        if asked.method == "POST":
            return self._ledger.receive(asked) if place == "actions" else _missing()
        serve = {"item": self._item, "pictures": self._picture}.get(place)
        if serve:
            return serve(unquote(name))
        return _account(asked.query) if place == "lookup" else _missing()

    def _item(self, item: str) -> Reply:
        offer = world().offers.get(item)
        if offer is None:
            return _missing()
        if not self.is_up(item):
            page = pages.notice("Listing ended", "This listing is no longer available.")
            return Reply(offer.gone or HTTPStatus.GONE, page)
        image = f"{self.url}/pictures/{item}.jpg"
        page = pages.listing(offer, world().sellers[offer.seller], self.listings[item], image)
        return Reply(HTTPStatus.OK, page)

    def _picture(self, name: str) -> Reply:
        item = name.removesuffix(".jpg")
        if item not in self.listings or not self.is_up(item):
            return _missing()
        with self._lock:
            if item not in self._pictures:
                self._pictures[item] = picture(world().offers[item].picture, self.products)
        return Reply(HTTPStatus.OK, self._pictures[item], "image/jpeg")

    def _works(self, asked: Request) -> Reply:
        place, _, name = asked.path.lstrip("/").partition("/")
        product = self.products.get(name.removesuffix(".jpg"))
        if product is None:
            return _missing()
        if place == "originals":
            return Reply(HTTPStatus.OK, product.original, "image/jpeg")
        design = product.design
        page = pages.work(design, world().holders[design.holder], self.original_url(design.id))
        return Reply(HTTPStatus.OK, page)

    def _other_host(self, asked: Request) -> Reply:
        return Reply(HTTPStatus.OK, pages.notice("Another shop", "This page is not on the marketplace."))


def _account(query: str) -> Reply:
    """The account behind an item, as JSON."""
    item = parse_qs(query).get("item", [""])[0]
    offer = world().offers.get(item)
    if offer is None:
        return json_reply(HTTPStatus.NOT_FOUND, {"item": item, "problem": "no such item"})
    seller = world().sellers[offer.seller]
    told = {field: str(getattr(seller, field)) for field in ("account", "name", "contact", "country", "language")}
    return json_reply(HTTPStatus.OK, {"item": item, **told, "created_at": seller.created_at.isoformat()})


def _missing() -> Reply:
    return Reply(HTTPStatus.NOT_FOUND, pages.notice("Not found", "There is no such page."))
