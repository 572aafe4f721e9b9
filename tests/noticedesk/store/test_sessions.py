from datetime import timedelta

import pytest
from sqlalchemy import text

from noticedesk import store
from noticedesk.model.event import Actor, Event
from noticedesk.model.person import Person
from noticedesk.store import people, records, sessions
from noticedesk.store.secret import NotAccepted
from tests.noticedesk.store.factory import BOTH, MINUTE, NOON, person

pytestmark = BOTH

ADMIN = Actor(name="P-admin", person=True)


def signed_in(tx: store.Transaction) -> tuple[Person, str]:
    records.add(tx, ann := person())
    return ann, sessions.begin(tx, ann.id, now=NOON)


def test_who_is_signed_in_is_known_by_a_secret_of_which_only_the_digest_is_kept(db: store.Database) -> None:
    with db.write() as tx:
        ann, cookie = signed_in(tx)
        assert sessions.person_of(tx, cookie, now=NOON) == ann
        kept = "".join(str(row) for table in ("sessions", "events") for row in tx.run(text(f"SELECT * FROM {table}")))
    assert cookie.split("_")[1] not in kept


@pytest.mark.parametrize("wrong", ["", "_", "{0}0", "{1}_", "S-0_x"])
def test_no_other_text_is_a_session(db: store.Database, wrong: str) -> None:
    with db.write() as tx:
        _, cookie = signed_in(tx)
        with pytest.raises(NotAccepted):
            sessions.person_of(tx, wrong.format(cookie, cookie.split("_")[0]), now=NOON)


def test_a_session_falls_idle_unless_it_is_used_and_ends_after_a_day_of_work_all_the_same(db: store.Database) -> None:
    with db.write() as tx:
        ann, cookie = signed_in(tx)
        with pytest.raises(NotAccepted):
            sessions.person_of(tx, cookie, now=NOON + sessions.IDLE)
        now = NOON
        while now + 30 * MINUTE < NOON + sessions.LONGEST:
            now += 30 * MINUTE
            assert sessions.person_of(tx, cookie, now=now) == ann
            sessions.note_use(tx, cookie, now=now)
        with pytest.raises(NotAccepted):
            sessions.person_of(tx, cookie, now=NOON + sessions.LONGEST)


def test_an_idle_session_is_not_woken_by_using_it(db: store.Database) -> None:
    with db.write() as tx:
        _, cookie = signed_in(tx)
        late = NOON + sessions.IDLE + timedelta(seconds=1)
        sessions.note_use(tx, cookie, now=late)
        with pytest.raises(NotAccepted):
            sessions.person_of(tx, cookie, now=late)


def test_signing_out_ends_one_session_and_an_admin_may_end_all(db: store.Database) -> None:
    with db.write() as tx:
        ann, first = signed_in(tx)
        second, third = (sessions.begin(tx, ann.id, now=NOON) for _ in range(2))
        sessions.end(tx, first, now=NOON)
        sessions.end(tx, first, now=NOON)
        with pytest.raises(NotAccepted):
            sessions.person_of(tx, first, now=NOON)
        assert sessions.person_of(tx, second, now=NOON) == ann
        assert sessions.end_all(tx, ann.id, ADMIN, now=NOON) == 2
        with pytest.raises(NotAccepted):
            sessions.person_of(tx, third, now=NOON)
        assert [(e.act, e.actor) for e in records.find(tx, Event)] == [
            *[("session.begun", ann.id)] * 3,
            ("session.ended", ann.id),
            *[("session.ended", "P-admin")] * 2,
        ]


def test_who_is_not_active_is_not_signed_in(db: store.Database) -> None:
    with db.write() as tx:
        ann, cookie = signed_in(tx)
        people.set_active(tx, ann.id, False, ADMIN)
        with pytest.raises(NotAccepted):
            sessions.person_of(tx, cookie, now=NOON)
        with pytest.raises(NotAccepted):
            sessions.begin(tx, ann.id, now=NOON)
