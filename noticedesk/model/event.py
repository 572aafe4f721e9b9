"""Events: the rows of the append-only audit log. Ids only, never personal data."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acted: a person (by id) or a named automation of the desk. Nothing happens without one."""

    name: str
    person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened; `prev` chains the whole log, `claim_prev` the events of its claim."""

    seq: int
    at: datetime
    actor: str
    person: bool
    act: str
    subject: str
    claim: str | None
    details: dict[str, str | int | bool | None]
    prev: str
    claim_prev: str
    hash: str
