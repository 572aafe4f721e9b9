"""What of a text tells how to reach somebody, from tests/cases/reach.yaml, and that what is withheld is gone."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from noticedesk.check import reach
from tests.noticedesk.check.factory import CASES, reading

TABLE: list[dict[str, str]] = yaml.safe_load((CASES / "reach.yaml").read_text(encoding="utf-8"))


def left(text: str) -> str:
    """The text with a dash for each span."""
    for start, end in reversed(reach(text, reading())):
        text = f"{text[:start]}-{text[end:]}"
    return text


@pytest.mark.parametrize("case", TABLE, ids=[case["text"][:60] for case in TABLE])
def test_what_tells_how_to_reach_somebody_is_found_and_nothing_else(case: dict[str, str]) -> None:
    assert left(case["text"]) == case["left"]


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["maria@lind.example", "5 Harbour Road, Portland"]))
def test_it_is_found_on_its_own_line_whatever_stands_around_it(before: str, after: str, told: str) -> None:
    assert told not in left(f"{before}\n{told}\n{after}")


@given(st.text(alphabet="a1@. +:/-\n", max_size=200))
def test_spans_are_apart_and_in_order(text: str) -> None:
    edges = [edge for span in reach(text, reading()) for edge in span]
    assert edges == sorted(edges) and all(0 <= edge <= len(text) for edge in edges)
