"""Whose words are whose in a message."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.intake.quotes import forwarded, quoted
from noticedesk.intake.rules import shipped
from tests.noticedesk.intake.cases import cases

CASES = cases("intake_quotes.yaml")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_words_of_somebody_else_are_told_apart(case: dict[str, Any]) -> None:
    spans = quoted(case["text"], shipped(), reply=case.get("reply", False))
    assert [case["text"][start:end] for start, end in spans] == case["quoted"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_headers_of_a_forwarded_message_are_kept(case: dict[str, Any]) -> None:
    original = forwarded(case["text"], shipped())
    for name, value in case.get("original", {}).items():
        assert getattr(original, name) == value


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.lists(st.sampled_from(["> a", "own", "Ann wrote:", "---- Forwarded message ----", "From: x", ""]), max_size=12)
)
def test_spans_stand_in_order_inside_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    ends = [point for span in quoted(text, shipped(), reply=True) for point in span]
    assert ends == sorted(ends) and all(0 <= point <= len(text) for point in ends)
