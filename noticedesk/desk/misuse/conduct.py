"""Conduct: how senders, accounts and templates are counted, the form of config/conduct.yaml."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from noticedesk.desk.desk import Desk
from noticedesk.model.action import Reason
from noticedesk.model.conduct import OF_NOTIFIERS, Measure
from noticedesk.settings import read, shape


@shape
class Refusals:
    """From when on a sender's refusals are a flag."""

    least: int
    share: float


@shape
class Step:
    """From how many strikes on a measure is proposed."""

    measure: Measure
    at: int

    def __post_init__(self) -> None:
        """Refuses what cannot be a step about an account."""
        if self.measure in OF_NOTIFIERS:
            raise ValueError(f"{self.measure} is no measure about an account")
        if self.at < 1:
            raise ValueError(f"{self.measure} is proposed at {self.at} strikes; the least is 1")


@shape
class Strikes:
    """How strikes of an account are counted, and what they propose."""

    window_days: int
    once_per: Literal["claim", "allegation"]
    steps: tuple[Step, ...]
    duty: tuple[str, ...]


@shape
class Misuse:
    """How unfounded notices are counted, and for how long a suspension is proposed."""

    window_days: int
    reasons: tuple[Reason, ...]
    least: int
    share: float
    suspend_days: int
    duty: tuple[str, ...]


@shape
class Campaigns:
    """When two letters are of one template."""

    alike: float
    without: tuple[str, ...]
    longest: int


@shape
class Conduct:
    """The form of config/conduct.yaml."""

    record_days: int
    known_claims: int
    fresh_days: int
    free_mail: tuple[str, ...]
    sanctioned: tuple[str, ...]
    refusals: Refusals
    strikes: Strikes
    misuse: Misuse
    campaigns: Campaigns

    def since(self, now: datetime) -> datetime:
        """From when on a sender's record counts."""
        return now - timedelta(days=self.record_days)


def conduct(desk: Desk) -> Conduct:
    """The numbers as configured; raises SettingError for an unknown key or measure."""
    return _read(desk.settings.config / "conduct.yaml")


def reference(desk: Desk, service: str, duties: tuple[str, ...]) -> str:
    """What the law in force for a service says of these duties: their references, empty where it knows none."""
    laws = desk.in_force(desk.now(), service)
    found = [duty.reference for law in laws for duty in law.version.duties if duty.id in duties]
    return "; ".join(dict.fromkeys(found))


@cache
def _read(path: Path) -> Conduct:
    return read(path, Conduct)
