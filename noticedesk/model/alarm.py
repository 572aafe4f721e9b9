"""Alarms: something that somebody must know now; codes and ids only, never personal data."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from noticedesk.model.person import Role


class Severity(StrEnum):
    """How bad it is that nobody looks."""

    WARNING = "warning"
    CRITICAL = "critical"


class AlarmKind(StrEnum):
    """What is the matter."""

    CLOCK_DUE = "clock_due"
    CLOCK_MISSED = "clock_missed"
    SLA_DUE = "sla_due"
    SLA_MISSED = "sla_missed"
    PUTBACK_APPROVAL = "putback_approval"
    PUTBACK_SECOND_PERSON = "putback_second_person"
    PUTBACK_WITHOUT_WINDOW = "putback_without_window"
    PUTBACK_BREACH = "putback_breach"
    KEPT_DOWN_REVIEW = "kept_down_review"
    PERIOD_ENDED_HELD = "period_ended_held"
    REMOVAL_NOT_EFFECTIVE = "removal_not_effective"
    REAPPEARED = "reappeared"
    REMOVAL_NOT_VERIFIED = "removal_not_verified"
    KNOWN_AND_NOT_DONE = "known_and_not_done"
    CHECK_STUCK = "check_stuck"
    SOURCE_FAILING = "source_failing"
    SOURCE_SILENT = "source_silent"
    SENDER_FRUITLESS = "sender_fruitless"
    SENDER_WITHOUT_CLAIM = "sender_without_claim"
    EFFECT_DEAD = "effect_dead"
    NO_WAY_OUT = "no_way_out"
    CONFIRMATION_OVERDUE = "confirmation_overdue"
    LETTER_BOUNCED = "letter_bounced"
    AUDIT_BROKEN = "audit_broken"
    SAFETY_CLAIM = "safety_claim"
    ESCALATION_OVERDUE = "escalation_overdue"
    INQUIRY_OVERDUE = "inquiry_overdue"
    SIGNAL_QUARANTINED = "signal_quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One alarm of one day: `key` is what it is about, so that the same matter alarms once a day until it ends.

    `person` is who in particular is asked, where the role is not enough; `told_at` when its deliveries were queued.
    """

    id: str
    key: str
    day: date
    kind: AlarmKind
    severity: Severity
    role: Role
    person: str = ""
    subject: str
    claim: str | None = None
    text: str
    raised_at: datetime
    told_at: datetime | None = None
    ended_at: datetime | None = None
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
