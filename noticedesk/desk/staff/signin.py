"""Signing in to the console: the same answer to everything that is not right, and an event for each attempt."""

from dataclasses import dataclass, field
from datetime import datetime

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.model.event import Actor
from noticedesk.model.person import Person
from noticedesk.store import chain, credentials, records, sessions

REFUSED = "The address, the password or the code is not right, or there were too many tries. Try again in 15 minutes."
"""What is said whatever was wrong, so that nobody learns who works here."""

CONSOLE = Actor(name="console")


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody showed to be let in."""

    email: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)


def sign_in(db: store.Database, shown: Shown, now: datetime) -> str:
    """A session's cookie for who showed the right password and code; raises NotAccepted, always in the same words."""
    with db.read() as look:
        person = _known(look, shown.email)
        credential = credentials.find(look, person.id) if person else None
    right = credentials.matches(credential, shown.password)
    with db.write() as tx:
        cookie = _begun(tx, person, shown.code, now) if person and right else ""
        if not cookie:
            _refuse(tx, person, now)
    if not cookie:
        raise store.NotAccepted(REFUSED)
    return cookie


def sign_in_elsewhere(db: store.Database, email: str, issuer: str, now: datetime) -> str:
    """A session's cookie for the person whom the identity provider vouches for; raises NotAccepted for a stranger."""
    with db.write() as tx:
        person = _known(tx, email)
        if person and person.active:
            chain.append(tx, acting(person), "signin.vouched", person.id, None, {"issuer": issuer})
            return sessions.begin(tx, person.id, now=now)
        chain.append(tx, CONSOLE, "signin.refused", person.id if person else "nobody", None, {"issuer": issuer})
    raise store.NotAccepted("Nobody here has the address that the identity provider named; ask an admin to add you.")


def choose_password(db: store.Database, link: str, password: str, now: datetime) -> str:
    """A session's cookie for who used a set-up link; every other session of theirs ends.

    Raises NotAccepted for the link and credentials.WeakPassword for the password.
    """
    with db.read() as look:
        hashed = credentials.hashed(password, credentials.invited(look, link, now=now))
    with db.write() as tx:
        person = credentials.accept(tx, link, hashed, now=now)
        sessions.end_all(tx, person.id, acting(person), now=now)
        return sessions.begin(tx, person.id, now=now)


def change_password(db: store.Database, person: Person, cookie: str, old: str, new: str, now: datetime) -> None:
    """Changes the password of who is signed in and shows the one they have; every other session of theirs ends.

    Raises NotAccepted for a wrong one, which counts like a failed sign-in, and credentials.WeakPassword for the new.
    """
    with db.read() as look:
        known = credentials.find(look, person.id)
    right = credentials.matches(known, old) and known is not None and not credentials.is_resting(known, now=now)
    hashed = credentials.hashed(new, person) if right else ""
    with db.write() as tx:
        if right:
            credentials.change(tx, person.id, hashed, now=now)
            sessions.end_all(tx, person.id, acting(person), now=now, but=cookie)
        else:
            _refuse(tx, person, now)
    if not right:
        raise store.NotAccepted("That is not the password that you have, or there were too many tries.")


def _begun(tx: store.Transaction, person: Person, code: str, now: datetime) -> str:
    """The cookie, or nothing where the account rests, is closed, or the code is not right."""
    known = credentials.find(tx, person.id)
    if known is None or not person.active or credentials.is_resting(known, now=now):
        return ""
    if not credentials.use_code(tx, known, code, now=now):
        return ""
    credentials.succeeded(tx, person.id)
    return sessions.begin(tx, person.id, now=now)


def _refuse(tx: store.Transaction, person: Person | None, now: datetime) -> None:
    known = credentials.find(tx, person.id) if person else None
    if known and not credentials.is_resting(known, now=now):
        credentials.failed(tx, known, now=now)
    chain.append(tx, CONSOLE, "signin.refused", person.id if person else "nobody", None)


def _known(look: store.Look, email: str) -> Person | None:
    return next(iter(records.find(look, Person, email=email.strip().lower())), None)
