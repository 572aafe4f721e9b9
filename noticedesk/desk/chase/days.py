"""Business days of policy, counted as the regime of the claim counts its own."""

from dataclasses import replace
from datetime import datetime

from noticedesk import clock, regime
from noticedesk.desk.deadlines.clocks import law_of
from noticedesk.desk.desk import Desk
from noticedesk.model.claim import Claim
from noticedesk.model.clock import ClockKind


def business_day(desk: Desk, claim: Claim, event: str, at: datetime, number: int) -> datetime:
    """The first instant of the business day of that number after an event; the day of the event is day 0."""
    law = law_of(desk, claim)
    timer = regime.Timer(
        id="policy",
        kind=ClockKind.SLA,
        start=event,
        unit="business_day",
        value=number,
        last_day="opens",
        reference="policy",
        tag="policy",
    )
    counted = regime.InForce(law.regime, replace(law.version, timers=(timer,)))
    timezone = desk.service(claim.service).agent.timezone
    return clock.clocks(counted, {event: at}, now=desk.now(), timezone=timezone).due[0].due
