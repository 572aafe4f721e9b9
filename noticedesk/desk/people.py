"""People: who works at the desk. The first person and token need nobody's leave; after that it takes an admin."""

from dataclasses import dataclass
from datetime import datetime

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.permits import NotPermitted, require
from noticedesk.model.event import Actor
from noticedesk.model.person import Act, Credential, Person, Role, Token
from noticedesk.store import credentials, records

INSTALLATION = Actor(name="installation")
"""Who acts while nobody can: whoever has the shell on the machine."""


class UnknownPerson(ValueError):
    """Nobody has that id or address."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be added."""

    name: str
    email: str
    roles: tuple[Role, ...]


def nobody_yet(db: store.Database) -> bool:
    """Whether no person has been added."""
    with db.read() as look:
        return not records.find(look, Person, limit=1)


def no_token_yet(db: store.Database) -> bool:
    """Whether no token has been issued."""
    with db.read() as look:
        return not records.find(look, Token, limit=1)


def add(db: store.Database, by: Person | None, newcomer: Newcomer, now: datetime) -> Person:
    """Adds a person; raises NotPermitted unless `by` is an admin, or the first person becomes one."""
    if by is None and Role.ADMIN not in newcomer.roles:
        raise NotPermitted("the first person must be an admin, who adds the others: --role admin")
    with db.write() as tx:
        actor = _actor(by)
        return store.people.add_person(tx, newcomer.name, newcomer.email, newcomer.roles, actor, now=now)


def token(db: store.Database, by: Person | None, person: str, now: datetime) -> str:
    """A new token for the person with that id or address; raises NotPermitted or UnknownPerson."""
    with db.write() as tx:
        return store.people.issue_token(tx, _known(tx, person).id, _actor(by), now=now)


def nobody_signs_in_yet(db: store.Database) -> bool:
    """Whether nobody has chosen a password and no token was issued: then whoever has the shell makes the first link."""
    with db.read() as look:
        return not records.find(look, Credential, limit=1) and not records.find(look, Token, limit=1)


def invite(db: store.Database, by: Person | None, person: str, now: datetime) -> str:
    """The secret part of a set-up link for the person with that id or address; raises NotPermitted or UnknownPerson."""
    with db.write() as tx:
        return credentials.invite(tx, _known(tx, person).id, _actor(by), now=now)


def _known(look: store.Look, person: str) -> Person:
    known = records.find(look, Person, id=person) or records.find(look, Person, email=person.strip().lower())
    if not known:
        raise UnknownPerson(f"nobody has the id or address {person}; see noticedesk users list")
    return known[0]


def _actor(by: Person | None) -> Actor:
    if by is None:
        return INSTALLATION
    require(by, Act.MANAGE_PEOPLE)
    return acting(by)
