import re
from dataclasses import replace

import pytest
from sqlalchemy import text

from noticedesk import store
from noticedesk.model.event import Actor, Event
from noticedesk.model.person import Act, Person, Role, Token
from noticedesk.store import people, records
from noticedesk.store.people import NotAccepted
from tests.noticedesk.store.factory import BOTH, MINUTE, NOON

pytestmark = BOTH

ADMIN = Actor(name="P-admin", person=True)


def ann(tx: store.Transaction) -> Person:
    return people.add_person(tx, "Ann", " Ann@Desk.Example ", [Role.LEGAL, Role.SPECIALIST], ADMIN, now=NOON)


def test_a_person_is_known_by_a_token_of_which_only_the_digest_is_kept(db: store.Database) -> None:
    with db.write() as tx:
        person = ann(tx)
        token = people.issue_token(tx, person.id, ADMIN, now=NOON)
    prefix, id, secret = token.split("_")
    assert (prefix, re.fullmatch(r"[A-Za-z0-9-]+", id) is not None, len(secret)) == ("ndk", True, 64)
    with db.read() as look:
        assert people.person_of(look, token) == person
        assert people.person_of(look, f" {token}\n") == person
        kept = "".join(str(row) for table in ("tokens", "events") for row in look.run(text(f"SELECT * FROM {table}")))
    assert secret not in kept


@pytest.mark.parametrize("wrong", ["", "ndk", "ndk__", "ndk_T-1_x", "{0}0", "xxx{1}", "ndk_{2}_", "ndk_{2}_\ud800"])
def test_no_other_text_is_a_token(db: store.Database, wrong: str) -> None:
    with db.write() as tx:
        token = people.issue_token(tx, ann(tx).id, ADMIN, now=NOON)
    with db.read() as look, pytest.raises(NotAccepted):
        people.person_of(look, wrong.format(token, token[3:], token.split("_")[1]))


def test_a_revoked_token_and_one_of_an_inactive_person_are_not_accepted(db: store.Database) -> None:
    with db.write() as tx:
        person = ann(tx)
        first, second = (people.issue_token(tx, person.id, ADMIN, now=NOON) for _ in range(2))
        people.revoke(tx, first.split("_")[1], ADMIN, now=NOON)
        with pytest.raises(NotAccepted):
            people.person_of(tx, first)
        assert people.person_of(tx, second) == person
        people.set_active(tx, person.id, False, ADMIN)
        with pytest.raises(NotAccepted):
            people.person_of(tx, second)
        people.set_active(tx, person.id, True, ADMIN)
        assert people.person_of(tx, second) == person


def test_an_address_belongs_to_one_person_whatever_its_case(db: store.Database) -> None:
    with db.write() as tx:
        assert ann(tx).email == "ann@desk.example"
    with pytest.raises(store.Conflict), db.write() as tx:
        people.add_person(tx, "Other", "ANN@desk.example", [Role.ANALYST], ADMIN, now=NOON)


def test_roles_are_what_was_set_last(db: store.Database) -> None:
    with db.write() as tx:
        person = ann(tx)
        assert person.roles == (Role.SPECIALIST, Role.LEGAL)
        changed = people.set_roles(tx, person.id, [Role.ADMIN], ADMIN)
    assert changed == replace(person, roles=(Role.ADMIN,))
    assert not changed.may(Act.DECIDE)


def test_every_change_of_people_and_tokens_is_logged_by_ids_only(db: store.Database) -> None:
    with db.write() as tx:
        person = ann(tx)
        token = people.issue_token(tx, person.id, ADMIN, now=NOON).split("_")[1]
        people.revoke(tx, token, ADMIN, now=NOON)
        people.revoke(tx, token, ADMIN, now=NOON)
        people.set_roles(tx, person.id, [Role.ADMIN], ADMIN)
        people.set_active(tx, person.id, False, ADMIN)
        log = records.find(tx, Event)
    acts = ["person.added", "token.issued", "token.revoked", "person.roles", "person.deactivated"]
    assert [event.act for event in log] == acts
    assert {event.actor for event in log} == {"P-admin"}
    assert "Ann" not in str(log) and "ann@" not in str(log)


def test_the_use_of_a_token_is_noted_now_and_then(db: store.Database) -> None:
    with db.write() as tx:
        token = people.issue_token(tx, ann(tx).id, ADMIN, now=NOON)
        for minutes in (0, 4, 6):
            people.note_use(tx, token, now=NOON + minutes * MINUTE)
            used = records.get(tx, Token, token.split("_")[1]).last_used_at
            assert used == NOON + (6 if minutes == 6 else 0) * MINUTE
