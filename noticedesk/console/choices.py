"""Which reasons a decision page offers, in which order and under which key."""

from dataclasses import dataclass

from noticedesk.model.action import DISMISSALS, REASONS, Action, Reason
from noticedesk.model.decision import Proposal
from noticedesk.model.right import RightKind

_MEASURES: dict[RightKind | None, tuple[Reason, ...]] = {
    RightKind.COPYRIGHT: (Reason.COPY, Reason.DERIVATIVE, Reason.EFFECTIVE_NOTICE, Reason.TERMS),
    RightKind.TRADEMARK: (Reason.IDENTICAL_SIGN, Reason.SIMILAR_SIGN, Reason.COUNTERFEIT, Reason.EFFECTIVE_NOTICE),
    RightKind.DESIGN: (Reason.DESIGN_COPY, Reason.EFFECTIVE_NOTICE, Reason.COURT_ORDER, Reason.TERMS),
    RightKind.PATENT: (Reason.PATENT_ADJUDICATED, Reason.COURT_ORDER, Reason.EFFECTIVE_NOTICE, Reason.TERMS),
    RightKind.ANTICIRCUMVENTION: (Reason.CIRCUMVENTION, Reason.EFFECTIVE_NOTICE, Reason.COURT_ORDER, Reason.TERMS),
    None: (Reason.COPY, Reason.IDENTICAL_SIGN, Reason.EFFECTIVE_NOTICE, Reason.TERMS),
}
_DISMISSALS: dict[RightKind | None, tuple[Reason, ...]] = {
    RightKind.TRADEMARK: (Reason.NOT_SAME, Reason.NOMINATIVE, Reason.FIRST_SALE, Reason.LICENSED, Reason.NOT_PROVEN),
    None: (Reason.NOT_SAME, Reason.LICENSED, Reason.EXCEPTION, Reason.NOT_PROVEN, Reason.GONE),
}

MEASURES: tuple[Action, ...] = tuple(action for action in Action if action not in (Action.NONE, Action.RESTORE))
"""What a decision page offers beside doing nothing; putting back is decided at the desk of legal."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One reason: its code, what it says in a letter, the id of its key (empty: none), and whether it is proposed."""

    reason: Reason
    says: str
    key: str
    proposed: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The reasons for a measure and those for doing nothing: the nearest ones with keys, then all others."""

    measures: tuple[Choice, ...]
    dismissals: tuple[Choice, ...]
    others: tuple[Choice, ...]
    action: Action


def choices(right: RightKind | None, proposal: Proposal | None, says: dict[Reason, str]) -> Choices:
    """What can be chosen about an allegation, with what is proposed chosen already."""
    proposed = proposal.reason if proposal and proposal.action else None
    action = proposal.action if proposal and proposal.action in MEASURES else Action.DISABLE
    near = _MEASURES.get(right, _MEASURES[None]), _DISMISSALS.get(right, _DISMISSALS[None])
    measures = _with(near[0], proposed if proposed not in DISMISSALS else None)
    dismissals = _with(near[1], proposed if proposed in DISMISSALS else None)
    # the same reason keeps its key in every case of its kind: 1 to 4 act, 5 to 9 do nothing
    made = [_choice(reason, place + 1, proposed, says) for place, reason in enumerate(measures)]
    nothing = [_choice(reason, place + 5, proposed, says) for place, reason in enumerate(dismissals)]
    left = [reason for reason in _decidable() if reason not in (*measures, *dismissals)]
    return Choices(
        tuple(made),
        tuple(nothing),
        tuple(_choice(reason, 0, proposed, says) for reason in left),
        action or Action.DISABLE,
    )


def action_for(reason: Reason, chosen: Action) -> Action:
    """The action that goes with a reason: a reason to do nothing needs no measure to be chosen."""
    return Action.NONE if reason in DISMISSALS else chosen


def _with(near: tuple[Reason, ...], proposed: Reason | None) -> tuple[Reason, ...]:
    """The near reasons; one that is proposed and not among them takes the last place."""
    return near if proposed is None or proposed in near else (*near[:-1], proposed)


def _choice(reason: Reason, number: int, proposed: Reason | None, says: dict[Reason, str]) -> Choice:
    return Choice(reason, says[reason], f"reason_{number}" if number else "", reason is proposed)


def _decidable() -> list[Reason]:
    given = DISMISSALS.union(*(REASONS[action] for action in MEASURES))
    return [reason for reason in Reason if reason in given]
