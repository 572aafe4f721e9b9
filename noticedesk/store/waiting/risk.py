"""How much harm is at stake in a case and how unsure it is: points from 0 to 100, each with its reason."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from noticedesk.model.allegation import AllegationState
from noticedesk.model.decision import Band
from noticedesk.model.notice import NoticeKind

Facts = Mapping[str, Any]
"""What is known of a case when its place in the queue is made: a row of the queue without its risk."""

FACTORS: Final[list[tuple[str, int, Callable[[Facts], bool]]]] = [
    ("action_failed", 30, lambda case: case["state"] == AllegationState.ACTION_FAILED),
    ("reappeared", 25, lambda case: case["state"] == AllegationState.REAPPEARED),
    ("counterfeit", 25, lambda case: case["notice_kind"] == NoticeKind.COUNTERFEIT_NOTICE),
    ("grey_area", 15, lambda case: bool(case["flags"])),
    ("strong_match", 15, lambda case: case["band"] == Band.STRONG),
    ("borderline_match", 10, lambda case: case["band"] == Band.BORDERLINE),
    ("repeat", 10, lambda case: bool(case["linked"])),
]
"""What makes a case more pressing than another that is due in the same hour."""


def weigh(case: Facts) -> tuple[int, list[str]]:
    """The points of a case, at most 100, and the codes of what they come from."""
    found = [(code, points) for code, points, holds in FACTORS if holds(case)]
    return min(100, sum(points for _, points in found)), [code for code, _ in found]
