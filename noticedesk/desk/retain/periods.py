"""Retention periods: the form of config/retention.yaml, and until when a claim is kept."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from noticedesk import regime, settings, store
from noticedesk.desk.desk import Desk
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.clock import Clock, ClockKind
from noticedesk.settings import shape
from noticedesk.store import records, search

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The end of what has been erased: nothing more is due."""


@shape
class Period:
    """One rule: which records (claims in one of `states`, or in any), for how many days, by what reference and why."""

    id: str
    record: Literal["claim", "notice", "alarm", "session", "submission", "sender", "bytes"]
    keep_days: int
    reference: str
    tag: regime.Tag
    reason: str
    states: tuple[ClaimState, ...] = ()

    @property
    def length(self) -> timedelta:
        """For how long."""
        return timedelta(days=self.keep_days)


Periods = tuple[Period, ...]


def load(desk: Desk) -> Periods:
    """The rules of config/retention.yaml; raises SettingError for a kind of record without one, or a negative time."""
    rules = settings.read(desk.settings.config / "retention.yaml", tuple[Period, ...])
    for rule in rules:
        if rule.keep_days < 0:
            raise settings.SettingError(f"retention.yaml: {rule.id}: keep_days is {rule.keep_days}")
    for record in ("claim", "notice", "alarm", "session", "submission", "sender", "bytes"):
        if not any(rule.record == record and not rule.states for rule in rules):
            raise settings.SettingError(f"retention.yaml: no rule without states for record {record}")
    return rules


def rule_for(rules: Periods, record: str, state: ClaimState | None = None) -> Period:
    """The first rule that fits."""
    fits = (rule for rule in rules if rule.record == record and (not rule.states or state in rule.states))
    return next(fits)


def kept_until(look: store.Look, rules: Periods, claim: Claim) -> datetime:
    """Until when a claim is kept: its rule from the last thing that happened in it, and every time its regime sets."""
    events = search.log(look, limit=1, claim=claim.id)
    last = max([claim.received_at, *(event.at for event in events)])
    times = [item.latest or item.due for item in records.find(look, Clock, claim=claim.id, kind=ClockKind.RETENTION)]
    return max([last + rule_for(rules, "claim", claim.state).length, *times])
