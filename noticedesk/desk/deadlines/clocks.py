"""Clocks of a case, computed anew from every event so far and saved with the versions of rule and calendar."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from noticedesk import clock, regime, store
from noticedesk.desk.actors import PROCESS
from noticedesk.desk.deadlines import beside, breach
from noticedesk.desk.desk import Desk
from noticedesk.desk.statements.rules import timers_off
from noticedesk.model.allegation import Allegation
from noticedesk.model.allegation import AllegationState as S
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing, Restriction
from noticedesk.store import chain, records

_ACTED_ON = breach.STATUTORY | breach.OURS
"""The kinds that somebody has to meet; what one only waits for does not make a case urgent."""

ACTS = frozenset({"material_disabled", "decision_made", "notice_forwarded", "legal_reviewed", "grievance_disposed"})
"""The events that end a time to act; their timers say how long something may be known with nothing done."""

BACK = "material_restored"
"""The event that the timers of a put-back are satisfied by."""

_ACTED = frozenset({S.ACTIONED, S.FORWARDED, S.COUNTERED, S.KEPT_DOWN, S.RESTORED})
"""The states of an allegation on which a measure was taken."""

_WAITING = frozenset(S) - _ACTED - {S.DISMISSED, S.WITHDRAWN, S.NOT_OURS, S.GONE}
"""The states of an allegation about which somebody of the desk, or the platform, has still to do something."""


_UNENDED = frozenset({ClockState.RUNNING, ClockState.MISSED})


def start(
    desk: Desk,
    tx: store.Transaction,
    claim: Claim,
    events: Mapping[str, datetime],
    allegation: Allegation | None = None,
    *,
    overdue: bool = False,
) -> datetime | None:
    """Starts, satisfies and cancels the clocks that the events touch; when the case is next due.

    With an allegation the clocks are its own, and what happened to the claim counts for it too. Time alone ends a clock
    only where `overdue` asks for it: who does so sees what follows, and nothing runs out on the way of something else.
    """
    law = law_of(desk, claim)
    others = beside.laws(desk, claim, records.get(tx, Listing, allegation.listing)) if allegation else ()
    known = _known(tx, claim, allegation)
    mine = [item for item in known if item.allegation == (allegation.id if allegation else None)]
    told = _events(known) | dict(events)
    due = _counted(desk, claim, law, told)
    theirs = {other.id for other in others}
    of_law = {law.id: {item.rule: item for item in mine if item.regime not in theirs}}
    of_law |= {other.id: {item.rule: item for item in mine if item.regime == other.id} for other in others}
    each = [(law, due), *((other, _named(other, _counted(desk, claim, other, told))) for other in others)]
    for one, item in ((one, item) for one, counted in each for item in counted):
        before = of_law[one.id].get(item.id)
        if item.start_event in events or before:
            made = _clock(claim, allegation, one, item, before)
            _save(desk, tx, made if overdue else _in_time(made), before)
    _turn_off(tx, [item for item in mine if item.rule in timers_off(desk)])
    _end_together(desk, tx, claim, law, dict(events))
    return _next_due(due)


def _counted(desk: Desk, claim: Claim, law: regime.InForce, told: Mapping[str, datetime]) -> tuple[clock.Due, ...]:
    """The clocks that the events start under a law, but those of what is switched off."""
    happened = {name: at for name, at in told.items() if name in law.regime.events}
    timezone = desk.service(claim.service).agent.timezone
    off = timers_off(desk)
    return tuple(
        item for item in clock.clocks(law, happened, now=desk.now(), timezone=timezone).due if item.id not in off
    )


def _named(law: regime.InForce, due: tuple[clock.Due, ...]) -> tuple[clock.Due, ...]:
    """Those of a law that stands beside the claim's own which it names."""
    named = law.version.beside.timers if law.version.beside else ()
    return tuple(item for item in due if item.id in named)


def _turn_off(tx: store.Transaction, known: list[Clock]) -> None:
    """Ends what was started before the work that it times was switched off; nobody can meet it, so none misses it."""
    for item in known:
        if item.state is ClockState.RUNNING:
            records.replace(tx, replace(item, state=ClockState.CANCELLED, ended_why="what it times is switched off"))


