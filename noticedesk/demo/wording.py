"""The words of a complaint: the pieces of its voice, with the names and addresses filled in."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from urllib.parse import quote

from noticedesk.demo.complaint import Telling
from noticedesk.demo.marketplace import Marketplace
from noticedesk.demo.world import Holder, world
from noticedesk.settings import read, shape

PRIVATE = "http://169.254.169.254/latest/meta-data/original.jpg"
"""An address that only a machine inside our own network could mean."""


@shape
class Piece:
    """One paragraph of a letter, by what it says."""

    piece: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint to be told, with its writer, the addresses of the listings and the original, and the picture."""

    telling: Telling
    writer: Holder
    listings: tuple[str, ...]
    original: str
    picture: bytes

    @property
    def work(self) -> str:
        """The title of the work, as the writer gives it."""
        design = world().designs.get(self.telling.product)
        return self.telling.retitled or (design.title if design else "")

    @property
    def what(self) -> str:
        """What the work is."""
        design = world().designs.get(self.telling.product)
        return design.what if design else ""

    def says(self, piece: str) -> bool:
        """Whether the writer has not left that piece out."""
        return piece not in self.telling.without


def case(telling: Telling, market: Marketplace) -> Case:
    """The complaint with what only the running marketplace knows: addresses and pictures."""
    listings = [market.listings[item] for item in telling.offers]
    listings += [market.elsewhere_url] if telling.elsewhere else []
    return Case(
        telling=telling,
        writer=_seller_of(telling) if telling.from_seller else world().holders.get(telling.holder, _NOBODY),
        listings=tuple(_WRAPS[telling.wrap](url) for url in listings),
        original=_original(telling, market),
        picture=market.products[telling.product].original if telling.reference == "attached" else b"",
    )


def letter(case: Case) -> str:
    """The text of the letter, paragraph by paragraph; no address of an original means no paragraph about it."""
    pieces = [piece for piece in _voices()[case.telling.voice] if case.says(piece.piece)]
    texts = [piece.text for piece in pieces if case.original or piece.piece != "original"]
    if case.telling.note:
        texts.insert(-1, case.telling.note + "\n")
    return "\n".join(Template(text).substitute(_facts(case)) for text in texts)


def subject(case: Case) -> str:
    """The subject line of the mail."""
    if case.telling.subject:
        return case.telling.subject
    about = {"copyright": f"Copyright notice: {case.work}", "trademark": f"Trademark report: {case.writer.mark}"}
    about["counterfeit"] = f"Counterfeit goods: {case.writer.mark}"
    return _SUBJECTS.get(case.telling.voice, about[case.telling.right])


_SUBJECTS = {
    "retraction": "Withdrawal of our copyright notice",
    "counter_notice": "Counter-notification",
    "safety": "Please help, picture of me",
    "inquiry": "Question about selling prints",
}

_NOBODY = Holder(id="", name="", domain="", person="", address="", phone="")


def _facts(case: Case) -> dict[str, str]:
    writer = case.writer
    return {
        "owner": writer.name,
        "person": writer.person,
        "address": writer.address,
        "phone": writer.phone,
        "email": writer.email,
        "mark": writer.mark,
        "registration": writer.registration,
        "office": writer.office,
        "classes": writer.classes,
        "work": case.work,
        "what": case.what,
        "original": case.original,
        "listings": "\n".join(case.listings),
        "explanation": case.telling.explanation,
    }


def _original(telling: Telling, market: Marketplace) -> str:
    if telling.reference == "private":
        return PRIVATE
    if telling.reference == "link":
        return market.original_url(telling.product)
    return market.work_url(telling.product) if telling.reference == "attached" else ""


def _seller_of(telling: Telling) -> Holder:
    """The account that holds the listing, as somebody who writes."""
    seller = world().sellers[world().offers[telling.offers[0]].seller]
    name, _, domain = seller.contact.partition("@")
    return Holder(id=name, name=seller.name, domain=domain, person=seller.person, address="", phone="", mailbox=name)


def _safelink(url: str) -> str:
    """The address as a mail filter rewrites it."""
    return f"https://eur02.safelinks.protection.outlook.com/?url={quote(url, safe='')}&data=05%7C02%7Crights&reserved=0"


def _as_it_is(url: str) -> str:
    return url


_WRAPS = {"": _as_it_is, "safelinks": _safelink}


@cache
def _voices() -> dict[str, tuple[Piece, ...]]:
    return read(Path(__file__).parent / "data" / "letters.yaml", dict[str, tuple[Piece, ...]])
