"""Visits: looking again at a listing whose removal was confirmed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Seen(StrEnum):
    """What a visit found. Only `gone` says that the listing is down; `unreachable` says nothing about it."""

    GONE = "gone"
    THERE = "there"
    UNREACHABLE = "unreachable"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One look at the listing of an allegation, due some hours after the platform confirmed the removal."""

    id: str
    claim: str
    allegation: str
    due_at: datetime
    attempts: int = 0
    done_at: datetime | None = None
    seen: Seen | None = None
    evidence: str | None = None
