"""The people, works and offers of the demo, read from the YAML files in data/."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from noticedesk.settings import read, shape

_DATA = Path(__file__).parent / "data"

Page = Literal["json_ld", "open_graph", "plain"]


@shape
class Holder:
    """A rights holder: who writes for it from where, and the mark it has registered, if any."""

    id: str
    name: str
    domain: str
    person: str
    address: str
    phone: str
    mark: str = ""
    registration: str = ""
    office: str = ""
    classes: str = ""
    mailbox: str = "rights"

    @property
    def email(self) -> str:
        """The address that its letters come from."""
        return f"{self.mailbox}@{self.domain}"


@shape
class Seller:
    """An account of the marketplace, and who writes for it."""

    account: str
    name: str
    person: str
    contact: str
    country: str
    language: str
    created_at: datetime


@shape
class Design:
    """A work before its picture is made: which kind of thing, whose, what it is, and the words on it."""

    id: str
    kind: str
    holder: str
    title: str
    what: str
    words: str


@shape
class Shows:
    """Which picture an offer shows."""

    product: str
    change: str = "same"
    look_alike: bool = False


@shape
class Offer:
    """One listing of the marketplace; `gone` is the HTTP status of a listing that its seller has ended."""

    id: str
    title: str
    picture: Shows
    seller: str
    price: str
    brand: str = ""
    description: str = ""
    page: Page = "json_ld"
    gone: int | None = None


@dataclass(frozen=True, slots=True)
class World:
    """Everybody and everything in the demo, by id."""

    holders: dict[str, Holder]
    sellers: dict[str, Seller]
    designs: dict[str, Design]
    offers: dict[str, Offer]


@cache
def world() -> World:
    """The world of the demo."""
    return World(
        holders={holder.id: holder for holder in read(_DATA / "holders.yaml", tuple[Holder, ...])},
        sellers={seller.account: seller for seller in read(_DATA / "sellers.yaml", tuple[Seller, ...])},
        designs={design.id: design for design in read(_DATA / "products.yaml", tuple[Design, ...])},
        offers={offer.id: offer for offer in read(_DATA / "offers.yaml", tuple[Offer, ...])},
    )
