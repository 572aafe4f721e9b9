"""Conduct: whose letters share one template, and what is proposed about accounts and notifiers who go too far."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What a letter's own words look like, whatever it names; `id` is its notice's, `campaign` that of its template.

    The sketch holds digests of runs of words, never the words.
    """

    id: str
    campaign: str
    claim: str
    sketch: tuple[str, ...]


class Measure(StrEnum):
    """What may be proposed about an account, or about who sends notices."""

    WARN_ACCOUNT = "warn_account"
    SUSPEND_ACCOUNT = "suspend_account"
    TERMINATE_ACCOUNT = "terminate_account"
    WARN_NOTIFIER = "warn_notifier"
    SUSPEND_PROCESSING = "suspend_processing"


OF_NOTIFIERS = frozenset({Measure.WARN_NOTIFIER, Measure.SUSPEND_PROCESSING})
"""The measures about who sends notices; the others are about an account."""


class Answer(StrEnum):
    """What a person said to a proposal."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """A measure about an account or a notifier: proposed by counting, and nothing until a person has answered.

    `subject` is the account, or the address of the notifier; `grounds` the allegations (or, of a notifier, the claims)
    that were counted; `claim` and `allegation` are the newest of them; `by_rule` names the policy and its numbers.
    """

    id: str
    measure: Measure
    service: str
    subject: str
    claim: str
    allegation: str | None = None
    grounds: tuple[str, ...]
    by_rule: str
    reference: str = ""
    proposed_at: datetime
    answer: Answer | None = None
    answered_by: str = ""
    answered_at: datetime | None = None
    until: datetime | None = None
    note: str = ""
