"""Actions and their reasons: each action has reasons, and no reason both removes and dismisses."""

import pytest

from noticedesk.model.action import DISMISSALS, REASONS, SAME_BUT_ALLOWED, Action, Reason


@pytest.mark.parametrize("action", Action)
def test_every_action_has_a_reason(action: Action) -> None:
    assert REASONS[action]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_belongs_to_an_action(reason: Reason) -> None:
    assert any(reason in reasons for reasons in REASONS.values())


def test_a_reason_for_doing_nothing_never_removes_anything() -> None:
    assert not DISMISSALS & frozenset().union(*(REASONS[action] for action in Action if action is not Action.NONE))


def test_an_allowed_use_is_a_dismissal_of_its_own() -> None:
    assert SAME_BUT_ALLOWED < DISMISSALS
    assert Reason.NOT_SAME not in SAME_BUT_ALLOWED
