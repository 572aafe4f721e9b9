"""Marks in names of shops, handles and domains: where they stand, and not in words that hold them by accident."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.finding import Finding, Passage
from matchers.text import domains
from tests.matchers.contract import MatcherContract

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "text_domains.yaml").read_text(encoding="utf-8"))
BORDERLINE = 0.5


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_name_holds_the_mark_or_does_not(case: dict[str, Any]) -> None:
    found = domains(case["mark"], case["name"])
    assert found.score is not None
    if case["written"] is None:
        assert found.score < BORDERLINE, found.reason
        return
    assert found.score >= BORDERLINE, found.reason
    (place,) = found.where
    assert isinstance(place, Passage)
    assert case["name"][slice(*place.theirs)] == case["written"]
    assert case["written"] in found.reason


class TestDomains(MatcherContract):
    samples = ("Vantrello", "Haddonwick", "Meridian")
    unmatchable = (("", "vantrello.com"), ("Vantrello", "-.-"), ("Vantrello", "vantrello" * 40))

    def compare(self, ours: str, theirs: str) -> Finding:
        return domains(ours, theirs)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.text(max_size=12),
    st.text(max_size=40) | st.from_regex(r"[a-z0-9-]{1,9}\.(xn--[a-z0-9]{1,8}|com)", fullmatch=True),
)
def test_any_name_gives_a_bounded_score_and_spans_inside_it(mark: str, name: str) -> None:
    found = domains(mark, name)
    assert found.score is None or 0 <= found.score <= 1
    for place in found.where:
        assert isinstance(place, Passage)
        assert 0 <= place.theirs[0] < place.theirs[1] <= len(name)
