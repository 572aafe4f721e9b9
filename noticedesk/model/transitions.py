"""Which changes of state are legal, and which of them only a person may make."""

from collections.abc import Mapping
from enum import StrEnum

from noticedesk.model.allegation import AllegationState as A
from noticedesk.model.claim import ClaimState as C
from noticedesk.model.notice import NoticeState as N

Table = Mapping[StrEnum, frozenset[StrEnum]]

NOTICE: Table = {
    N.RECEIVED: frozenset({N.READ, N.UNREADABLE, N.QUARANTINED}),
    N.UNREADABLE: frozenset({N.READ, N.QUARANTINED}),
    N.QUARANTINED: frozenset({N.READ}),
    N.READ: frozenset({N.QUARANTINED}),
}

_ENDS = {C.WITHDRAWN, C.MERGED, C.REROUTED, C.CLOSED}

CLAIM: Table = {
    C.RECEIVED: frozenset({C.IN_CHECK, *_ENDS}),
    C.IN_CHECK: frozenset({C.NEEDS_CURE, C.ACCEPTED, C.REFUSED, *_ENDS}),
    C.NEEDS_CURE: frozenset({C.IN_CHECK, C.ACCEPTED, C.REFUSED, C.EXPIRED, *_ENDS}),
    C.ACCEPTED: frozenset({C.IN_CHECK, C.REFUSED, *_ENDS}),
    C.REFUSED: frozenset({C.IN_CHECK, C.ACCEPTED, C.CLOSED}),
    C.EXPIRED: frozenset({C.IN_CHECK, C.CLOSED}),
    C.WITHDRAWN: frozenset({C.IN_CHECK, C.CLOSED}),
    C.MERGED: frozenset({C.IN_CHECK}),
    C.REROUTED: frozenset({C.IN_CHECK, C.CLOSED}),
    C.CLOSED: frozenset({C.IN_CHECK, C.ACCEPTED}),
}

_DECIDED = {A.APPROVED, A.DISMISSED}

ALLEGATION: Table = {
    A.REPORTED: frozenset({A.NOT_OURS, A.GATHERED, A.GONE, A.UNREACHABLE, A.IN_REVIEW, A.WITHDRAWN}),
    A.NOT_OURS: frozenset({A.REPORTED, A.IN_REVIEW, A.WITHDRAWN, *_DECIDED}),
    A.GONE: frozenset({A.REPORTED, A.IN_REVIEW, A.WITHDRAWN, *_DECIDED}),
    A.UNREACHABLE: frozenset({A.REPORTED, A.GATHERED, A.GONE, A.IN_REVIEW, A.WITHDRAWN}),
    A.GATHERED: frozenset({A.COMPARED, A.REPORTED, A.GONE, A.IN_REVIEW, A.WITHDRAWN}),
    A.COMPARED: frozenset({A.IN_REVIEW, A.REPORTED, A.GONE, A.WITHDRAWN}),
    A.IN_REVIEW: frozenset({A.REPORTED, A.GONE, A.AWAITING_SELLER, A.WITHDRAWN, *_DECIDED}),
    A.AWAITING_SELLER: frozenset({A.IN_REVIEW, A.GONE, A.WITHDRAWN}),
    A.APPROVED: frozenset({A.IN_REVIEW, A.DISPATCHING, A.FORWARDED, A.COUNTERED, A.WITHDRAWN}),
    A.DISPATCHING: frozenset({A.ACTIONED, A.ACTION_FAILED, A.FORWARDED, A.COUNTERED, A.RESTORED, A.WITHDRAWN}),
    A.ACTION_FAILED: frozenset({A.DISPATCHING, A.IN_REVIEW, A.GONE, A.WITHDRAWN}),
    A.ACTIONED: frozenset({A.COUNTERED, A.RESTORED, A.REAPPEARED, A.IN_REVIEW, A.WITHDRAWN}),
    A.FORWARDED: frozenset({A.IN_REVIEW, A.WITHDRAWN}),
    A.DISMISSED: frozenset({A.IN_REVIEW, A.REPORTED, A.WITHDRAWN}),
    A.WITHDRAWN: frozenset({A.REPORTED, A.RESTORED}),
    A.COUNTERED: frozenset({A.ACTIONED, A.KEPT_DOWN, A.RESTORED, A.WITHDRAWN, *_DECIDED}),
    A.KEPT_DOWN: frozenset({A.ACTIONED, A.RESTORED, A.WITHDRAWN}),
    A.RESTORED: frozenset({A.REAPPEARED, A.IN_REVIEW, A.REPORTED}),
    A.REAPPEARED: frozenset({A.IN_REVIEW, A.ACTIONED, A.WITHDRAWN}),
}

HUMAN: frozenset[tuple[StrEnum, StrEnum]] = frozenset(
    {(state, after) for state, afters in ALLEGATION.items() for after in afters if after in _DECIDED}
    | {(state, A.RESTORED) for state, afters in ALLEGATION.items() if A.RESTORED in afters}
    | {(A.COUNTERED, A.KEPT_DOWN), (A.COUNTERED, A.ACTIONED), (A.KEPT_DOWN, A.ACTIONED), (A.RESTORED, A.REPORTED)}
    | {(A.DISMISSED, after) for after in (A.IN_REVIEW, A.REPORTED)}
    | {(C.REFUSED, C.ACCEPTED), (C.CLOSED, C.ACCEPTED)}
)
"""The changes that need an accountable decision: by a person, or by a policy that legal has switched on."""

TABLES: tuple[Table, ...] = (NOTICE, CLAIM, ALLEGATION)


class IllegalMove(ValueError):
    """A change of state that the table does not allow, or not to this actor."""


def after(state: StrEnum) -> frozenset[StrEnum]:
    """The states that may follow a state."""
    for table in TABLES:
        if state in table and type(state) is type(next(iter(table))):
            return table[state]
    raise IllegalMove(f"no transitions are known for {state!r}")


def need_human(state: StrEnum, to: StrEnum) -> bool:
    """Whether only an accountable decision may make this change."""
    return (state, to) in HUMAN


def judge(state: StrEnum, to: StrEnum, *, accountable: bool) -> None:
    """Raises IllegalMove unless the table allows the change to this kind of actor."""
    if to not in after(state):
        legal = ", ".join(sorted(after(state))) or "nothing"
        raise IllegalMove(f"{state} cannot become {to}; it may become {legal}")
    if need_human(state, to) and not accountable:
        raise IllegalMove(f"{state} becomes {to} only by a decision of an accountable person")