def _end_together(
    desk: Desk, tx: store.Transaction, claim: Claim, law: regime.InForce, told: dict[str, datetime]
) -> None:
    """Ends the claim's own times to act once no allegation of it waits any more: by the last act, or with none.

    One that was missed ends too, and stays missed: nobody has to act on it any more.
    """
    known = records.find(tx, Clock, claim=claim.id)
    open_ones = [one for one in known if one.allegation is None and one.ended_at is None and one.state in _UNENDED]
    fates = records.find(tx, Allegation, claim=claim.id) if open_ones else []
    waiting = {one.rule for one in known if one.allegation and one.ended_at is None and one.state in _UNENDED}
    back = any(BACK in timer.satisfied_by for timer in law.version.timers if timer.id in waiting)
    over = _over(tx, fates, back) if fates else frozenset()
    timers = {t.id: t for t in law.version.timers if t.kind in _ACTED_ON and over & set(t.satisfied_by)}
    unended = [one for one in open_ones if one.rule in timers]
    happened = [_events([item]) | told for item in known] if unended else []
    for item in unended:
        acts = [(at, name) for each in happened for name, at in each.items() if name in timers[item.rule].satisfied_by]
        done = max((act for act in acts if act[0] >= item.start), default=None)
        at, by = done or (desk.now(), _assumed(fates, over & set(timers[item.rule].satisfied_by)))
        state = ClockState.SATISFIED if by else ClockState.CANCELLED
        late = at > (item.latest or item.due)
        why = "" if by else "nothing is left to act on"
        ended = replace(item, state=ClockState.MISSED if late else state, ended_at=at, ended_by=by, ended_why=why)
        _replace(desk, tx, ended, item)


def safe_window(desk: Desk, look: store.Look, claim: Claim, allegation: Allegation | None) -> clock.SafeWindow | None:
    """The days on which a put-back keeps both ends of the window by every plausible calendar; None while none runs."""
    law = law_of(desk, claim)
    happened = {name: at for name, at in _events(_known(look, claim, allegation)).items() if name in law.regime.events}
    timezone = desk.service(claim.service).agent.timezone
    return clock.window(law, happened, now=desk.now(), timezone=timezone)


def _assumed(fates: list[Allegation], ends: frozenset[str]) -> str:
    """The act that ended a time where no clock of the case tells it: what was refused is decided too."""
    if "decision_made" in ends:
        return "decision_made"
    return "material_disabled" if "material_disabled" in ends and any(one.state in _ACTED for one in fates) else ""


def _over(look: store.Look, fates: list[Allegation], back: bool) -> frozenset[str]:
    """The acts that nothing of the claim waits for any more: to decide and act, and to make available again.

    `back`: whether a listing's own time to come back still runs, by which it waits though no measure is confirmed.
    """
    acts = frozenset() if any(item.state in _WAITING for item in fates) else ACTS
    down = records.find(look, Restriction, allegation=[item.id for item in fates], lifted_at=None)
    return acts if down or back else acts | {BACK}


def waive(desk: Desk, tx: store.Transaction, allegation: Allegation, why: str) -> None:
    """Ends the waiting times of an allegation that what was decided does not have to keep; a code says why."""
    waiting = records.find(tx, Clock, allegation=allegation.id, state=ClockState.RUNNING, kind=ClockKind.STATUTORY_MIN)
    for item in waiting:
        ended = replace(item, state=ClockState.CANCELLED, ended_at=desk.now(), ended_why=why)
        records.replace(tx, ended)


def due_to_act(desk: Desk, look: store.Look, claim: Claim) -> datetime | None:
    """When the first time to act on the claim ends that no act has ended: the law's own, else what we set ourselves."""
    timers = times_to_act(law_of(desk, claim))
    open_ones = records.find(look, Clock, claim=claim.id, allegation=None, ended_at=None, rule=timers)
    return min((item.due for item in open_ones), default=None)


def times_to_act(law: regime.InForce) -> list[str]:
    """The rules of a regime that say how long something may be known with nothing done."""
    return [timer.id for timer in law.version.timers if timer.kind in _ACTED_ON and ACTS & set(timer.satisfied_by)]


