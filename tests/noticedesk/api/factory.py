"""An API on a desk of the tests: clients, senders, and what they send."""

import json
from dataclasses import replace
from typing import Any

from starlette.testclient import TestClient

from noticedesk.api.app import create_app
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal import senders
from noticedesk.desk.portal.disclosure import asked, law_for
from noticedesk.desk.portal.terms import Rates, Terms, terms_of
from noticedesk.model.notice import NoticeKind
from noticedesk.model.person import Role
from noticedesk.model.submission import Sender
from noticedesk.store import records
from tests.noticedesk.desk.factory import person

MANY = Rates(sender="10000/second", address="10000/second", form="10000/second", check="10000/second")
OURS = {"sec-fetch-site": "same-origin"}
MARIA = "maria@lind.example"
PAT = "pat@seller.example"


def terms(desk: Desk, **changes: Any) -> Terms:
    """The shipped terms with no limit that a test would meet by chance."""
    given: dict[str, Any] = {"public_url": "https://notices.shop.example", "limits": MANY}
    return replace(terms_of(desk.settings), **given | changes)


def client(desk: Desk, **changes: Any) -> TestClient:
    """A client of a fresh API on the desk; it follows no redirect by itself."""
    return TestClient(create_app(desk, terms(desk, **changes)), base_url="https://api.test", follow_redirects=False)


def sender(desk: Desk, email: str = MARIA, name: str = "Maria Lind") -> tuple[Sender, dict[str, str]]:
    """A sender and the header that shows a token of theirs."""
    with desk.db.read() as look:
        known = records.find(look, Sender, email=email)
    admin = person(desk, Role.ADMIN, name=f"Admin{email[:3]}{len(known)}")
    made = known[0] if known else senders.add(desk.db, admin, name, email, desk.now())
    return made, {"authorization": f"Bearer {senders.token(desk.db, admin, made.id, desk.now())}"}


def statements(desk: Desk, kind: NoticeKind) -> dict[str, str]:
    """The words that the law asks to be sworn."""
    law = law_for(desk, "shop", kind)
    assert law
    return {one.element: one.words for one in asked(desk, law, kind)}


def complaint(desk: Desk, url: str = "https://shop.example/item/a-1", **changes: Any) -> dict[str, Any]:
    """A complaint that lacks nothing."""
    return {
        "schema": "noticedesk/complaint/1",
        "right": "copyright",
        "service": "shop",
        "principal": {"name": "Maria Lind", "email": MARIA, "address": "5 Harbour Road, Portland, ME 04101, USA"},
        "works": [{"title": "Sunset over the bay", "description": "a photograph"}],
        "listings": [url],
        "statements": statements(desk, NoticeKind.COPYRIGHT_NOTICE),
        "signature": "/s/ Maria Lind",
    } | changes


def counter_notice(desk: Desk, url: str = "https://shop.example/item/a-1", **changes: Any) -> dict[str, Any]:
    """A counter-notice that lacks nothing."""
    me = {
        "name": "Pat Seller",
        "email": PAT,
        "address": "9 Hill Street, Austin, TX 78701, USA",
        "phone": "+15125550199",
    }
    return {
        "schema": "noticedesk/complaint/1",
        "kind": "counter_notice",
        "service": "shop",
        "principal": me,
        "listings": [url],
        "statements": statements(desk, NoticeKind.COUNTER_NOTICE),
        "signature": "/s/ Pat Seller",
    } | changes


def rows(*forms: dict[str, Any]) -> bytes:
    """A batch."""
    return b"\n".join(json.dumps(form).encode() for form in forms)
