"""What decided cases leave behind for later listings: pictures to look out for, and where they were seen again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SignalState(StrEnum):
    """Whether a signal may open proposals."""

    ACTIVE = "active"
    QUARANTINED = "quarantined"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A picture that an upheld decision was about. `asked` listings were compared with it, `hits` of them matched.

    Quarantined, it opens nothing until a person has looked; ended, the decision that it rests on stands no more.
    """

    id: str
    sha256: str
    allegation: str
    right: str | None = None
    state: SignalState = SignalState.ACTIVE
    asked: int = 0
    hits: int = 0
    since: datetime
    quarantined_at: datetime | None = None
    released_by: str = ""
    released_at: datetime | None = None


class SightingOutcome(StrEnum):
    """What became of a match: a match that is permitted is real; one that a person called wrong is not."""

    PROPOSED = "proposed"
    ALLOWED = "allowed"
    WRONG = "wrong"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A listing whose picture (by digest) matched a signal, and what was made of it.

    `opened` is the allegation that a person reviews; `permission` is what allows the match.
    """

    id: str
    signal: str
    listing: str
    sha256: str
    score: float
    outcome: SightingOutcome
    opened: str | None = None
    permission: str | None = None
    seen_at: datetime
