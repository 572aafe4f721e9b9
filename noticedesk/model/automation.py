"""Policies by which the desk may decide by itself, and the samples of it that persons look at afterwards."""

from dataclasses import dataclass
from datetime import datetime

from noticedesk.model.action import Action, Reason
from noticedesk.model.decision import Band
from noticedesk.model.right import RightKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Automation:
    """A policy that one person proposed and another, of legal, confirmed: for a band, a claimant and a kind of right.

    `sender` is the domain that the claimant's notices verifiably come from. `sample` is how many of a hundred automatic
    decisions a person looks at afterwards. It decides nothing before it is confirmed, nor once it is revoked.
    """

    id: str
    service: str
    band: Band
    claimant: str
    sender: str
    right: RightKind
    action: Action
    reason: Reason
    sample: int
    note: str = ""
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    revoked_by: str = ""
    revoked_at: datetime | None = None

    @property
    def in_force(self) -> bool:
        """Whether it may decide."""
        return self.confirmed_at is not None and self.revoked_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An automatic decision that was drawn for a person to look at; `reason` is what it should have said."""

    id: str
    decision: str
    allegation: str
    automation: str
    drawn_at: datetime
    right: bool | None = None
    reason: Reason | None = None
    note: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
