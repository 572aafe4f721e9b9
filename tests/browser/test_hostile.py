"""Hostile texts in every field that outsiders control: none runs, none breaks the layout, none fetches anything."""

import csv
import io
from dataclasses import replace

import pytest

from noticedesk.desk.cases import notes, waiting
from noticedesk.desk.escalation import escalate, inquiries
from noticedesk.desk.registry import register
from noticedesk.model.allegation import Allegation
from noticedesk.model.casework import Audience, Note
from noticedesk.model.claim import Claim
from noticedesk.model.conduct import Measure, Sanction
from noticedesk.model.escalation import Escalation, Inquiry, Team
from noticedesk.model.evidence import Evidence
from noticedesk.model.letter import Letter, Outbox, OutboxKind, OutboxState
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice
from noticedesk.model.party import Mandate, Party
from noticedesk.model.person import Person, Role
from noticedesk.model.right import Permission, Right, Work
from noticedesk.store import AttachedFinding, records
from tests.browser.conftest import Console, NewPage, SignIn
from tests.browser.hostile import MANY, PAYLOADS

FIELDS: list[tuple[type, tuple[str, ...]]] = [
    (Listing, ("title", "account", "item", "country")),
    (Party, ("name", "email", "address")),
    (Work, ("title", "description", "mark", "registration")),
    (Notice, ("subject", "sender", "name")),
    (Claim, ("principal", "language")),
    (Letter, ("subject", "to")),
]
FURTHER: list[tuple[type, tuple[str, ...]]] = [
    (Escalation, ("question", "answer")),
    (Note, ("text",)),
    (Inquiry, ("partner", "question")),
    (Sanction, ("subject", "by_rule")),
    (Mandate, ("principal", "agent", "proof")),
    (Right, ("holder", "office", "number")),
    (Permission, ("holder", "account", "note")),
    (AttachedFinding, ("reason", "theirs")),
    (Evidence, ("problem",)),
    (Outbox, ("last_error",)),
]
FURTHER_PAGES = ("/sanctions", "/register", "/overview/holders", "/overview/sellers", "/audit", "/operations")
INSIDE = "main script, main iframe, main style, main base, main [onerror], main [onload], main [onfocus], main [style]"


def poison(console: Console, text: str) -> None:
    with console.desk.db.write() as tx:
        for noun, names in (*FIELDS, *FURTHER):
            for known in records.find(tx, noun):
                records.replace(tx, replace(known, **dict.fromkeys(names, text)))


def furnish(console: Console, legal: Person, one: Allegation) -> None:
    """Puts one of each thing on the desk that other pages show."""
    desk = console.desk
    inquiries.register(desk, legal, "?", "?")
    register.add_mandate(desk, legal, "?", "?", register.Shown(proof="?"))
    with desk.db.write() as tx:
        right = records.find(tx, Right)[0]
        records.add(tx, Permission(id="L-1", right=right.id, holder="?", account="?"))
        warned = Sanction(
            id="M-1",
            measure=Measure.WARN_ACCOUNT,
            service="shop",
            subject="?",
            claim=one.claim,
            allegation=one.id,
            grounds=(one.id,),
            by_rule="?",
            proposed_at=desk.now(),
        )
        lost = Outbox(
            id="X-1", kind=OutboxKind.MAIL, key="k", claim=one.claim, send_after=desk.now(), created_at=desk.now()
        )
        records.add(tx, [warned, lost])
        records.replace(tx, replace(lost, state=OutboxState.DEAD, last_error="?"))


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


@pytest.mark.soak
@pytest.mark.parametrize("part", range(0, len(MANY), 12))
def test_hostile_texts_stay_texts_on_every_page_and_in_every_file(
    console: Console, new_page: NewPage, sign_in: SignIn, part: int
) -> None:
    (one,) = console.with_cases(1)
    legal = console.staff(Role.SPECIALIST, Role.LEGAL)
    escalate.escalate(console.desk, legal, one.claim, Team.LEGAL, "?")
    furnish(console, legal, one)
    notes.write(console.desk, legal, one.claim, Audience.INTERNAL, "?")
    page = sign_in(new_page(width=360), legal)
    for text in MANY[part : part + 12]:
        poison(console, text)
        with console.desk.db.read() as look:
            row = waiting.standing(look, one.id)
        assert row is not None
        group = f"/group?by=campaign&key={row.campaign}"
        for path in ("/queue", f"/case/{one.claim}", group, "/escalations", *FURTHER_PAGES):
            page.goto(path)
            assert page.evaluate("window.pwned") is None, (path, text)
            assert page.locator("h1").is_visible(), (path, text)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, (path, text[:60])
            assert page.locator(INSIDE).count() == 0, (path, text)
        file = page.request.get("/overview/holders/csv").text().lstrip("\ufeff")
        cells = [cell for line in csv.reader(io.StringIO(file)) for cell in line]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "|", "%", "\u202e="))], text
