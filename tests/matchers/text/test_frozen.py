"""A frozen run: the models give the scores they were shipped with, so that no change of a library moves a case."""

import json
from importlib.resources import files

import pytest

from matchers.text import Product, mark_in, model, name, product, use

LAMP = Product(title="Haddonwick desk lamp HW-200 black", brand="Haddonwick", price="39.90")
SAME_LAMP = Product(title="Haddonwick HW200 lamp, black finish", price="41.00")
NEXT_LAMP = Product(title="Haddonwick HW-300 lamp, black finish", price="59.00")
OTHER_LAMP = Product(title="Oak Meridian desk lamp OM-7 black", price="39.90")


@pytest.mark.parametrize(
    ("mark", "title", "score"),
    [
        ("Vantrello", "Vantrelo shoes", 0.9707),
        ("Vantrello", "shoes V a n t r e l l o", 0.9999),
        ("Vantrello", "shoes Ventrella", 0.4982),
        ("Haddonwick", "Haddon wicks lamp", 0.2980),
        ("Vantrello", "ヴァントレロ shoes", 0.9778),
    ],
)
def test_marks_score_as_they_did(mark: str, title: str, score: float) -> None:
    assert mark_in(mark, title).score == pytest.approx(score, abs=2e-4)


@pytest.mark.parametrize(("other", "score"), [(SAME_LAMP, 0.8522), (NEXT_LAMP, 0.0062), (OTHER_LAMP, 0.0068)])
def test_products_score_as_they_did(other: Product, score: float) -> None:
    assert product(LAMP, other).score == pytest.approx(score, abs=2e-4)


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("Mara Ellingford", "Ellingford, Mara", 0.7211),
        ("Mara Ellingford", "Mara Elingford", 0.9518),
        ("Mara Ellingford", "Tom Ellingford", 0.2148),
        ("Haddonwick Lamps Limited", "Haddonwick Lamps Ltd.", 0.9563),
    ],
)
def test_names_score_as_they_did(one: str, other: str, score: float) -> None:
    assert name(one, other).score == pytest.approx(score, abs=2e-4)


@pytest.mark.parametrize(
    ("mark", "title", "role"),
    [
        ("Vantrello", "Vantrello running shoes VT-20 blue", "brand"),
        ("Vantrello", "Laces for Vantrello running shoes", "reference"),
        ("Vantrello", "Insoles compatible with the new Vantrello shoes", "reference"),
        ("Vantrello", "Running shoes Vantrello style", "allusion"),
        ("Apple", "Stainless steel apple corer", "word"),
        ("Apple", "Dried apple rings, no sugar added", "word"),
        ("Vantrello", "Blue running shoes", "none"),
    ],
)
def test_a_mention_does_what_its_words_say(mark: str, title: str, role: str) -> None:
    found = use(mark, title)
    assert found.use == role, found.why
    assert (found.where is None) == (role == "none")


def test_a_model_for_other_features_is_refused_with_what_changed() -> None:
    with pytest.raises(model.ModelError, match=r"name\.json was trained on other features .*colour.*train it anew"):
        model.load("name", ("colour",))


def test_the_model_files_hold_numbers_and_names_of_features_only() -> None:
    for file in sorted((files("matchers.text")).iterdir(), key=str):
        if file.name.endswith(".json"):
            data = json.loads(file.read_text(encoding="utf-8"))
            assert set(data) == {"kind", "features", "numbers"}
            assert all(isinstance(n, int | float) for numbers in data["numbers"].values() for n in numbers)
