"""By what an allegation stands as answered: a counter-notice or an appeal, which end in different ways."""

from noticedesk import store
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.event import Event
from noticedesk.store import records

MOVED = "allegation.countered"
"""The event by which an allegation came to stand as answered; an appeal names its `side` there."""


def by_counter_notice(look: store.Look, allegation: Allegation) -> bool:
    """Whether a counter-notice is open; an appeal is none, nor when it is decided and the platform has not restored."""
    if allegation.state is not AllegationState.COUNTERED:
        return False
    moved = records.find(look, Event, subject=allegation.id, act=MOVED)
    last = max(moved, key=lambda event: event.seq, default=None)
    return last is None or "side" not in last.details
