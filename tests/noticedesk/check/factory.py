"""Short makers for the tests of check: the shipped law and reading, loaded once."""

from datetime import date
from functools import cache
from pathlib import Path

from noticedesk import regime
from noticedesk.check import Reading, check, load_reading
from noticedesk.model.document import Document
from noticedesk.model.verdict import Check
from noticedesk.regime import InForce
from noticedesk.settings import data_folder

HOSTS = ("market.test", "code.test", "127.0.0.1:8080")
CASES = Path(__file__).parents[2] / "cases"


@cache
def reading() -> Reading:
    return load_reading(data_folder("config") / "reading")


@cache
def law() -> tuple[InForce, ...]:
    return regime.in_force(regime.load(data_folder("config") / "regimes"), date(2026, 11, 22))


def letter(text: str) -> Document:
    return Document(reader="letter", text=text)


def checked(document: Document | str, *, primary: str | None = None, hosts: tuple[str, ...] = HOSTS) -> Check:
    made = letter(document) if isinstance(document, str) else document
    return check(made, law(), reading(), hosts, primary=primary)


def statuses(found: Check) -> dict[str, str]:
    return {element.id: element.status.value for element in found.primary.elements}
