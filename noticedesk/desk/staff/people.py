"""People: who works at the desk. The first person and token need nobody's leave; after that it takes an admin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.staff.permits import NotPermitted, require
from noticedesk.model.event import Actor
from noticedesk.model.person import PERMITTED, Act, Credential, Person, Role, Session, Token
from noticedesk.store import credentials, records, sessions

INSTALLATION = Actor(name="installation")
"""Who acts while nobody can: whoever has the shell on the machine."""


class UnknownPerson(ValueError):
    """Nobody has that id or address."""


class BadRoles(ValueError):
    """Roles that one person cannot have together, or that would leave the desk without an admin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A person as an admin sees them: how they sign in, where they are signed in, and their working tokens."""

    person: Person
    has_password: bool
    has_codes: bool
    rests: bool
    sessions: Sequence[Session]
    tokens: Sequence[Token]


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
    """Adds a person; raises BadRoles, and NotPermitted unless `by` is an admin, or the first person becomes one."""
    if by is None and Role.ADMIN not in newcomer.roles:
        raise NotPermitted("the first person must be an admin, who adds the others: --role admin")
    _fit(newcomer.roles)
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


def standing(look: store.Look, by: Person, *, now: datetime) -> list[Standing]:
    """Everybody of the desk by name, with how and where they sign in; raises NotPermitted."""
    require(by, Act.MANAGE_PEOPLE)
    keys = {item.id: item for item in records.find(look, Credential)}
    tokens = records.find(look, Token, revoked_at=None)
    return [
        Standing(
            person=person,
            has_password=person.id in keys,
            has_codes=person.id in keys and bool(keys[person.id].totp),
            rests=person.id in keys and credentials.is_resting(keys[person.id], now=now),
            sessions=sessions.running(look, person.id, now=now),
            tokens=[token for token in tokens if token.person == person.id],
        )
        for person in sorted(records.find(look, Person), key=lambda one: (not one.active, one.name.casefold(), one.id))
    ]


def change_roles(db: store.Database, by: Person, person: str, roles: Sequence[Role]) -> Person:
    """The person with these roles, from their next request on; raises NotPermitted, UnknownPerson and BadRoles."""
    require(by, Act.MANAGE_PEOPLE)
    _fit(roles)
    with db.write() as tx:
        known = _another(tx, by, person)
        return store.people.set_roles(tx, known.id, roles, acting(by))


def change_active(db: store.Database, by: Person, person: str, active: bool, now: datetime) -> Person:
    """Lets a person act, or lets them act no longer: then every session and token of theirs ends at once."""
    require(by, Act.MANAGE_PEOPLE)
    with db.write() as tx:
        known = _another(tx, by, person)
        if not active:
            sessions.end_all(tx, known.id, acting(by), now=now)
            for token in records.find(tx, Token, person=known.id, revoked_at=None):
                store.people.revoke(tx, token.id, acting(by), now=now)
        return store.people.set_active(tx, known.id, active, acting(by))


def end_sessions(db: store.Database, by: Person, person: str, now: datetime) -> int:
    """Signs a person out everywhere and says of how many places; raises NotPermitted or UnknownPerson."""
    require(by, Act.MANAGE_PEOPLE)
    with db.write() as tx:
        return sessions.end_all(tx, _known(tx, person).id, acting(by), now=now)


def revoke(db: store.Database, by: Person, token: str, now: datetime) -> None:
    """Takes a personal token back, given by its id; raises NotPermitted or store.Missing."""
    require(by, Act.MANAGE_PEOPLE)
    with db.write() as tx:
        store.people.revoke(tx, token, acting(by), now=now)


def _fit(roles: Sequence[Role]) -> None:
    """Raises BadRoles for none, and for an admin who could approve what they let themselves approve."""
    if not roles:
        raise BadRoles("a person needs at least one role; to end an account, close it")
    also = [role for role in roles if Act.DECIDE in PERMITTED[role]]
    if Role.ADMIN in roles and also:
        raise BadRoles(f"an admin decides nothing, so nobody is admin and {' and '.join(also)}; use two accounts")


def _another(look: store.Look, by: Person, person: str) -> Person:
    """Who is meant; raises BadRoles where they mean themselves: so there is always an admin left, and a witness."""
    known = _known(look, person)
    if known.id == by.id:
        raise BadRoles("nobody changes their own account; another admin does it")
    return known


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
