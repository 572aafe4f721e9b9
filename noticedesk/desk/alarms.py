"""Alarms: raised in the transaction of what they tell, once a day for each matter, and ended when the matter is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.alarm import Alarm, AlarmKind, Severity
from noticedesk.model.ids import new_id
from noticedesk.model.person import Person, Role
from noticedesk.store import chain, records


@dataclass(frozen=True, slots=True)
class Nature:
    """What a kind of alarm is: how bad, whose, and what it says. `daily` is told anew each day until it ends."""

    severity: Severity
    role: Role
    says: str
    daily: bool = False


_BAD, _MIND = Severity.CRITICAL, Severity.WARNING

NATURE: Mapping[AlarmKind, Nature] = {
    AlarmKind.CLOCK_DUE: Nature(_BAD, Role.LEGAL, "a statutory time runs out soon"),
    AlarmKind.CLOCK_MISSED: Nature(_BAD, Role.LEGAL, "a statutory time was missed", daily=True),
    AlarmKind.SLA_DUE: Nature(_MIND, Role.SPECIALIST, "an SLA of ours runs out soon"),
    AlarmKind.SLA_MISSED: Nature(_MIND, Role.SPECIALIST, "an SLA of ours was missed"),
    AlarmKind.PUTBACK_APPROVAL: Nature(_BAD, Role.LEGAL, "a put-back waits for the approval of legal", daily=True),
    AlarmKind.PUTBACK_SECOND_PERSON: Nature(
        _BAD, Role.LEGAL, "a put-back still waits: a second person of legal is asked", daily=True
    ),
    AlarmKind.PUTBACK_WITHOUT_WINDOW: Nature(_BAD, Role.LEGAL, "no day is safe for a put-back: legal decides"),
    AlarmKind.PUTBACK_BREACH: Nature(_BAD, Role.LEGAL, "the last day of a put-back has passed", daily=True),
    AlarmKind.KEPT_DOWN_REVIEW: Nature(_MIND, Role.LEGAL, "what is kept down for a court action is to be looked at"),
    AlarmKind.PERIOD_ENDED_HELD: Nature(_MIND, Role.LEGAL, "a period has ended, and the case keeps the listing down"),
    AlarmKind.REMOVAL_NOT_EFFECTIVE: Nature(_BAD, Role.SPECIALIST, "a removal was confirmed and the listing is there"),
    AlarmKind.REAPPEARED: Nature(_BAD, Role.SPECIALIST, "a removed listing has come back"),
    AlarmKind.REMOVAL_NOT_VERIFIED: Nature(_MIND, Role.ADMIN, "whether a removal took effect could not be seen"),
    AlarmKind.KNOWN_AND_NOT_DONE: Nature(_BAD, Role.SPECIALIST, "known, and nothing was done in time", daily=True),
    AlarmKind.CHECK_STUCK: Nature(_MIND, Role.ADMIN, "the check of a claim does not come to its end"),
    AlarmKind.SOURCE_FAILING: Nature(_BAD, Role.ADMIN, "a source cannot be read"),
    AlarmKind.SOURCE_SILENT: Nature(_MIND, Role.ADMIN, "a source has brought nothing for too long"),
    AlarmKind.SENDER_FRUITLESS: Nature(_MIND, Role.SPECIALIST, "nothing comes of the messages of a sender"),
    AlarmKind.SENDER_WITHOUT_CLAIM: Nature(
        _BAD, Role.SPECIALIST, "a sender known for claims sent what is none: was it read rightly?"
    ),
    AlarmKind.EFFECT_DEAD: Nature(_BAD, Role.ADMIN, "an effect failed too often and is tried no more"),
    AlarmKind.NO_WAY_OUT: Nature(_BAD, Role.ADMIN, "effects are due, and no way out is set for them", daily=True),
    AlarmKind.CONFIRMATION_OVERDUE: Nature(_MIND, Role.ADMIN, "the platform has not confirmed an effect in time"),
    AlarmKind.LETTER_BOUNCED: Nature(_MIND, Role.SPECIALIST, "a letter came back"),
    AlarmKind.AUDIT_BROKEN: Nature(_BAD, Role.ADMIN, "the audit chain does not hold", daily=True),
    AlarmKind.SAFETY_CLAIM: Nature(_BAD, Role.SAFETY, "a complaint waits for the safety team", daily=True),
    AlarmKind.ESCALATION_OVERDUE: Nature(_MIND, Role.LEGAL, "a question to a team is not answered in time", daily=True),
    AlarmKind.INQUIRY_OVERDUE: Nature(_MIND, Role.LEGAL, "a partner's question is not answered in time", daily=True),
    AlarmKind.SIGNAL_QUARANTINED: Nature(_MIND, Role.SPECIALIST, "a picture suddenly matches far too many listings"),
}
"""Every kind of alarm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why there is an alarm: its kind, the id it is about, and codes or ids as details. No personal data."""

    kind: AlarmKind
    subject: str
    claim: str | None = None
    person: str = ""
    detail: str = ""

    @property
    def key(self) -> str:
        """What makes two alarms the same."""
        return f"{self.kind}:{self.subject}"


def untold(desk: Desk, look: store.Look, causes: Iterable[Cause]) -> list[Cause]:
    """The causes of which something is still to be told today; the open alarms of all are read together."""
    given, today = list(causes), desk.now().date()
    keys = list(dict.fromkeys(cause.key for cause in given))
    told: set[str] = set()
    for start in range(0, len(keys), records.AHEAD):
        some = records.find(look, Alarm, key=keys[start : start + records.AHEAD], ended_at=None)
        told |= {item.key for item in some if item.day >= today or not NATURE[item.kind].daily}
    return [cause for cause in given if cause.key not in told]


def raise_(desk: Desk, tx: store.Transaction, cause: Cause) -> Alarm | None:
    """Raises the alarm of today; None where it was raised today already, or a later day (the clock was set back).

    One that ended earlier today is open again and not told a second time.
    """
    today, nature = desk.now().date(), NATURE[cause.kind]
    same = records.find(tx, Alarm, key=cause.key)
    last = max(same, key=lambda item: item.day, default=None)
    if cause.kind in HAPPENED and any(item.acknowledged_by for item in same):
        return None
    if last and (last.day >= today or (not nature.daily and last.ended_at is None)):
        if last.ended_at is not None and not last.acknowledged_by:
            records.replace(tx, replace(last, ended_at=None))
        return None
    for earlier in same:
        if earlier.ended_at is None:
            records.replace(tx, replace(earlier, ended_at=desk.now()))
    alarm = Alarm(
        id=new_id("Z"),
        key=cause.key,
        day=today,
        kind=cause.kind,
        severity=nature.severity,
        role=nature.role,
        person=cause.person,
        subject=cause.subject,
        claim=cause.claim,
        text=f"{nature.says} ({cause.detail})" if cause.detail else nature.says,
        raised_at=desk.now(),
    )
    records.add(tx, alarm)
    return alarm


def end(desk: Desk, tx: store.Transaction, alarm: Alarm) -> None:
    """Ends an alarm whose cause is gone."""
    records.replace(tx, replace(alarm, ended_at=desk.now()))


def open_alarms(look: store.Look) -> list[Alarm]:
    """The alarms whose cause is there, the worst and oldest first."""
    order = list(Severity)[::-1]
    found = records.find(look, Alarm, ended_at=None)
    return sorted(found, key=lambda item: (order.index(item.severity), item.raised_at, item.id))


def acknowledge(desk: Desk, person: Person, alarm: str) -> Alarm:
    """Notes that a person has taken the alarm on; raises NotPermitted for who has neither its role nor admin.

    An alarm about something that has happened ends with that; one about something that lasts stays until it is over.
    """
    with desk.db.write() as tx:
        known = records.get(tx, Alarm, alarm)
        if not person.active or not {known.role, Role.ADMIN} & set(person.roles):
            raise NotPermitted(f"{person.name} is not {known.role}; this alarm is for that role")
        ended = known.ended_at or (desk.now() if known.kind in HAPPENED else None)
        taken = replace(known, acknowledged_by=person.id, acknowledged_at=desk.now(), ended_at=ended)
        records.replace(tx, taken)
        chain.append(tx, acting(person), "alarm.acknowledged", alarm, known.claim, {"kind": known.kind.value})
    return taken


HAPPENED = frozenset(
    {
        AlarmKind.SLA_MISSED,
        AlarmKind.REMOVAL_NOT_VERIFIED,
        AlarmKind.LETTER_BOUNCED,
        AlarmKind.PUTBACK_BREACH,
        AlarmKind.SENDER_FRUITLESS,
        AlarmKind.SENDER_WITHOUT_CLAIM,
        AlarmKind.PERIOD_ENDED_HELD,
    }
)
"""The alarms about something that happened once and stays true: a person's word ends them."""
