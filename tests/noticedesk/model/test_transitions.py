"""The tables of transitions: no dead state, no state out of reach, and no way round a human decision."""

from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.model.allegation import AllegationState
from noticedesk.model.claim import ClaimState
from noticedesk.model.notice import NoticeState
from noticedesk.model.transitions import TABLES, IllegalMove, after, judge, need_human

STARTS: list[StrEnum] = [NoticeState.RECEIVED, ClaimState.RECEIVED, AllegationState.REPORTED]
BY_A_PERSON = {AllegationState.APPROVED, AllegationState.DISMISSED, AllegationState.RESTORED, AllegationState.KEPT_DOWN}
EFFECTS = {AllegationState.ACTIONED, AllegationState.FORWARDED}


def reachable(start: StrEnum) -> set[StrEnum]:
    seen, waiting = {start}, [start]
    while waiting:
        for following in after(waiting.pop()) - seen:
            seen.add(following)
            waiting.append(following)
    return seen


@pytest.mark.parametrize("start", STARTS, ids=lambda state: type(state).__name__)
def test_every_state_can_be_reached(start: StrEnum) -> None:
    assert reachable(start) == set(type(start))


@pytest.mark.parametrize("start", STARTS, ids=lambda state: type(state).__name__)
def test_no_state_is_dead(start: StrEnum) -> None:
    assert [state for state in type(start) if not after(state)] == []


@pytest.mark.parametrize("state", [ClaimState.REFUSED, ClaimState.CLOSED, AllegationState.DISMISSED])
def test_what_was_refused_dismissed_or_closed_can_be_reopened(state: StrEnum) -> None:
    assert after(state)


@given(st.lists(st.integers(min_value=0), min_size=1, max_size=30), st.sampled_from(STARTS))
@settings(max_examples=200, derandomize=True)
def test_a_random_walk_without_a_person_never_takes_effect(choices: list[int], start: StrEnum) -> None:
    state = start
    for choice in choices:
        open_to_machines = sorted(to for to in after(state) if not need_human(state, to))
        if not open_to_machines:
            break
        state = open_to_machines[choice % len(open_to_machines)]
        assert state not in BY_A_PERSON
        assert state not in EFFECTS


@given(st.lists(st.integers(min_value=0), min_size=1, max_size=60))
@settings(max_examples=200, derandomize=True)
def test_whoever_walks_to_an_effect_passes_a_decision(choices: list[int]) -> None:
    state: StrEnum = AllegationState.REPORTED
    decided = False
    for choice in choices:
        options = sorted(after(state))
        to = options[choice % len(options)]
        decided = decided or need_human(state, to)
        state = to
        assert decided or state not in EFFECTS


@pytest.mark.parametrize("table", TABLES, ids=lambda table: type(next(iter(table))).__name__)
def test_an_illegal_move_names_the_legal_ones(table: dict[StrEnum, frozenset[StrEnum]]) -> None:
    state = next(iter(table))
    with pytest.raises(IllegalMove, match="it may become"):
        judge(state, state, accountable=True)


def test_a_machine_cannot_approve() -> None:
    with pytest.raises(IllegalMove, match="only by a decision of an accountable person"):
        judge(AllegationState.IN_REVIEW, AllegationState.APPROVED, accountable=False)


def test_states_of_different_nouns_are_never_mixed_up() -> None:
    with pytest.raises(IllegalMove):
        judge(ClaimState.WITHDRAWN, AllegationState.RESTORED, accountable=True)
