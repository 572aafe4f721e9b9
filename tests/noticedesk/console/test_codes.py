"""One-time codes: set up from a picture, and before anything else where the role needs them."""

import re
from collections.abc import Iterator

import pyotp
import pytest

from noticedesk.console.pages import PAGES
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.signin import sign_in_elsewhere
from noticedesk.model.person import Person, Role
from tests.noticedesk.console.factory import Visitor, visiting, with_password
from tests.noticedesk.desk.factory import Time, person


@pytest.fixture
def visitor(desk: Desk) -> Iterator[Visitor]:
    with visiting(desk, codes_for=(Role.LEGAL,)) as visitor:
        yield visitor


@pytest.fixture
def lea(desk: Desk) -> Person:
    return with_password(desk, Role.SPECIALIST, Role.LEGAL, name="Lea")


def secret_of(page: str) -> str:
    found = re.search(r'name="secret" value="([A-Z2-7]+)"', page)
    assert found
    return found[1]


def test_the_page_shows_the_key_as_a_picture_of_our_own(visitor: Visitor, lea: Person) -> None:
    page = visitor.sign_in(lea)
    assert "Your role needs one-time codes" in page
    assert re.search(r'<div role="img"[^>]*><svg [^>]*class="qr"', page)
    assert "<style" not in page and 'style="' not in page


def test_no_other_page_opens_before_the_codes_are_set_up(visitor: Visitor, lea: Person, time: Time) -> None:
    visitor.sign_in(lea)
    for page in PAGES:
        if page.method == "GET" and not page.open and not page.before_codes:
            answer = visitor.client.get(re.sub(r"\{\w+\}", "X-1", page.path), follow_redirects=False)
            assert (answer.status_code, answer.headers.get("location")) == (303, "/you"), page.path
    answer = visitor.post("/queue/next")
    assert "Your role needs one-time codes" in answer
    secret = secret_of(visitor.get("/you"))
    visitor.post("/you/codes", secret=secret, code=pyotp.TOTP(secret).at(time.now))
    assert "Queue" in visitor.get("/queue")


def test_who_has_none_of_these_roles_may_do_without(visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    assert "<h1" in visitor.get("/queue")
    assert "Your role needs" not in visitor.get("/you")


def test_who_comes_from_the_identity_provider_shows_codes_there(visitor: Visitor, desk: Desk) -> None:
    bea = person(desk, Role.LEGAL, name="Bea")
    cookie = sign_in_elsewhere(desk.db, bea.email, "https://id.example", desk.now())
    visitor.client.cookies.set("noticedesk", cookie)
    assert "Bea" in visitor.get("/counter")
