"""The people page: an admin adds, changes and closes accounts, and what they change holds at once."""

import re
from collections.abc import Iterator

import pytest

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.model.event import Event
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.console.factory import PASSWORD, Visitor, visiting, with_password


@pytest.fixture
def root(desk: Desk) -> Person:
    return with_password(desk, Role.ADMIN, name="Root")


@pytest.fixture
def admin(desk: Desk, root: Person) -> Iterator[Visitor]:
    with visiting(desk) as browser:
        browser.sign_in(root)
        yield browser


def told(page: str) -> str:
    """What the page shows once: a link or a token."""
    found = re.search(r'<code class="secret">([^<]+)</code>', page)
    assert found, page
    return found[1]


def person_of(desk: Desk, id: str) -> Person:
    with desk.db.read() as look:
        return records.get(look, Person, id)


def test_somebody_is_added_and_comes_in_by_their_link(admin: Visitor, desk: Desk) -> None:
    page = admin.post("/people", name="Bea  Blue", email="Bea@shop.example", role="legal")
    assert "Bea Blue" in page
    with visiting(desk) as bea:
        link = told(page).partition("/welcome")[2]
        assert "Bea Blue" in bea.get(f"/welcome{link}")
        bea.post("/welcome", link=link.partition("=")[2], password=PASSWORD, again=PASSWORD)
        assert "Answered" in bea.get("/queue")


def test_roles_hold_from_the_next_click_on(admin: Visitor, desk: Desk, ann: Person) -> None:
    with visiting(desk) as hers:
        hers.sign_in(ann)
        hers.get("/queue")
        assert "hold from now on" in admin.post(f"/people/{ann.id}/roles", role="analyst")
        assert "may not read case" in hers.get("/queue", 403)
        hers.get("/overview")
    assert person_of(desk, ann.id).roles == (Role.ANALYST,)


def test_a_closed_account_ends_its_sessions_and_tokens_at_once(admin: Visitor, desk: Desk, ann: Person) -> None:
    token = told(admin.post(f"/people/{ann.id}/token"))
    with visiting(desk) as hers:
        hers.sign_in(ann)
        page = admin.get("/people")
        assert "signed in at 1 place," in page
        assert "closed" in admin.post(f"/people/{ann.id}/close")
        assert "Sign in" in hers.get("/queue")
        hers.post("/sign-in", 403, email=ann.email, password=PASSWORD)
        admin.post(f"/people/{ann.id}/reopen")
        assert "Sign in" in hers.get("/queue"), "an account that is open again is signed in to anew"
        hers.sign_in(ann)
    with desk.db.read() as look, pytest.raises(store.NotAccepted):
        store.people.person_of(look, token)


def test_a_token_is_shown_once_and_taken_back(admin: Visitor, desk: Desk, ann: Person) -> None:
    token = told(admin.post(f"/people/{ann.id}/token"))
    with desk.db.read() as look:
        assert store.people.person_of(look, token).id == ann.id
    page = admin.get("/people")
    assert token not in page and token.split("_")[1] in page
    assert "no longer works" in admin.post("/people/revoke", token=token.split("_")[1])
    with desk.db.read() as look, pytest.raises(store.NotAccepted):
        store.people.person_of(look, token)


def test_somebody_is_signed_out_everywhere_by_an_admin(admin: Visitor, desk: Desk, ann: Person) -> None:
    with visiting(desk) as one, visiting(desk) as other:
        one.sign_in(ann)
        other.sign_in(ann)
        admin.post(f"/people/{ann.id}/sign-out")
        for browser in (one, other):
            assert "Sign in" in browser.get("/queue")


def test_who_lost_password_and_codes_gets_a_new_link(admin: Visitor, desk: Desk, ann: Person) -> None:
    link = told(admin.post(f"/people/{ann.id}/link")).partition("link=")[2]
    with visiting(desk) as hers:
        hers.post("/welcome", link=link, password="another sentence of hers", again="another sentence of hers")
        assert "Queue" in hers.get("/queue")


@pytest.mark.parametrize(
    ("roles", "says"),
    [(["admin", "specialist"], "decides nothing"), (["legal", "admin"], "two accounts"), ([], "role")],
)
def test_nobody_who_lets_people_in_decides_cases(
    admin: Visitor, desk: Desk, ann: Person, roles: list[str], says: str
) -> None:
    fields = {"role": ",".join(roles)} if roles else {}
    assert says in admin.post(f"/people/{ann.id}/roles", 422, **fields)
    assert says in admin.post("/people", 422, name="New", email="new@shop.example", **fields)
    assert person_of(desk, ann.id) == ann


def test_nobody_changes_their_own_account(admin: Visitor, desk: Desk, root: Person) -> None:
    assert "another admin" in admin.post(f"/people/{root.id}/roles", 422, role="legal")
    assert "another admin" in admin.post(f"/people/{root.id}/close", 422)
    assert person_of(desk, root.id) == root


def test_every_change_is_an_event_under_the_name_of_the_admin(
    admin: Visitor, desk: Desk, ann: Person, root: Person
) -> None:
    admin.post(f"/people/{ann.id}/roles", role="legal")
    admin.post(f"/people/{ann.id}/close")
    with desk.db.read() as look:
        acts = [event.act for event in records.find(look, Event, subject=ann.id, actor=root.id)]
    assert acts == ["person.roles", "person.deactivated"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_sees_or_changes_people(visitor: Visitor, desk: Desk, ann: Person, role: Role) -> None:
    visitor.sign_in(with_password(desk, role, name="Other"))
    visitor.get("/people", 403)
    for act in ("roles", "link", "token", "sign-out", "close", "reopen"):
        visitor.post(f"/people/{ann.id}/{act}", 403, role="admin")
    visitor.post("/people", 403, name="New", email="new@shop.example", role="admin")
    visitor.post("/people/revoke", 403, token="T-1")
