"""The people of the desk: accountable, with roles, acting through personal tokens or signed in to the console."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; an admin manages people and policy and cannot approve."""

    SPECIALIST = "specialist"
    LEGAL = "legal"
    ANALYST = "analyst"
    SAFETY = "safety"
    ADMIN = "admin"


class Act(StrEnum):
    """A human act that needs a role."""

    DECIDE = "decide"
    UNDO = "undo"
    ESCALATE = "escalate"
    ANSWER_ESCALATION = "answer_escalation"
    EDIT_LETTER = "edit_letter"
    DECIDE_COUNTER_NOTICE = "decide_counter_notice"
    READ = "read"
    READ_CASE = "read_case"
    READ_SAFETY = "read_safety"
    EXPORT = "export"
    MANAGE_PEOPLE = "manage_people"
    CONFIRM_POLICY = "confirm_policy"
    HOLD = "hold"
    ERASE = "erase"
    KEEP_REGISTER = "keep_register"
    SANCTION = "sanction"
    TERMINATE = "terminate"


PERMITTED: dict[Role, frozenset[Act]] = {
    Role.SPECIALIST: frozenset(
        {
            Act.DECIDE,
            Act.UNDO,
            Act.ESCALATE,
            Act.EDIT_LETTER,
            Act.READ,
            Act.READ_CASE,
            Act.KEEP_REGISTER,
            Act.SANCTION,
        }
    ),
    Role.LEGAL: frozenset(
        {
            Act.DECIDE,
            Act.UNDO,
            Act.ESCALATE,
            Act.ANSWER_ESCALATION,
            Act.EDIT_LETTER,
            Act.DECIDE_COUNTER_NOTICE,
            Act.CONFIRM_POLICY,
            Act.READ,
            Act.READ_CASE,
            Act.HOLD,
            Act.ERASE,
            Act.KEEP_REGISTER,
            Act.SANCTION,
            Act.TERMINATE,
        }
    ),
    Role.ANALYST: frozenset({Act.READ, Act.EXPORT}),
    Role.SAFETY: frozenset({Act.READ, Act.READ_CASE, Act.READ_SAFETY, Act.ESCALATE}),
    Role.ADMIN: frozenset({Act.READ, Act.MANAGE_PEOPLE}),
}
"""Which role may do what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works at the desk."""

    id: str
    name: str
    email: str
    roles: tuple[Role, ...]
    active: bool = True
    created_at: datetime

    def may(self, act: Act) -> bool:
        """Whether one of the person's roles permits the act."""
        return self.active and any(act in PERMITTED[role] for role in self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A personal token: only the digest of its secret is kept."""

    id: str
    person: str
    sha256: str
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody signed in to the console: ended by themselves, by idleness, or at `expires_at` whatever happens."""

    id: str
    person: str
    sha256: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """How a person signs in with a local account; `id` is the person's.

    `password` is an argon2id hash, `totp` the secret of one-time codes (empty: none set up) and `totp_step` the time
    step of the last code that was used, so that none works twice.
    """

    id: str
    password: str
    totp: str = ""
    totp_step: int = 0
    failures: int = 0
    locked_until: datetime | None = None
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link, good once, with which a person chooses a password; only the digest of its secret is kept."""

    id: str
    person: str
    sha256: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How a person likes the console; `id` is the person's. `keys` names only what differs from the shipped map.

    `views` are names and queries of the queue, `pictures` how those of a kind of claim are shown, and `exposure` counts
    by name what the person was shown; nobody else sees these.
    """

    id: str
    shortcuts: bool = True
    keys: tuple[tuple[str, str], ...] = ()
    views: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    exposure: tuple[tuple[str, str], ...] = ()
