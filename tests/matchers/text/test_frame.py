"""Mentions: what stands around a mark says what it does, in whatever language and however the title begins."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.text import model, use
from matchers.text.frame import FEATURES, features
from matchers.text.mention import Mention

READS = tuple(name for name, _ in FEATURES)


def mention(mark: str, title: str) -> Mention:
    start = title.index(mark)
    return Mention(mark, title, start, start + len(mark))


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Brand New Vantrello VT-20 running shoes", "brand"),
        ("2 pcs genuine Vantrello laces VT-3", "brand"),
        ("Desk lamp HW-200 by Vantrello", "brand"),
        ("Haddonwick strap for Velkoru, Oak Meridian and Vantrello watches", "reference"),
        ("Haddonwick Schutzhülle passend für Vantrello VT-20", "reference"),
        ("Haddonwick chargeur compatible avec Vantrello VT-20", "reference"),
        ("Haddonwick funda para Vantrello VT-20 negra", "reference"),
        ("Haddonwick remanufactured toner cartridge Vantrello VT-20 printers", "reference"),
    ],
)
def test_a_mention_is_read_by_what_stands_around_it(title: str, role: str) -> None:
    found = use("Vantrello", title)
    assert found.use == role, found.why


def test_words_of_state_and_number_before_a_name_leave_it_the_first() -> None:
    assert mention("Vantrello", "Brand New (2 pcs) Vantrello shoes").told == []
    assert mention("Vantrello", "New Haddonwick laces for Vantrello").told == ["Haddonwick", "laces", "for"]


def test_capitals_say_nothing_where_all_is_written_in_them() -> None:
    assert not mention("VANTRELLO", "BLACK VANTRELLO SHOES").is_name("BLACK")
    assert mention("Vantrello", "BLACK Vantrello shoes").is_name("BLACK")


@pytest.mark.parametrize(
    ("title", "score"),
    [
        ("Vantrello running shoes VT-20 blue", 0.9579),
        ("Haddonwick laces for Vantrello shoes", 0.0288),
        ("Haddonwick case Vantrello VT-20 black", 0.0354),
    ],
)
def test_the_model_of_uses_scores_as_it_did(title: str, score: float) -> None:
    found = model.load("use", READS).score(features(mention("Vantrello", title)))
    assert found == pytest.approx(score, abs=2e-4)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=40), st.text(min_size=1, max_size=20), st.text(max_size=40))
def test_any_title_has_features_and_a_bounded_score(before: str, mark: str, after: str) -> None:
    seen = Mention(mark, before + mark + after, len(before), len(before) + len(mark))
    assert 0 <= model.load("use", READS).score(features(seen)) <= 1
