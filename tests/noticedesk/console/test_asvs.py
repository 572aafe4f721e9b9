"""OWASP ASVS 5.0, item by item: docs/security.md names a test for each, and what had none stands here."""

import logging
import re
from pathlib import Path

import pytest

from noticedesk import store
from noticedesk.console import overview
from noticedesk.console.pages import PAGES
from noticedesk.desk.desk import Desk
from noticedesk.model.event import Actor, Event
from noticedesk.model.person import PERMITTED, Person, Role, Session
from noticedesk.store import credentials, records
from tests.noticedesk.console.factory import PASSWORD, SAME_ORIGIN, Visitor, visiting, with_password
from tests.noticedesk.desk.factory import person

ROOT = Path(__file__).parents[3]
ROW = re.compile(r"^\| ([\d.]+) \| .+ \| `([^`]+)` \|$", re.MULTILINE)
WANTED = re.findall(
    r"[\d.]+",
    """
    1.3.6 3.2.1 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.3 3.4.4 3.4.5 3.4.6 3.4.7 3.4.8 3.5.1 3.5.3 4.1.1 4.1.5 5.2.1
    5.2.2 5.2.3 5.2.6 5.3.2 5.4.1 5.4.2 5.4.3 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.3.1 6.3.2 6.3.3
    6.3.8 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 7.4.5 8.2.1 8.2.2 8.2.3 8.3.1 8.3.2 16.2.1 16.2.2 16.2.3
    16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 16.5.1 16.5.2 16.5.3 16.5.4
    """,
)


def table() -> dict[str, str]:
    return dict(ROW.findall((ROOT / "docs/security.md").read_text()))


def test_the_table_names_every_item() -> None:
    assert set(WANTED) <= set(table())


@pytest.mark.parametrize(("item", "shown_by"), sorted(table().items()))
def test_every_item_has_a_test_that_exists(item: str, shown_by: str) -> None:
    path, _, name = shown_by.partition("::")
    assert (ROOT / path).exists(), item
    assert not name or re.search(rf"^def {name}\(", (ROOT / path).read_text(), re.MULTILINE), item


def test_strict_transport_lasts_a_year_for_all_below_too(desk: Desk) -> None:
    with visiting(desk, url="https://desk.example") as outer:
        asked = outer.client.get("https://desk.example/sign-in").headers["strict-transport-security"]
    assert "includeSubDomains" in asked
    assert int(re.search(r"max-age=(\d+)", asked)[1]) >= 365 * 24 * 3600  # type: ignore[index]


def test_no_page_is_framed_and_policy_breaks_are_reported_to_us(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    policy = visitor.client.get("/sign-in").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy and "report-uri /csp-reports" in policy
    visitor.client.post("/csp-reports", headers=SAME_ORIGIN)
    assert "broke the content policy" in caplog.text


def test_every_page_says_what_it_is(visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    for page in PAGES:
        if page.method == "GET" and "{" not in page.path:
            answer = visitor.client.get(page.path)
            assert answer.headers["content-type"] == "text/html; charset=utf-8", page.path
            assert page.open or 'action="/sign-out"' in answer.text, page.path


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("fourteen chars", "15 to"),
        ("passwordpassword", "easily guessed"),
        ("qwertyuiopasdfgh", "easily guessed"),
        ("123456789012345", "easily guessed"),
        ("iloveyouiloveyou", "easily guessed|different"),
        ("aaaaaaaaaaaaaaaa", "different"),
        ("harbours lie still at night", ""),
        ("Unter den Linden, halb vier", ""),
        ("When the harbour master whistled nineteen gulls left the crane and none came back before the tide", ""),
    ],
)
def test_which_passwords_are_taken(ann: Person, password: str, problem: str) -> None:
    if problem:
        with pytest.raises(credentials.WeakPassword, match=problem):
            credentials.hashed(password, ann)
    else:
        assert credentials.hashed(password, ann)


def test_password_fields_hide_and_let_managers_fill_and_paste(visitor: Visitor, desk: Desk) -> None:
    newcomer = person(desk, Role.LEGAL, name="New")
    with desk.db.write() as tx:
        link = credentials.invite(tx, newcomer.id, Actor(name="test"), now=desk.now())
    for page, known in ((visitor.get("/sign-in"), "current"), (visitor.get(f"/welcome?link={link}"), "new")):
        fields = re.findall(r'<input type="password"[^>]*>', page)
        assert fields and all(f'autocomplete="{known}-password"' in field for field in fields)
        assert "onpaste" not in page


def test_a_password_is_what_was_typed_to_the_letter(visitor: Visitor, ann: Person) -> None:
    for wrong in (PASSWORD.upper(), f" {PASSWORD}", f"{PASSWORD} ", PASSWORD[:-1]):
        visitor.post("/sign-in", 403, email=ann.email, password=wrong)
    visitor.sign_in(ann)


