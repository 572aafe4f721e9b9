"""Clocks of a case, computed anew from every event so far and saved with the versions of rule and calendar."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from noticedesk import clock, regime, store
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.model.ids import new_id
from noticedesk.store import records

_ACTED_ON = frozenset({ClockKind.STATUTORY_MAX, ClockKind.STATUTORY_WINDOW, ClockKind.OPEN_STANDARD, ClockKind.SLA})
"""The kinds that somebody has to meet; what one only waits for does not make a case urgent."""


def start(
    desk: Desk,
    tx: store.Transaction,
    claim: Claim,
    events: Mapping[str, datetime],
    allegation: Allegation | None = None,
) -> datetime | None:
    """Starts, satisfies and cancels the clocks that the events touch; when the case is next due.

    With an allegation the clocks are its own, and what happened to the claim counts for it too.
    """
    law = law_of(desk, claim)
    known = _known(tx, claim, allegation)
    happened = {name: at for name, at in (_events(known) | dict(events)).items() if name in law.regime.events}
    timezone = desk.service(claim.service).agent.timezone
    due = clock.clocks(law, happened, now=desk.now(), timezone=timezone).due
    mine = {item.rule: item for item in known if item.allegation == (allegation.id if allegation else None)}
    for item in due:
        if item.start_event in events or item.id in mine:
            _save(tx, claim, allegation, law, item, mine.get(item.id))
    return _next_due(due)


def safe_window(desk: Desk, look: store.Look, claim: Claim, allegation: Allegation | None) -> clock.SafeWindow | None:
    """The days on which a put-back keeps both ends of the window by every plausible calendar; None while none runs."""
    law = law_of(desk, claim)
    happened = {name: at for name, at in _events(_known(look, claim, allegation)).items() if name in law.regime.events}
    timezone = desk.service(claim.service).agent.timezone
    return clock.clocks(law, happened, now=desk.now(), timezone=timezone).safe_window


def law_of(desk: Desk, claim: Claim) -> regime.InForce:
    """The regime of the claim as it was in force when the notice came."""
    return next(item for item in desk.in_force(claim.received_at, claim.service) if item.id == claim.regime)


def _known(look: store.Look, claim: Claim, allegation: Allegation | None) -> list[Clock]:
    mine = (None, allegation.id if allegation else None)
    return [item for item in records.find(look, Clock, claim=claim.id) if item.allegation in mine]


def _events(known: list[Clock]) -> dict[str, datetime]:
    started = {item.start_event: item.start for item in known}
    ended = {item.ended_by: item.ended_at for item in known if item.ended_by and item.ended_at}
    return started | ended


def _next_due(due: tuple[clock.Due, ...]) -> datetime | None:
    running = [item.due for item in due if item.status is ClockState.RUNNING and item.kind in _ACTED_ON]
    return min(running, default=None)


def _save(
    tx: store.Transaction,
    claim: Claim,
    allegation: Allegation | None,
    law: regime.InForce,
    item: clock.Due,
    before: Clock | None,
) -> None:
    made = Clock(
        id=before.id if before else new_id("K"),
        claim=claim.id,
        allegation=allegation.id if allegation else None,
        rule=item.id,
        kind=item.kind,
        start_event=item.start_event,
        start=item.start,
        due=item.due,
        earliest=item.earliest,
        latest=item.latest,
        timezone=item.timezone,
        calendar=item.calendar,
        calendar_version=item.calendar_version,
        regime=law.id,
        regime_version=law.version.version,
        reference=item.reference,
        tag=item.tag,
        provisional=item.provisional,
        state=item.status,
        ended_at=item.ended_at,
        ended_by=item.ended_by,
    )
    if before is None:
        records.add(tx, made)
    elif not _stands(before, made) and made != before:
        records.replace(tx, made)


_BY_TIME = frozenset({ClockState.RUNNING, ClockState.MISSED})
"""How a clock stands that no event has ended."""


def _stands(before: Clock, made: Clock) -> bool:
    """Whether a clock stays as it was ended or paused by hand, or missed: only a new start or an event changes it.

    So what was once missed is not missed no more because the clock on the wall was set back.
    """
    by_hand = bool(before.ended_why) or before.state is ClockState.PAUSED
    missed = before.state is ClockState.MISSED and made.state is ClockState.RUNNING
    return before.start == made.start and made.state in _BY_TIME and not made.ended_by and (by_hand or missed)
