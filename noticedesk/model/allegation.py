"""An allegation: one work, one listing, one right inside a claim. Findings, decision and fate attach here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AllegationState(StrEnum):
    """The fate of one allegation."""

    REPORTED = "reported"
    NOT_OURS = "not_ours"
    GATHERED = "gathered"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    COMPARED = "compared"
    IN_REVIEW = "in_review"
    AWAITING_SELLER = "awaiting_seller"
    APPROVED = "approved"
    DISPATCHING = "dispatching"
    ACTION_FAILED = "action_failed"
    ACTIONED = "actioned"
    FORWARDED = "forwarded"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    COUNTERED = "countered"
    KEPT_DOWN = "kept_down"
    RESTORED = "restored"
    REAPPEARED = "reappeared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allegation:
    """One work against one listing under one right; `version` is the lock that a decision must name."""

    id: str
    claim: str
    work: str
    listing: str
    right: str | None = None
    url: str
    state: AllegationState = AllegationState.REPORTED
    version: int = 1
    due_at: datetime | None = None
    flags: tuple[str, ...] = ()
