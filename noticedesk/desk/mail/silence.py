"""What runs from the sending of a letter: it begins when the letter has left, and ends when the letter came back."""

from dataclasses import replace
from datetime import datetime

from noticedesk import store
from noticedesk.desk.actors import DISPATCH
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock, ClockState
from noticedesk.model.letter import Letter
from noticedesk.store import chain, records

_ENDED = frozenset({ClockState.RUNNING, ClockState.PAUSED, ClockState.MISSED})
"""The states of a clock of silence that a bounce takes back: who never got the letter has missed nothing."""


def begin(desk: Desk, tx: store.Transaction, letter: Letter, at: datetime) -> None:
    """Tells the clocks of the case that the letter has left, once: a reminder or a repeat moves no time."""
    claim = records.get(tx, Claim, letter.claim)
    named = events_of(desk, claim, letter.template)
    if not named:
        return
    known = _clocks(tx, letter)
    lapsed = {item.start_event for item in known if item.ended_why == _why(letter)}
    told = {name for item in known for name in (item.start_event, item.ended_by)} - lapsed
    events = {name: at for name in named if name not in told}
    about = records.get(tx, Allegation, letter.allegation) if letter.allegation else None
    if events:
        clocks.start(desk, tx, claim, events, about)


def end(desk: Desk, tx: store.Transaction, letter: Letter) -> list[Clock]:
    """Cancels what runs against whoever did not answer a letter that never arrived; the clocks, with the reason."""
    claim = records.get(tx, Claim, letter.claim)
    events = events_of(desk, claim, letter.template)
    running = [item for item in _clocks(tx, letter) if item.start_event in events and item.state in _ENDED]
    return [_cancelled(desk, tx, item, letter) for item in running]


def events_of(desk: Desk, claim: Claim, template: str) -> frozenset[str]:
    """The events that the sending of a letter is: those that satisfy the timer of the duty that asks for the letter."""
    version = clocks.law_of(desk, claim).version
    duties = {duty.id for duty in version.duties if duty.letter == template}
    return frozenset(event for timer in version.timers if timer.id in duties for event in timer.satisfied_by)


def _clocks(look: store.Look, letter: Letter) -> list[Clock]:
    return [
        item for item in records.find(look, Clock, claim=letter.claim) if item.allegation in (None, letter.allegation)
    ]


def _why(letter: Letter) -> str:
    return f"the letter {letter.id} did not arrive"


def _cancelled(desk: Desk, tx: store.Transaction, clock: Clock, letter: Letter) -> Clock:
    ended = replace(clock, state=ClockState.CANCELLED, ended_at=desk.now(), ended_by="", ended_why=_why(letter))
    chain.append(tx, DISPATCH, "clock.cancelled", clock.id, clock.claim, {"rule": clock.rule, "letter": letter.id})
    return records.replace(tx, ended)