def test_a_desk_as_installed_lets_nobody_in(visitor: Visitor, desk: Desk) -> None:
    for email in ("admin", "admin@example.com", "root@localhost"):
        for password in ("admin", "password", ""):
            visitor.post("/sign-in", 403, email=email, password=password)
    with desk.db.read() as look:
        assert records.find(look, Person) == []


def test_a_session_is_a_long_random_secret_and_another_at_every_sign_in(
    visitor: Visitor, desk: Desk, ann: Person
) -> None:
    visitor.sign_in(ann)
    first = visitor.client.cookies["noticedesk"]
    answer = visitor.client.post(
        "/sign-in", data={"email": ann.email, "password": PASSWORD}, headers=SAME_ORIGIN, follow_redirects=False
    )
    assert answer.status_code == 303
    second = visitor.client.cookies["noticedesk"]
    assert first != second and len(second.partition("_")[2]) >= 43, "43 letters of base 64 are 256 bits"
    with desk.db.read() as look:
        kept = {one.ended_at is None: one for one in records.find(look, Session)}
    assert set(kept) == {True, False}, "the session before has ended"
    assert second.partition("_")[2] not in repr(kept)


def test_a_new_password_ends_every_other_session(visitor: Visitor, desk: Desk, ann: Person) -> None:
    visitor.sign_in(ann)
    with desk.db.write() as tx:
        link = credentials.invite(tx, ann.id, Actor(name="test"), now=desk.now())
    with visiting(desk) as elsewhere:
        new = "boats come home before the rain"
        elsewhere.post("/welcome", link=link, password=new, again=new)
        assert "Sign in" in visitor.get("/queue")
        assert "1 place." in elsewhere.get("/you")


@pytest.mark.parametrize("role", list(Role))
def test_no_page_opens_to_a_role_that_may_not(visitor: Visitor, desk: Desk, role: Role) -> None:
    visitor.sign_in(with_password(desk, role, name="One"))
    closed = [page for page in PAGES if page.needs and page.needs not in PERMITTED[role]]
    assert closed, "no role may do everything"
    for page in closed:
        answer = visitor.client.request(page.method, re.sub(r"\{\w+\}", "X-1", page.path), headers=SAME_ORIGIN)
        assert answer.status_code == 403, (role, page.path)


def test_nobody_who_is_not_signed_in_sees_or_does_anything(visitor: Visitor) -> None:
    for page in PAGES:
        if not page.open:
            path = re.sub(r"\{\w+\}", "X-1", page.path)
            answer = visitor.client.request(page.method, path, headers=SAME_ORIGIN, follow_redirects=False)
            assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in"), page.path


def test_events_are_in_utc(visitor: Visitor, desk: Desk, ann: Person) -> None:
    visitor.sign_in(ann)
    with desk.db.read() as look:
        assert all(f"{event.at:%z}" == "+0000" for event in records.find(look, Event))


def test_no_secret_is_logged(visitor: Visitor, desk: Desk, ann: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with desk.db.write() as tx:
        token = store.people.issue_token(tx, ann.id, Actor(name="test"), now=desk.now())
        link = credentials.invite(tx, ann.id, Actor(name="test"), now=desk.now())
    visitor.post("/sign-in", 403, email=ann.email, password="a wrong one of hers", code="123456")
    visitor.sign_in(ann)
    secrets = [visitor.client.cookies["noticedesk"], token, link]
    with desk.db.read() as look:
        logged = repr(records.find(look, Event)) + "".join(
            f"{record.getMessage()}{record.__dict__.get('who', '')}"
            for record in caplog.records
            if "noticedesk" in record.name
        )
    for secret in (PASSWORD, "a wrong one of hers", "123456", *(one.rpartition("_")[2] for one in secrets)):
        assert secret not in logged


def test_what_somebody_may_not_and_what_comes_from_elsewhere_is_logged(
    visitor: Visitor, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.sign_in(ann)
    visitor.get("/people", 403)
    (told,) = [record for record in caplog.records if "may not" in record.getMessage()]
    assert (told.__dict__["who"], told.__dict__["where"]) == (ann.id, "/people")
    visitor.client.post("/queue/next", headers={"sec-fetch-site": "cross-site"})
    (turned,) = [record for record in caplog.records if "turned away" in record.getMessage()]
    assert (turned.__dict__["status"], turned.__dict__["where"]) == (403, "/queue/next")


def test_an_error_tells_the_log_and_not_the_person(
    visitor: Visitor, ann: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(_name: str) -> object:
        raise RuntimeError("the secret of the database is hunter2")

    monkeypatch.setattr(overview, "report", breaks)
    visitor.sign_in(ann)
    page = visitor.get("/overview", 500)
    assert "Something went wrong" in page and "Nothing was saved" in page
    assert "hunter2" not in page and "Traceback" not in page
    assert any(record.exc_info for record in caplog.records if "a page failed" in record.getMessage())
