"""What the desk proposes, and what an accountable person decides."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from noticedesk.model.action import Action, Reason


class Band(StrEnum):
    """How sure the findings on an allegation are, taken together."""

    STRONG = "strong"
    BORDERLINE = "borderline"
    NONE = "none"
    UNMATCHABLE = "unmatchable"
    NO_REFERENCE = "no_reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A cut in force when something was decided, and where it came from."""

    name: str
    value: float
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the software proposes for one allegation, with its reasons in words. It has no effect by itself.

    Where the findings must not settle the matter, `action` and `reason` are None and a person is asked `question`.
    """

    id: str
    allegation: str
    band: Band
    action: Action | None = None
    reason: Reason | None = None
    question: str = ""
    why: tuple[str, ...]
    regime: str
    regime_version: int
    thresholds: tuple[Threshold, ...] = ()
    flags: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided (or, where legal has switched it on, a policy), and what a statement of reasons needs."""

    id: str
    allegation: str
    action: Action
    reason: Reason
    decided_by: str
    decided_at: datetime
    automatic: bool = False
    note: str = ""
    territories: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    until: datetime | None = None
    regime: str = ""
    regime_version: int = 0
    thresholds: tuple[Threshold, ...] = ()
    basis: str = "law"
    ground: str = ""
    category: str = ""
    content_date: str = ""
    automated_detection: bool = False
    source: str = ""
    undone_at: datetime | None = None
    undone_by: str = ""
