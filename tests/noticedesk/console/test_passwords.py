"""Changing one's password: with the one that one has, for all places at once, and no way to guess it."""

from dataclasses import replace

import pytest

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff import signin
from noticedesk.model.event import Event
from noticedesk.model.person import Person, Role
from noticedesk.store import credentials, records, sessions
from tests.noticedesk.console.factory import PASSWORD, Visitor, visiting
from tests.noticedesk.desk.factory import Time, person

NEW = "boats come home before the rain"


def changed(visitor: Visitor, old: str = PASSWORD, new: str = NEW, again: str = "", status: int = 200) -> str:
    return visitor.post("/you/password", status, old=old, password=new, again=again or new)


def test_a_password_is_changed_by_who_shows_the_one_they_have(visitor: Visitor, desk: Desk, ann: Person) -> None:
    with visiting(desk) as elsewhere:
        elsewhere.sign_in(ann)
        visitor.sign_in(ann)
        page = changed(visitor)
        assert "Your new password holds" in page and "1 place." in page
        assert "Sign in" in elsewhere.get("/queue"), "every other session has ended"
        elsewhere.post("/sign-in", 403, email=ann.email, password=PASSWORD)
        elsewhere.post("/sign-in", email=ann.email, password=NEW)
    with desk.db.read() as look:
        assert "password.changed" in [event.act for event in records.find(look, Event, actor=ann.id)]


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("", NEW, "", "not the password that you have"),
        ("something else altogether", NEW, "", "not the password that you have"),
        (PASSWORD.upper(), NEW, "", "not the password that you have"),
        (PASSWORD, NEW, f"{NEW}!", "differ"),
        (PASSWORD, "too short", "", "15 to"),
        (PASSWORD, "passwordpassword", "", "easily guessed"),
    ],
)
def test_nothing_is_changed_where_either_password_is_not_right(
    visitor: Visitor, ann: Person, old: str, new: str, again: str, says: str
) -> None:
    visitor.sign_in(ann)
    assert says in changed(visitor, old, new, again, 422)
    visitor.post("/sign-out")
    visitor.sign_in(ann)


def test_who_sits_at_an_open_session_cannot_guess_on(visitor: Visitor, ann: Person, time: Time) -> None:
    visitor.sign_in(ann)
    for number in range(9):
        changed(visitor, f"a guess with number {number}", status=422)
    assert "too many tries" in changed(visitor, status=429)


def test_an_account_rests_also_after_guesses_at_an_open_session(desk: Desk, ann: Person, time: Time) -> None:
    for number in range(credentials.TRIES):
        with pytest.raises(store.NotAccepted):
            signin.change_password(desk.db, ann, "", f"a guess with number {number}", NEW, desk.now())
    with pytest.raises(store.NotAccepted, match="too many"):
        signin.change_password(desk.db, ann, "", PASSWORD, NEW, desk.now())
    time.pass_(minutes=16)
    signin.change_password(desk.db, ann, "", PASSWORD, NEW, desk.now())


def test_a_code_is_still_asked_for_after_the_password_was_changed(visitor: Visitor, desk: Desk, ann: Person) -> None:
    visitor.sign_in(ann)
    with desk.db.write() as tx:
        known = credentials.find(tx, ann.id)
        assert known is not None
        records.replace(tx, replace(known, totp=credentials.new_code_secret()))
    changed(visitor)
    visitor.post("/sign-out")
    visitor.post("/sign-in", 403, email=ann.email, password=NEW)


def test_who_signs_in_elsewhere_has_no_password_to_change(visitor: Visitor, desk: Desk, ann: Person) -> None:
    visitor.sign_in(ann)
    assert 'action="/you/password"' in visitor.get("/you")
    vouched = person(desk, Role.SPECIALIST, name="Vouched")
    with desk.db.write() as tx:
        cookie = sessions.begin(tx, vouched.id, now=desk.now())
    visitor.client.cookies.clear()
    visitor.client.cookies.set("noticedesk", cookie)
    assert 'action="/you/password"' not in visitor.get("/you")
    changed(visitor, status=422)
