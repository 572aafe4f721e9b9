"""What was found as letters say it: from tests/cases/found.yaml, in every language that letters have."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from noticedesk.draft import Match, found
from noticedesk.draft.found import said_wrongly
from tests.noticedesk.draft.factory import LETTERS

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "found.yaml").read_text(encoding="utf-8")
)
SAYS = {language: frame.found for language, (frame, _) in LETTERS.frames.items()}


@pytest.mark.parametrize("language", sorted(SAYS))
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_was_found_is_a_sentence_that_people_understand(case: dict[str, Any], language: str) -> None:
    matches = [Match(**one) for one in case["found"]]
    assert found(SAYS[language], matches, case["work"]) == case[language]


def test_every_language_has_every_sentence_with_the_same_places() -> None:
    assert all(set(said) == set(SAYS["en"]) and not list(said_wrongly(said)) for said in SAYS.values())
    for name, sentence in SAYS["en"].items():
        places = {place for place in ("{work}", "{mark}", "{words}") if place in sentence}
        assert all(all(place in said[name] for place in places) for said in SAYS.values()), name


def test_a_sentence_with_a_place_for_nothing_known_is_wrong_and_so_is_one_that_lacks() -> None:
    wrong = set(said_wrongly({"work": "it", "titled": "{title}", "nothing": "none"}))
    assert wrong == {"by_hand has no sentence", "titled has a place for title, which nothing fills"}


def test_where_nothing_could_be_compared_a_person_did() -> None:
    assert found(SAYS["en"], [], compared=False) == "A person compared the listing with what the notice names."


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_an_outsider_named_starts_no_line_and_fills_no_place(mark: str, words: str) -> None:
    match = Match(matcher="mark", sure="strong", mark=mark, words=words)
    assert len(found(SAYS["en"], [match], "{mark}\n{words}").splitlines()) == 1
