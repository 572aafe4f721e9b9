"""Questions of the alarms that take more than equals: what lies still, who writes in vain, which source is silent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from noticedesk.model.allegation import AllegationState
from noticedesk.model.claim import ClaimState
from noticedesk.model.clock import ClockState
from noticedesk.store.database import Look
from noticedesk.store.tables.claims import allegations, claims, notices
from noticedesk.store.tables.decisions import clocks
from noticedesk.store.tables.effects import events


@dataclass(frozen=True, slots=True)
class Still:
    """Something that lies still: its id, its claim, since when it should have moved, and by which rule."""

    subject: str
    claim: str
    since: datetime
    rule: str


def known_and_not_done(look: Look, rules: Collection[str], now: datetime, only: str = "") -> list[Still]:
    """The allegations under review for which a time to act, by one of the rules, is over; most overdue first."""
    mine = or_(clocks.c.allegation.is_(None), clocks.c.allegation == allegations.c.id)
    running = clocks.c.state.in_([ClockState.RUNNING.value, ClockState.MISSED.value])
    waits = allegations.c.state == AllegationState.IN_REVIEW.value
    query = (
        select(
            allegations.c.id,
            allegations.c.claim,
            func.min(clocks.c.due).label("since"),
            func.min(clocks.c.rule).label("rule"),
        )
        .join(clocks, clocks.c.claim == allegations.c.claim)
        .where(waits, mine, running, clocks.c.ended_at.is_(None), clocks.c.due <= now, clocks.c.rule.in_(rules))
        .group_by(allegations.c.id, allegations.c.claim)
        .order_by("since", allegations.c.id)
    )
    if only:
        query = query.where(allegations.c.id == only)
    return [Still(row.id, row.claim, row.since, row.rule) for row in look.run(query)]


def check_stuck(look: Look, received_by: datetime, only: str = "") -> list[Still]:
    """The claims whose check has not come to its end: given up after its last try, or received by then."""
    waits = claims.c.state.in_([ClaimState.RECEIVED.value, ClaimState.IN_CHECK.value])
    late = or_(claims.c.stuck, claims.c.received_at <= received_by)
    query = select(claims.c.id, claims.c.received_at, claims.c.stuck).where(waits, late).order_by(claims.c.received_at)
    if only:
        query = query.where(claims.c.id == only)
    return [Still(row.id, row.id, row.received_at, "failed" if row.stuck else "waits") for row in look.run(query)]


def last_taken_in(look: Look, channel: str) -> datetime | None:
    """When the newest notice of a source was taken in."""
    return look.run(select(func.max(notices.c.ingested_at)).where(notices.c.channel == channel)).scalar()


def beginning(look: Look) -> datetime | None:
    """When the first thing of all happened: how long the desk has been at work."""
    return look.run(select(events.c.at).where(events.c.seq == 1)).scalar()


def fruitless_senders(look: Look, since: datetime, least: int) -> list[str]:
    """The first notice of each sender of so many since then, none of which opened, joined or answered a claim."""
    query = (
        select(func.min(notices.c.id))
        .where(notices.c.ingested_at > since, notices.c.sender != "")
        .group_by(notices.c.sender)
        .having(func.count() >= least, func.count(notices.c.claim) == 0)
        .order_by(func.min(notices.c.id))
    )
    return list(look.run(query).scalars())
