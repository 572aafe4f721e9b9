"""Who has a case in hand, what people note about it, and what they said before they saw a score."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Who has a claim in hand; `id` is the claim's. A hold ends by itself at `held_until`, an assignment does not."""

    id: str
    holder: str = ""
    held_since: datetime | None = None
    held_until: datetime | None = None
    assignee: str = ""
    snoozed_until: datetime | None = None
    snoozed_why: str = ""

    def held_by(self, now: datetime) -> str:
        """The id of the person who holds the claim now; empty when nobody does."""
        return self.holder if self.held_until and now < self.held_until else ""

    def snoozed(self, now: datetime) -> bool:
        """Whether the claim is put aside for now."""
        return self.snoozed_until is not None and now < self.snoozed_until


class Audience(StrEnum):
    """Who may read a note; the two are kept apart from writing to showing."""

    INTERNAL = "internal"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a person wrote about a claim, for the desk alone or fit for the parties too."""

    id: str
    claim: str
    allegation: str | None = None
    author: str
    written_at: datetime
    audience: Audience
    text: str


class Infringing(StrEnum):
    """What a person answers before they see score, proposal and draft."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAnswer:
    """What a person thought of an allegation before the software told them what it thinks."""

    id: str
    allegation: str
    person: str
    answer: Infringing
    answered_at: datetime


class SkipReason(StrEnum):
    """Why somebody passes a case on to the next person."""

    CONFLICT = "conflict_of_interest"
    LANGUAGE = "language"
    EXPERTISE = "needs_expertise"
    DISTRESS = "distressing"
    LATER = "no_time_now"
    OTHER = "other"
