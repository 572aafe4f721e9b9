"""Deciding: the cases of tests/cases/decide.yaml, and that a failure is never taken for a finding of none."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.finding import Finding
from noticedesk.decide import Bands, Cuts, Question, decide, together
from noticedesk.model.decision import Band
from noticedesk.model.right import Permission, RightKind

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "decide.yaml").read_text(encoding="utf-8"))
BANDS: Bands = {
    "image": Cuts(strong=0.9, borderline=0.5, origin="test"),
    "mark": Cuts(strong=0.95, borderline=0.44, origin="test"),
    "mark_word": Cuts(strong=1.01, borderline=0.44, origin="test"),
}


def finding(said: str) -> Finding:
    matcher, result = said.split()
    compared = result not in ("unmatchable", "no_reference")
    return Finding(
        matcher=matcher,
        ours="a",
        theirs="b",
        reason=said,
        score=float(result) if compared else None,
        outcome="compared" if compared else result,  # type: ignore[arg-type]
    )


def question(case: dict[str, Any]) -> Question:
    permissions = (
        [Permission(id="Q-1", right="R-1", holder="h", reason=case["permission"])] if "permission" in case else []
    )
    return Question(
        right=RightKind(case["right"]),
        counterfeit=case.get("counterfeit", False),
        duty_from_notice=case.get("duty_from_notice", False),
        effective=True,
        findings=tuple(finding(said) for said in case["findings"]),
        use=case.get("use", ""),
        permissions=tuple(permissions),
        flags=tuple(case.get("flags", ())),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    answer = decide(question(case), BANDS)
    assert answer.band == case["band"]
    assert answer.action == case["action"]
    assert answer.reason == case.get("reason")
    assert case.get("question", "") in answer.question
    assert bool(answer.question) != bool(answer.action)


def test_the_cuts_in_force_are_told_with_their_origin() -> None:
    answer = decide(question({"right": "copyright", "findings": ["image 0.97"]}), BANDS)
    assert [(cut.name, cut.value, cut.origin) for cut in answer.thresholds] == [
        ("image.strong", 0.9, "test"),
        ("image.borderline", 0.5, "test"),
    ]


@given(st.lists(st.sampled_from(list(Band)), max_size=6))
@settings(max_examples=100, derandomize=True)
def test_none_is_said_only_when_everything_was_compared(found: list[Band]) -> None:
    assert (together(found) is Band.NONE) == (bool(found) and set(found) == {Band.NONE})
