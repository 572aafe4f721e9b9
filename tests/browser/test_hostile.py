"""Hostile texts in every field that outsiders control: none runs, none breaks the layout, none fetches anything."""

from dataclasses import replace

from noticedesk.model.claim import Claim
from noticedesk.model.letter import Letter
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice
from noticedesk.model.party import Party
from noticedesk.model.person import Role
from noticedesk.model.right import Work
from noticedesk.store import records
from tests.browser.conftest import Console, NewPage, SignIn
from tests.browser.hostile import PAYLOADS

FIELDS: list[tuple[type, tuple[str, ...]]] = [
    (Listing, ("title", "account", "item", "country")),
    (Party, ("name", "email", "address")),
    (Work, ("title", "description", "mark", "registration")),
    (Notice, ("subject", "sender", "name")),
    (Claim, ("principal", "language")),
    (Letter, ("subject", "to")),
]


def poison(console: Console, text: str) -> None:
    with console.desk.db.write() as tx:
        for noun, names in FIELDS:
            for known in records.find(tx, noun):
                records.replace(tx, replace(known, **dict.fromkeys(names, text)))


def test_hostile_texts_stay_texts(console: Console, new_page: NewPage, sign_in: SignIn) -> None:
    (one,) = console.with_cases(1)
    page = sign_in(new_page(width=360), console.staff(Role.SPECIALIST))
    for text in PAYLOADS:
        poison(console, text)
        for path in ("/queue", f"/case/{one.claim}"):
            page.goto(path)
            assert page.evaluate("window.pwned") is None, text
            assert page.locator("h1").is_visible(), text
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, (path, text[:60])
            assert (
                page.locator("main script, main iframe, main style, main base, main svg, main [onerror]").count() == 0
            )
