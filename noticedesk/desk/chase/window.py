"""When a listing may come back after a counter-notice, and until when it must: read from the clocks of the case."""

from dataclasses import dataclass
from datetime import datetime

from noticedesk import store
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.store import records

_WAITS = frozenset({ClockKind.STATUTORY_MIN, ClockKind.STATUTORY_WINDOW})
_ENDS = frozenset({ClockKind.STATUTORY_MAX, ClockKind.STATUTORY_WINDOW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a put-back may begin. `opens` is None while its waiting time has not begun; without `waits` there is none.

    `closes` is the last instant that is safe by every calendar, `latest` the statute's own; `stopped` names the event
    that keeps it down; `empty`: no day keeps both ends, so that a person of legal must choose one.
    """

    waits: bool = False
    event: str = ""
    since: datetime | None = None
    opens: datetime | None = None
    closes: datetime | None = None
    latest: datetime | None = None
    stopped: str = ""
    empty: bool = False


def window(desk: Desk, look: store.Look, claim: Claim, allegation: Allegation) -> Window:
    """The window of an allegation that was answered by a counter-notice."""
    timers = [timer for timer in clocks.law_of(desk, claim).version.timers if clocks.BACK in timer.satisfied_by]
    waits = {timer.id for timer in timers if timer.kind in _WAITS}
    if not waits:
        return Window()
    mine = [item for item in records.find(look, Clock, claim=claim.id) if item.allegation in (None, allegation.id)]
    begun = [item for item in mine if item.rule in waits]
    if not begun:
        return Window(waits=True)
    stopped = next((item.ended_by for item in begun if item.state is ClockState.CANCELLED), "")
    ends = {timer.id for timer in timers if timer.kind in _ENDS}
    last = min((item.latest for item in mine if item.rule in ends and item.latest and not _by_hand(item)), default=None)
    safe = clocks.safe_window(desk, look, claim, allegation)
    opens = max(item.earliest or item.due for item in begun)
    return Window(
        waits=True,
        event=begun[0].start_event,
        since=max(item.start for item in begun),
        opens=max(opens, safe.first_instant) if safe else opens,
        closes=min(last, safe.last_instant) if safe and last else last,
        latest=last,
        stopped=stopped,
        empty=safe is None and not stopped and any(timer.window for timer in timers),
    )


def _by_hand(clock: Clock) -> bool:
    """Whether legal has ended a clock, which then presses no more; one that is paused has a reason and no end."""
    return clock.ended_at is not None and bool(clock.ended_why)
