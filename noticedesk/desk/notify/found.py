"""Causes of alarms that are found by looking: sources, senders, effects, safety claims."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from noticedesk import store
from noticedesk.desk.alarms import Cause
from noticedesk.desk.desk import Desk
from noticedesk.desk.misuse.conduct import conduct
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.escalation import Escalation, Inquiry, Team
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.model.notice import NoticeKind
from noticedesk.store import conduct as counted
from noticedesk.store import records, search, sources, watch

_UNCONFIRMED = (OutboxState.QUEUED, OutboxState.FAILED, OutboxState.SENT)


def failing_sources(desk: Desk, look: store.Look) -> Iterator[Cause]:
    """The sources whose last reading ended with an error."""
    for source in desk.sources:
        if sources.checkpoint(look, source.id).last_error:
            yield Cause(kind=AlarmKind.SOURCE_FAILING, subject=source.id, detail=source.id)


def silent_sources(desk: Desk, look: store.Look) -> Iterator[Cause]:
    """The sources that have brought nothing for longer than sources.yaml expects, or since the desk is at work."""
    for source in desk.sources:
        if source.expect_every_hours is None:
            continue
        last = watch.last_taken_in(look, source.id) or watch.beginning(look)
        if last and desk.now() - last > timedelta(hours=source.expect_every_hours):
            yield Cause(kind=AlarmKind.SOURCE_SILENT, subject=source.id, detail=source.id)


def fruitless_senders(desk: Desk, look: store.Look) -> Iterator[Cause]:
    """The senders of whose many messages nothing came, each by the first of these notices: an address is no id."""
    policy = desk.policy.chase
    since = desk.now() - timedelta(days=policy.fruitless_days)
    for notice in watch.fruitless_senders(look, since, policy.fruitless_messages):
        yield Cause(kind=AlarmKind.SENDER_FRUITLESS, subject=notice, detail="its first is named")


def known_senders_without_claim(desk: Desk, look: store.Look) -> Iterator[Cause]:
    """The known senders whose message of the last day is no claim: one a sender, by the first such message."""
    since = desk.now() - timedelta(days=1)
    for notice in counted.without_claim(look, since, conduct(desk).known_claims, _NO_CLAIM):
        yield Cause(kind=AlarmKind.SENDER_WITHOUT_CLAIM, subject=notice, detail="the first such message is named")


_NO_CLAIM = (NoticeKind.OTHER, NoticeKind.CORRESPONDENCE, NoticeKind.INQUIRY)


def dead_effects(_desk: Desk, look: store.Look) -> Iterator[Cause]:
    """The effects that are tried no more."""
    for row in records.find(look, Outbox, state=OutboxState.DEAD):
        yield Cause(kind=AlarmKind.EFFECT_DEAD, subject=row.id, claim=row.claim, detail=row.kind.value)


def unconfirmed_effects(desk: Desk, look: store.Look) -> Iterator[Cause]:
    """The effects at the platform that should have been confirmed by now."""
    end = desk.now() - timedelta(hours=desk.policy.confirmation_hours)
    for row in search.past(look, Outbox, "send_after", end, state=_UNCONFIRMED):
        if row.kind is OutboxKind.WEBHOOK:
            yield Cause(kind=AlarmKind.CONFIRMATION_OVERDUE, subject=row.id, claim=row.claim)


def safety_claims(_desk: Desk, look: store.Look) -> Iterator[Cause]:
    """The complaints that the safety team has not answered."""
    for asked in records.find(look, Escalation, team=Team.SAFETY, answered_at=None):
        yield Cause(kind=AlarmKind.SAFETY_CLAIM, subject=asked.id, claim=asked.claim)


def overdue_questions(desk: Desk, look: store.Look) -> Iterator[Cause]:
    """The questions to a team whose time is over; those to the safety team alarm from the first minute on."""
    for asked in search.past(look, Escalation, "due_at", desk.now(), answered_at=None):
        if asked.team is not Team.SAFETY:
            team = asked.team.value
            yield Cause(kind=AlarmKind.ESCALATION_OVERDUE, subject=asked.id, claim=asked.claim, detail=team)


def overdue_inquiries(desk: Desk, look: store.Look) -> Iterator[Cause]:
    """The partners' questions whose time is over."""
    for inquiry in search.past(look, Inquiry, "due_at", desk.now(), answered_at=None):
        yield Cause(kind=AlarmKind.INQUIRY_OVERDUE, subject=inquiry.id)


FINDERS: dict[AlarmKind, Callable[[Desk, store.Look], Iterator[Cause]]] = {
    AlarmKind.SOURCE_FAILING: failing_sources,
    AlarmKind.SOURCE_SILENT: silent_sources,
    AlarmKind.SENDER_FRUITLESS: fruitless_senders,
    AlarmKind.SENDER_WITHOUT_CLAIM: known_senders_without_claim,
    AlarmKind.EFFECT_DEAD: dead_effects,
    AlarmKind.CONFIRMATION_OVERDUE: unconfirmed_effects,
    AlarmKind.SAFETY_CLAIM: safety_claims,
    AlarmKind.ESCALATION_OVERDUE: overdue_questions,
    AlarmKind.INQUIRY_OVERDUE: overdue_inquiries,
}
"""What is looked for; an alarm of these kinds ends when it is not found any more."""
