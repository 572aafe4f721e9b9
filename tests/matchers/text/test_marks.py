"""Marks: found in every disguise with the words that hold them, and not found where they are not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.finding import Passage
from matchers.text import Marks, mark_in
from matchers.text.windows import key

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "text_marks.yaml").read_text(encoding="utf-8"))
BORDERLINE, STRONG = 0.5, 0.96


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_title_holds_the_mark_or_does_not(case: dict[str, Any]) -> None:
    found = mark_in(case["mark"], case["title"])
    assert found.score is not None
    if case["written"] is None:
        assert found.score < BORDERLINE, found.reason
        return
    assert found.score >= BORDERLINE, found.reason
    assert (found.score == 1) == case.get("exact", False), found.score
    (place,) = found.where
    assert isinstance(place, Passage)
    assert case["title"][slice(*place.theirs)] == case["written"]
    assert case["written"] in found.reason


DISGUISES: list[tuple[str, Callable[[str], str]]] = [
    ("digits for letters", lambda text: text.replace("e", "3").replace("o", "0")),
    ("capitals", str.upper),
    ("Cyrillic look-alikes", lambda text: text.replace("a", "а").replace("o", "о")),
    ("fullwidth letters", lambda text: "".join(chr(ord(c) + 0xFEE0) if "a" <= c <= "z" else c for c in text)),
    ("zero-width spaces", "\u200b".join),
    ("spaces", " ".join),
    ("points", ".".join),
]


@pytest.mark.parametrize("mark", ["Velkoru", "Haddonwick", "Vantrello"])
@pytest.mark.parametrize("one", DISGUISES, ids=[name for name, _ in DISGUISES])
def test_a_second_disguise_never_hides_a_mark(mark: str, one: tuple[str, Callable[[str], str]]) -> None:
    for name, other in DISGUISES:
        title = f"Shoes {other(one[1](mark.lower()))} blue"
        found = mark_in(mark, title)
        assert (found.score or 0) >= STRONG, (name, title, found)


def test_a_list_of_marks_finds_each_of_them_likeliest_first() -> None:
    found = Marks(["Vantrello", "Haddonwick", "Oak Meridian"]).find("Haddonwik lamp for Vantrello shoes")
    assert [finding.ours for finding in found] == ["Vantrello", "Haddonwick"]


def test_the_fast_way_finds_misspelt_words_and_exact_joins() -> None:
    marks = Marks(["Vantrello", "Oak Meridian"], fast=True)
    assert [f.ours for f in marks.find("Vantrelo shoes")] == ["Vantrello"]
    assert [f.ours for f in marks.find("Oak Meridian lamp")] == ["Oak Meridian"]


@pytest.mark.parametrize(("mark", "title"), [("", "Blue lamp"), ("...", "Blue lamp"), ("Vantrello", "!?")])
def test_what_has_no_letters_is_unmatchable(mark: str, title: str) -> None:
    found = mark_in(mark, title)
    assert (found.outcome, found.score) == ("unmatchable", None)


@pytest.mark.parametrize(
    ("title", "script"),
    [
        ("範特雷洛 跑鞋 藍色", "Chinese"),
        ("حذاء رياضي أزرق", "Arabic"),
        ("파란 운동화", "Korean"),
        ("รองเท้าสีฟ้า", "Thai"),
    ],
)
def test_that_nothing_is_found_in_a_script_that_is_not_read_means_nothing(title: str, script: str) -> None:
    found = mark_in("Vantrello", title)
    assert (found.outcome, found.score) == ("unmatchable", None)
    assert script in found.reason


def test_a_mark_is_found_beside_a_script_that_is_not_read_and_in_its_own() -> None:
    assert mark_in("Vantrello", "Vantrello 跑鞋 藍色 男款").score == 1
    assert mark_in("範特雷洛", "範特雷洛 跑鞋").score == 1
    assert mark_in("範特雷洛", "藍色跑鞋男款").score == 0
    assert mark_in("Vantrello", "Голубые кроссовки").score == 0


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=30), st.text(max_size=60))
def test_any_two_texts_give_a_bounded_score_and_spans_inside_the_title(mark: str, title: str) -> None:
    found = mark_in(mark, title)
    assert found.score is None or 0 <= found.score <= 1
    for place in found.where:
        assert isinstance(place, Passage)
        assert 0 <= place.theirs[0] < place.theirs[1] <= len(title)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.text(st.characters(categories=["L", "N", "P", "S", "Z"]), max_size=30),
    st.sampled_from(["Velkoru", "Haddonwick", "Vantrello"]),
    st.sampled_from(DISGUISES),
    st.text(st.characters(categories=["L", "N", "P", "S", "Z"]), max_size=30),
)
def test_the_span_lies_on_the_words_that_hold_the_mark_whatever_stands_around(
    before: str, mark: str, disguise: tuple[str, Callable[[str], str]], after: str
) -> None:
    written = disguise[1](mark.lower())
    found = mark_in(mark, f"{before} lamp {written} lamp {after}")
    start = len(before) + len(" lamp ")
    (place,) = found.where
    assert isinstance(place, Passage)
    if mark.lower() not in (before + after).lower():
        assert start <= place.theirs[0] < place.theirs[1] <= start + len(written), found


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(st.characters(categories=["L", "M", "P", "Z"]), max_size=40))
def test_the_key_of_a_key_is_itself_where_no_number_stands_alone(text: str) -> None:
    once = key(text)
    assert key(once) == once


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize(
    "piece", ["a", "a ", " ", "\u0301", "e\u0301", "\u200b", "(", "|", "ǝ", "Vantrelo ", "а", "ロ", "\U0001f600"]
)
def test_a_title_of_a_million_characters_does_not_hang(piece: str, fast: bool) -> None:
    title = piece * (1_000_000 // len(piece))
    found = Marks(["Vantrello"], fast).find(title)
    assert all(finding.score is not None for finding in found)
    assert mark_in("Haddonwick", title).outcome == "unmatchable"
