"""Signing in: one answer to everything that is wrong, limits, codes that work once, and sessions that can be ended."""

import re

import pyotp
import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.signin import REFUSED, Shown, sign_in
from noticedesk.model.event import Actor, Event
from noticedesk.model.person import Person, Role
from noticedesk.store import NotAccepted, credentials, people, records
from tests.noticedesk.console.factory import PASSWORD, SAME_ORIGIN, Visitor, visiting, with_password
from tests.noticedesk.desk.factory import Time, person

ADMIN = Actor(name="admin")


def acts(desk: Desk) -> list[str]:
    with desk.db.read() as look:
        return [event.act for event in records.find(look, Event)]


def invitation(desk: Desk, who: Person) -> str:
    with desk.db.write() as tx:
        return credentials.invite(tx, who.id, ADMIN, now=desk.now())


def test_the_right_password_opens_the_queue_and_is_an_event(visitor: Visitor, desk: Desk, ann: Person) -> None:
    assert "<h1" in visitor.sign_in(ann)
    assert "Queue" in visitor.get("/queue")
    assert acts(desk)[-1] == "session.begun"


def test_whatever_is_wrong_the_answer_is_the_same(visitor: Visitor, desk: Desk, ann: Person, time: Time) -> None:
    gone = with_password(desk, Role.SPECIALIST, name="Gone")
    with desk.db.write() as tx:
        people.set_active(tx, gone.id, False, ADMIN)
    no_account = person(desk, Role.SPECIALIST, name="Newcomer")
    tries = [(ann.email, "wrong"), ("nobody@shop.example", PASSWORD), (gone.email, PASSWORD), (no_account.email, "x")]
    answers = {
        re.sub(r'value="[^"]*@[^"]*"', "", visitor.post("/sign-in", 403, email=email, password=password))
        for email, password in tries
    }
    assert len(answers) == 1
    assert REFUSED in answers.pop()
    assert acts(desk)[-4:] == ["signin.refused"] * 4


def test_a_stranger_costs_as_much_time_as_somebody_known(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    known = with_password(desk, Role.SPECIALIST)
    asked: list[str] = []
    real = credentials.hasher

    class Counting:
        def verify(self, hash: str, password: str) -> bool:
            asked.append(hash)
            return real.verify(hash, password)

        def hash(self, password: str) -> str:
            return real.hash(password)

    monkeypatch.setattr(credentials, "hasher", Counting())
    for email in (known.email, "nobody@shop.example"):
        with pytest.raises(NotAccepted):
            sign_in(desk.db, Shown(email, "wrong"), desk.now())
    assert len(asked) == 2


def test_an_account_rests_after_ten_failures_even_for_the_right_password(desk: Desk, ann: Person, time: Time) -> None:
    for _ in range(credentials.TRIES):
        with pytest.raises(NotAccepted):
            sign_in(desk.db, Shown(ann.email, "wrong"), desk.now())
    with pytest.raises(NotAccepted):
        sign_in(desk.db, Shown(ann.email, PASSWORD), desk.now())
    time.pass_(minutes=16)
    assert sign_in(desk.db, Shown(ann.email, PASSWORD), desk.now())


def test_tries_from_one_place_are_limited(visitor: Visitor, ann: Person) -> None:
    for _ in range(10):
        visitor.post("/sign-in", 403, email=ann.email, password="wrong")
    assert "too many tries" in visitor.post("/sign-in", 429, email=ann.email, password=PASSWORD)


def test_a_one_time_code_is_asked_for_and_works_once(visitor: Visitor, desk: Desk, ann: Person, time: Time) -> None:
    visitor.sign_in(ann)
    secret = re.search(r'name="secret" value="([A-Z2-7]+)"', visitor.get("/you"))
    assert secret
    code = pyotp.TOTP(secret[1]).at(time.now)
    assert "for whenever you sign in" in visitor.post("/you/codes", secret=secret[1], code=code)
    visitor.post("/sign-out")
    time.pass_(minutes=1)
    visitor.post("/sign-in", 403, email=ann.email, password=PASSWORD)
    code = pyotp.TOTP(secret[1]).at(time.now)
    visitor.sign_in(ann, code)
    visitor.post("/sign-out")
    visitor.post("/sign-in", 403, email=ann.email, password=PASSWORD, code=code)


def test_a_set_up_link_works_once_and_only_for_a_good_password(visitor: Visitor, desk: Desk) -> None:
    bea = person(desk, Role.LEGAL, name="Bea")
    link = invitation(desk, bea)
    assert "Welcome, <bdi>Bea" in visitor.get(f"/welcome?link={link}")
    for password, problem in [("short", "15 to"), ("a" * 20, "different"), ("bea@shop.example", "own name|name or")]:
        answer = visitor.post("/welcome", 422, link=link, password=password, again=password)
        assert re.search(problem, answer)
    visitor.post("/welcome", 422, link=link, password=PASSWORD, again="another sentence here")
    assert "Bea" in visitor.post("/welcome", link=link, password=PASSWORD, again=PASSWORD)
    assert "does not work" in visitor.get(f"/welcome?link={link}", 403)


def test_a_newer_link_ends_an_older_one_and_links_grow_old(visitor: Visitor, desk: Desk, time: Time) -> None:
    bea = person(desk, Role.LEGAL, name="Bea")
    older, newer = invitation(desk, bea), invitation(desk, bea)
    visitor.get(f"/welcome?link={older}", 403)
    visitor.get(f"/welcome?link={newer}")
    time.pass_(days=4)
    visitor.get(f"/welcome?link={newer}", 403)


def test_a_session_ends_when_idle_when_signed_out_and_everywhere_at_once(
    visitor: Visitor, desk: Desk, ann: Person, time: Time
) -> None:
    visitor.sign_in(ann)
    time.pass_(minutes=50)
    assert "Queue" in visitor.get("/queue")
    time.pass_(minutes=50)
    assert "Queue" in visitor.get("/queue"), "a page that is read keeps the session from falling idle"
    time.pass_(minutes=61)
    assert "Sign in" in visitor.get("/queue")
    with visiting(desk) as other:
        visitor.sign_in(ann)
        other.sign_in(ann)
        assert "2 places" in visitor.get("/you")
        visitor.post("/you/sign-out-everywhere")
        assert "Sign in" in other.get("/queue")


def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(desk: Desk, ann: Person) -> None:
    fields = {"email": ann.email, "password": PASSWORD}
    with visiting(desk, url="https://desk.example") as visitor:
        visitor.client.base_url = "https://desk.example"
        answer = visitor.client.post("/sign-in", data=fields, headers=SAME_ORIGIN, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    for part in ("__host-noticedesk=", "httponly", "secure", "samesite=lax", "path=/"):
        assert part in cookie
    assert "domain" not in cookie


@pytest.mark.parametrize("path", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(visitor: Visitor, ann: Person, path: str) -> None:
    fields = {"email": ann.email, "password": PASSWORD, "next": path}
    answer = visitor.client.post("/sign-in", data=fields, headers=SAME_ORIGIN, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_an_admin_manages_people_and_sees_no_case(visitor: Visitor, desk: Desk) -> None:
    visitor.sign_in(with_password(desk, Role.ADMIN, name="Root"))
    visitor.get("/you")
    assert "may not read case" in visitor.get("/queue", 403)
    visitor.post("/case/C-any/decide", 403, allegation="A", version="1", reason="copy", action="disable")
