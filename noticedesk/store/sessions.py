"""Who is signed in to the console: sessions that can be ended at once, which a signed cookie cannot."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from noticedesk.model.event import Actor
from noticedesk.model.ids import new_id
from noticedesk.model.person import Person, Session
from noticedesk.store import records
from noticedesk.store.chain import append
from noticedesk.store.database import Look, Transaction
from noticedesk.store.secret import NotAccepted, carried, new_secret

IDLE: Final = timedelta(hours=1)
"""How long a session lasts unused."""

LONGEST: Final = timedelta(hours=12)
"""How long a session lasts at most: a working day, then one signs in again."""

_SEEN_NOTED_EVERY: Final = timedelta(minutes=5)


def begin(tx: Transaction, person: str, *, now: datetime) -> str:
    """A new session of an active person, as `<id>_<secret>` for the cookie; who they are was proved before."""
    if not records.get(tx, Person, person).active:
        raise NotAccepted(f"{person} is not active")
    secret, sha256 = new_secret()
    session = Session(
        id=new_id("S"), person=person, sha256=sha256, created_at=now, seen_at=now, expires_at=now + LONGEST
    )
    records.add(tx, session)
    append(tx, Actor(name=person, person=True), "session.begun", session.id, None)
    return f"{session.id}_{secret}"


def person_of(look: Look, cookie: str, *, now: datetime) -> Person:
    """The active person who is signed in; raises NotAccepted when nobody is, or no longer."""
    session = carried(look, Session, cookie)
    person = records.get(look, Person, session.person) if session else None
    if session is None or person is None or not person.active or not _runs(session, now):
        raise NotAccepted("nobody is signed in; sign in again")
    return person


def running(look: Look, person: str, *, now: datetime) -> list[Session]:
    """The sessions of a person that have not ended, fallen idle or grown old."""
    return [one for one in records.find(look, Session, person=person, ended_at=None) if _runs(one, now)]


def is_worth_noting(look: Look, cookie: str, *, now: datetime) -> bool:
    """Whether `note_use` would write, so that a page that is only read need not wait for a writer."""
    session = carried(look, Session, cookie)
    return session is not None and _runs(session, now) and now - session.seen_at >= _SEEN_NOTED_EVERY


def note_use(tx: Transaction, cookie: str, *, now: datetime) -> None:
    """Keeps a running session from falling idle; written at most once in five minutes."""
    session = carried(tx, Session, cookie)
    if session and _runs(session, now) and now - session.seen_at >= _SEEN_NOTED_EVERY:
        records.replace(tx, replace(session, seen_at=now))


def end(tx: Transaction, cookie: str, *, now: datetime) -> None:
    """Signs out."""
    session = carried(tx, Session, cookie)
    if session and session.ended_at is None:
        _end(tx, session, Actor(name=session.person, person=True), now)


def end_all(tx: Transaction, person: str, actor: Actor, *, now: datetime, but: str = "") -> int:
    """Ends every session of a person, wherever they are signed in, and returns how many; the one with cookie `but`
    goes on."""
    own = carried(tx, Session, but) if but else None
    running = [one for one in records.find(tx, Session, person=person, ended_at=None) if one != own]
    for session in running:
        _end(tx, session, actor, now)
    return len(running)


def _end(tx: Transaction, session: Session, actor: Actor, now: datetime) -> None:
    records.replace(tx, replace(session, ended_at=now))
    append(tx, actor, "session.ended", session.id, None)


def _runs(session: Session, now: datetime) -> bool:
    return session.ended_at is None and now < session.expires_at and now - session.seen_at < IDLE
