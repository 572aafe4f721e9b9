"""Questions to another team about a case, and partners' questions without one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Team(StrEnum):
    """To whom a question goes."""

    LEGAL = "legal"
    PUBLIC_POLICY = "public_policy"
    PRODUCT = "product"
    SALES = "sales"
    OPERATIONS = "operations"
    SAFETY = "safety"
    OUTSIDE_COUNSEL = "outside_counsel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A question about a claim, allegation, party or inquiry; clocks run on while it is open."""

    id: str
    about: str
    claim: str | None = None
    team: Team
    question: str
    asked_by: str
    asked_at: datetime
    owner: str = ""
    due_at: datetime | None = None
    answer: str = ""
    outcome: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A partner's question without a claim."""

    id: str
    notice: str | None = None
    partner: str
    question: str
    received_at: datetime
    owner: str = ""
    due_at: datetime | None = None
    answer: str = ""
    answered_at: datetime | None = None
