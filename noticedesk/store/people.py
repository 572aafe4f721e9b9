"""The people of the desk and the personal tokens through which they act."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from noticedesk.model.event import Actor
from noticedesk.model.ids import new_id
from noticedesk.model.person import Person, Role, Token
from noticedesk.store import records
from noticedesk.store.chain import append
from noticedesk.store.database import Look, Transaction
from noticedesk.store.secret import NotAccepted, carried, new_secret

__all__ = [
    "NotAccepted",
    "add_person",
    "issue_token",
    "note_use",
    "person_of",
    "revoke",
    "set_active",
    "set_roles",
]

_PREFIX: Final = "ndk"
_USE_NOTED_EVERY: Final = timedelta(minutes=5)


def add_person(tx: Transaction, name: str, email: str, roles: Iterable[Role], actor: Actor, *, now: datetime) -> Person:
    """A new person of the desk; raises Conflict when the address is somebody's already."""
    person = Person(id=new_id("P"), name=name, email=email.strip().lower(), roles=_in_order(roles), created_at=now)
    records.add(tx, person)
    append(tx, actor, "person.added", person.id, None, {"roles": _named(person.roles)})
    return person


def set_roles(tx: Transaction, person: str, roles: Iterable[Role], actor: Actor) -> Person:
    """The person with these roles and no others."""
    changed = records.replace(tx, replace(records.get(tx, Person, person), roles=_in_order(roles)))
    append(tx, actor, "person.roles", person, None, {"roles": _named(changed.roles)})
    return changed


def set_active(tx: Transaction, person: str, active: bool, actor: Actor) -> Person:
    """The person, allowed to act or no longer; who is not active has no working token."""
    changed = records.replace(tx, replace(records.get(tx, Person, person), active=active))
    append(tx, actor, "person.activated" if active else "person.deactivated", person, None)
    return changed


def issue_token(tx: Transaction, person: str, actor: Actor, *, now: datetime) -> str:
    """A new token `ndk_<id>_<secret>`, shown once: only the digest of the secret is kept."""
    secret, sha256 = new_secret()
    token = Token(id=new_id("T"), person=records.get(tx, Person, person).id, sha256=sha256, created_at=now)
    records.add(tx, token)
    append(tx, actor, "token.issued", token.id, None, {"person": person})
    return f"{_PREFIX}_{token.id}_{secret}"


def person_of(look: Look, token: str) -> Person:
    """The active person whose token this is; raises NotAccepted, which does not say why."""
    known = _token(look, token)
    person = records.get(look, Person, known.person) if known else None
    if known is None or person is None or known.revoked_at or not person.active:
        raise NotAccepted("this token is not accepted; issue a new one with `noticedesk users token`")
    return person


def note_use(tx: Transaction, token: str, *, now: datetime) -> None:
    """Notes that a token was used, at most once in five minutes."""
    known = _token(tx, token)
    if known and (known.last_used_at is None or now - known.last_used_at >= _USE_NOTED_EVERY):
        records.replace(tx, replace(known, last_used_at=now))


def revoke(tx: Transaction, token_id: str, actor: Actor, *, now: datetime) -> None:
    """Ends a token, given by its id (the middle part)."""
    token = records.get(tx, Token, token_id)
    if token.revoked_at is None:
        records.replace(tx, replace(token, revoked_at=now))
        append(tx, actor, "token.revoked", token_id, None, {"person": token.person})


def _token(look: Look, text: str) -> Token | None:
    prefix, _, shown = text.strip().partition("_")
    return carried(look, Token, shown) if prefix == _PREFIX else None


def _in_order(roles: Iterable[Role]) -> tuple[Role, ...]:
    chosen = {Role(role) for role in roles}
    return tuple(role for role in Role if role in chosen)


def _named(roles: Iterable[Role]) -> str:
    return " ".join(roles)
