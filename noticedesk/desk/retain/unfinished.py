"""What still needs the words of a claim: work not done, effects not had, times of law that run."""

from noticedesk import store
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState, Lane
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.store import records

_S = AllegationState

DONE = frozenset({_S.NOT_OURS, _S.GONE, _S.DISMISSED, _S.WITHDRAWN, _S.RESTORED, _S.ACTIONED, _S.FORWARDED})
"""The fates in which nothing of an allegation is left to do."""

ENDED = frozenset(
    {
        ClaimState.REFUSED,
        ClaimState.WITHDRAWN,
        ClaimState.EXPIRED,
        ClaimState.MERGED,
        ClaimState.REROUTED,
        ClaimState.CLOSED,
    }
)
"""The states in which a claim is over, however far its allegations had got."""

_BUSY = frozenset({_S.APPROVED, _S.DISPATCHING, _S.ACTION_FAILED, _S.COUNTERED, _S.KEPT_DOWN, _S.REAPPEARED})
_UNSENT = frozenset({OutboxState.QUEUED, OutboxState.FAILED})
_LAW = frozenset({ClockKind.STATUTORY_MIN, ClockKind.STATUTORY_MAX, ClockKind.STATUTORY_WINDOW})


def unfinished(look: store.Look, claim: str) -> str:
    """Why a claim cannot be erased yet, in words; "" where nothing needs it any more."""
    known = records.get(look, Claim, claim)
    if known.lane is Lane.SAFETY:
        return "it is with the safety team, which keeps what the law asks it to keep"
    for item in records.find(look, Allegation, claim=claim):
        over = item.state in DONE or (known.state in ENDED and item.state not in _BUSY)
        if not over:
            return f"{item.id} is {item.state}"
    if known.state not in ENDED and not records.find(look, Allegation, claim=claim, limit=1):
        return f"it is {known.state}"
    unsent = records.find(look, Outbox, claim=claim, state=_UNSENT)
    unsent += records.find(look, Outbox, claim=claim, kind=OutboxKind.WEBHOOK, state=OutboxState.SENT)
    if unsent:
        return f"{unsent[0].id} has not left yet, or is not confirmed"
    running = [item for item in records.find(look, Clock, claim=claim, state=ClockState.RUNNING) if item.kind in _LAW]
    return f"{running[0].rule} of {running[0].regime} runs until {running[0].due:%Y-%m-%d}" if running else ""