def law_of(desk: Desk, claim: Claim) -> regime.InForce:
    """The regime of the claim as it was in force when the notice came, wherever the service is offered by now."""
    if not claim.regime:
        return regime.UNRULED
    mine = regime.by_id(desk.law, claim.regime)
    return regime.InForce(mine, mine.judging(claim.received_at.date()))


def _known(look: store.Look, claim: Claim, allegation: Allegation | None) -> list[Clock]:
    mine = (None, allegation.id if allegation else None)
    return [item for item in records.find(look, Clock, claim=claim.id) if item.allegation in mine]


def _events(known: list[Clock]) -> dict[str, datetime]:
    """What the clocks tell of events and when; of an event that came to both, what came to the allegation counts."""
    its_own = [item for item in known if item.allegation]
    return _told_by([item for item in known if not item.allegation]) | _told_by(its_own)


def _told_by(known: list[Clock]) -> dict[str, datetime]:
    started = {item.start_event: item.start for item in known}
    ended = {item.ended_by: item.ended_at for item in known if item.ended_by and item.ended_at}
    return started | ended


def _next_due(due: tuple[clock.Due, ...]) -> datetime | None:
    running = [item.due for item in due if item.status is ClockState.RUNNING and item.kind in _ACTED_ON]
    return min(running, default=None)


def _clock(
    claim: Claim, allegation: Allegation | None, law: regime.InForce, item: clock.Due, before: Clock | None
) -> Clock:
    # once completeness is decided it stays so, as long as the clock is not started anew
    decided = before is not None and not before.provisional and before.start == item.start
    # in UTC: in the hour that comes twice an instant of one zone is never equal to the same instant of another
    return Clock(
        id=before.id if before else new_id("K"),
        claim=claim.id,
        allegation=allegation.id if allegation else None,
        rule=item.id,
        kind=item.kind,
        start_event=item.start_event,
        start=item.start.astimezone(UTC),
        due=item.due.astimezone(UTC),
        earliest=item.earliest and item.earliest.astimezone(UTC),
        latest=item.latest and item.latest.astimezone(UTC),
        timezone=item.timezone,
        calendar=item.calendar,
        calendar_version=item.calendar_version,
        regime=law.id,
        regime_version=law.version.version,
        reference=item.reference,
        tag=item.tag,
        provisional=item.provisional and not decided,
        state=item.status,
        ended_at=item.ended_at and item.ended_at.astimezone(UTC),
        ended_by=item.ended_by,
    )


def _in_time(made: Clock) -> Clock:
    """The clock, still running where only time has ended it."""
    alone = made.state is ClockState.MISSED and made.ended_at is None
    return replace(made, state=ClockState.RUNNING) if alone else made


def _save(desk: Desk, tx: store.Transaction, made: Clock, before: Clock | None) -> None:
    if before is None:
        records.add(tx, made)
        breach.tell_of_late_act(desk, tx, made)
    elif not _stands(before, made) and made != before:
        _replace(desk, tx, made, before)


def _replace(desk: Desk, tx: store.Transaction, made: Clock, before: Clock) -> None:
    """Saves how a clock stands now; what an ended one was, before it is started anew, stays in the audit log."""
    if before.ended_at and made.start != before.start:
        told: dict[str, chain.Detail] = {"rule": before.rule, "state": before.state.value}
        told |= {"start": before.start.isoformat(), "ended": before.ended_at.isoformat(), "by": before.ended_by}
        chain.append(tx, PROCESS, "clock.restarted", before.id, before.claim, told)
    records.replace(tx, made)
    if before.state is not ClockState.MISSED:
        breach.tell_of_late_act(desk, tx, made)


def _stands(before: Clock, made: Clock) -> bool:
    """Whether a clock stays as ended or paused by hand until it is started anew, or missed until an event ends it.

    So what was once missed is not missed no more because the clock on the wall was set back, and what an act has ended
    does not end later, or too late, because the act was done again, whatever came in between.
    """
    if before.start != made.start:
        return False
    by_hand = bool(before.ended_why) or before.state is ClockState.PAUSED
    missed = before.state is ClockState.MISSED and made.state is ClockState.RUNNING
    again = bool(before.ended_by) and made.state is ClockState.MISSED and bool(made.ended_by)
    return by_hand or again or (missed and not made.ended_by)
