"""Local accounts: passwords and one-time codes, and the links with which people choose them."""

import hmac
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from noticedesk.model.event import Actor
from noticedesk.model.ids import new_id
from noticedesk.model.person import Credential, Invitation, Person
from noticedesk.store import records
from noticedesk.store.chain import append
from noticedesk.store.database import Look, Transaction
from noticedesk.store.secret import NotAccepted, digest, new_secret

LINK_LASTS: Final = timedelta(hours=72)
"""How long a set-up link works."""

SHORTEST, LONGEST, LEAST_VARIED = 15, 1000, 6
"""Characters of a password, and how many different ones it needs at least (ASVS 5.0, 6.2)."""

_STRONG, _LOOKED_AT = 3, 72
"""The least strength by zxcvbn (0 to 4), which knows the commonest passwords, and how many characters it looks at."""

TRIES: Final = 10
"""Failed sign-ins in a row after which an account rests."""

REST: Final = timedelta(minutes=15)
"""How long it rests."""

_STEP_SECONDS: Final = 30

hasher = PasswordHasher()
"""Argon2id with the parameters of RFC 9106 for small memory."""


class WeakPassword(ValueError):
    """A password that is refused, with what it needs."""


def find(look: Look, person: str) -> Credential | None:
    """How the person signs in locally; None where they have no local account."""
    return next(iter(records.find(look, Credential, id=person)), None)


def invite(tx: Transaction, person: str, actor: Actor, *, now: datetime) -> str:
    """A link's secret part `<id>_<secret>`, good once; earlier links of the person end."""
    secret, sha256 = new_secret()
    for earlier in records.find(tx, Invitation, person=person, used_at=None):
        records.replace(tx, replace(earlier, used_at=now))
    link = Invitation(id=new_id("I"), person=person, sha256=sha256, created_at=now, expires_at=now + LINK_LASTS)
    records.add(tx, link)
    append(tx, actor, "person.invited", person, None, {"invitation": link.id})
    return f"{link.id}_{secret}"


def invited(look: Look, shown: str, *, now: datetime) -> Person:
    """Whom a link is for; raises NotAccepted for a link that is used, over or not ours."""
    return records.get(look, Person, _invitation(look, shown, now).person)


def accept(tx: Transaction, shown: str, hashed: str, *, now: datetime) -> Person:
    """Uses up a link: the person signs in with the hashed password from now on, without a one-time code at first."""
    link = _invitation(tx, shown, now)
    person = records.get(tx, Person, link.person)
    records.replace(tx, replace(link, used_at=now))
    made = Credential(id=person.id, password=hashed, changed_at=now)
    (records.replace if find(tx, person.id) else records.add)(tx, made)
    append(tx, Actor(name=person.id, person=True), "password.chosen", person.id, None, {"invitation": link.id})
    return person


def change(tx: Transaction, person: str, hashed: str, *, now: datetime) -> None:
    """Signs the person in with another password from now on; their one-time codes stay."""
    known = records.get(tx, Credential, person)
    records.replace(tx, replace(known, password=hashed, failures=0, locked_until=None, changed_at=now))
    append(tx, Actor(name=person, person=True), "password.changed", person, None)


def hashed(password: str, person: Person) -> str:
    """The argon2id hash of a password; raises WeakPassword for one that is short, plain or the person's own name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"a password has {SHORTEST} to {LONGEST} characters; a sentence is easiest to remember")
    if len(set(password)) < LEAST_VARIED:
        raise WeakPassword(f"a password needs at least {LEAST_VARIED} different characters")
    if password.casefold() in (person.email.casefold(), person.name.casefold()):
        raise WeakPassword("a password is not one's name or address")
    found = zxcvbn(password[:_LOOKED_AT], user_inputs=[person.name, person.email, "noticedesk"])
    if found["score"] < _STRONG:
        raise WeakPassword(f"a password that is easily guessed: {_why(found['feedback'])}")
    return hasher.hash(password)


def _why(feedback: Any) -> str:
    warning = str(feedback["warning"] or "").rstrip(".")
    return f"{warning or 'add a few words that do not belong together'}; a sentence that only you would write is best"


def matches(known: Credential | None, password: str) -> bool:
    """Whether it is the password; takes as long for somebody who has none."""
    try:
        return hasher.verify(known.password if known else _nobodys(), password[: LONGEST + 1]) and known is not None
    except (VerificationError, InvalidHashError):
        return False


def is_resting(known: Credential, *, now: datetime) -> bool:
    """Whether too many sign-ins failed lately."""
    return known.locked_until is not None and now < known.locked_until


def failed(tx: Transaction, known: Credential, *, now: datetime) -> Credential:
    """Counts a failed sign-in; at the limit the account rests."""
    count = known.failures + 1
    rests = count >= TRIES
    return records.replace(
        tx, replace(known, failures=0 if rests else count, locked_until=now + REST if rests else known.locked_until)
    )


def use_code(tx: Transaction, known: Credential, code: str, *, now: datetime) -> bool:
    """Whether the code is right, or none is needed; counts it as used, so that it works once."""
    if not known.totp:
        return True
    step = _step_of(known.totp, code, now)
    if step is None or step <= known.totp_step:
        return False
    records.replace(tx, replace(records.get(tx, Credential, known.id), totp_step=step))
    return True


def succeeded(tx: Transaction, person: str) -> None:
    """Forgets failed sign-ins."""
    records.replace(tx, replace(records.get(tx, Credential, person), failures=0, locked_until=None))


def new_code_secret() -> str:
    """A secret for one-time codes, in base 32."""
    return pyotp.random_base32()


def code_address(secret: str, person: Person) -> str:
    """The otpauth address that an authenticator application takes."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name="noticedesk")


def set_up_codes(tx: Transaction, person: str, secret: str, code: str, *, now: datetime) -> bool:
    """Asks for one-time codes from now on, if the code shows that the secret has arrived."""
    step = _step_of(secret, code, now)
    if step is None:
        return False
    records.replace(tx, replace(records.get(tx, Credential, person), totp=secret, totp_step=step, changed_at=now))
    append(tx, Actor(name=person, person=True), "codes.set_up", person, None)
    return True


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is: the current one, or its neighbours for clocks that differ."""
    given, step = "".join(code.split()), int(now.timestamp()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret)
    near = (step - 1, step, step + 1)
    return next((at for at in near if hmac.compare_digest(totp.generate_otp(at).encode(), given.encode())), None)


def _invitation(look: Look, shown: str, now: datetime) -> Invitation:
    id, _, secret = shown.strip().partition("_")
    kept = next(iter(records.find(look, Invitation, id=id)), None)
    if kept is None or kept.used_at or now >= kept.expires_at or not hmac.compare_digest(kept.sha256, digest(secret)):
        raise NotAccepted("this link does not work, or no longer; ask an admin for a new one (noticedesk users link)")
    return kept


_hash_of_nobody: list[str] = []


def _nobodys() -> str:
    """The hash of a password that nobody has, made once."""
    if not _hash_of_nobody:
        _hash_of_nobody.append(hasher.hash(new_secret()[0]))
    return _hash_of_nobody[0]
