"""Letters, as the exact bytes that are sent, and the outbox through which every effect leaves the desk."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LetterState(StrEnum):
    """Where a letter stands; `blocked` has a blank or a contradiction and is shown, never sent."""

    DRAFT = "draft"
    BLOCKED = "blocked"
    QUEUED = "queued"
    WAITING = "waiting"
    SENT = "sent"
    BOUNCED = "bounced"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter: to whom, from which facts, by which template. Its bytes lie in the blob `sha256`.

    `to` is an address, or "account:" and the account of the platform through which alone its holder is reached.

    `edited_from` is the blob of the words as compiled, where a person has changed them. `undelivered` says, of a letter
    that did not arrive, what the server that would not take it said.
    """

    id: str
    claim: str
    allegation: str | None = None
    template: str
    language: str = "en"
    to: str
    to_role: str
    subject: str
    sha256: str
    message_id: str
    routine: bool
    facts: tuple[str, ...] = ()
    state: LetterState = LetterState.DRAFT
    problem: str = ""
    drafted_at: datetime
    sent_at: datetime | None = None
    edited_from: str = ""
    undelivered: str = ""


class OutboxKind(StrEnum):
    """How an outbox row takes effect; a letter goes by mail, or as `letter` through the platform."""

    WEBHOOK = "webhook"
    MAIL = "mail"
    LETTER = "letter"
    ALARM = "alarm"
    CHAT = "chat"
    STATEMENT = "statement"
    STATUS = "status"


class OutboxState(StrEnum):
    """Where an effect stands; `dead` is shown with its error until somebody retries or hands over."""

    QUEUED = "queued"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    DEAD = "dead"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """One effect to be had exactly once: `key` is its idempotency key, `send_after` the end of the undo window.

    Alarms, by mail or into a chat, are about no one claim.
    """

    id: str
    kind: OutboxKind
    key: str
    claim: str | None = None
    allegation: str | None = None
    letter: str | None = None
    body: str = ""
    state: OutboxState = OutboxState.QUEUED
    send_after: datetime
    attempts: int = 0
    next_attempt_at: datetime | None = None
    last_error: str = ""
    created_at: datetime
