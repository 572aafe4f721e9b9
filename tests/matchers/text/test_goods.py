"""Goods: the classes that a mark is registered for help to tell a name from a word; they never remove a mention."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.text import mark_in, use
from matchers.text.goods import CLASSES, goods


@pytest.mark.parametrize(
    ("title", "classes", "registered", "others"),
    [
        ("Blue Hoodie size M", (25,), ("hoodie",), ()),
        ("Blue hoodie size M", (9, 14), (), ("hoodie",)),
        ("Hoodie with phone pocket", (25,), ("hoodie",), ("phone",)),
        ("Vacuum  cleaner", (7,), ("vacuum  cleaner",), ()),
        ("Blue hoodie", (), (), ()),
        ("Blue hoodie", (25, 35), (), ()),
        ("Something blue", (25,), (), ()),
    ],
)
def test_words_for_goods_are_told_by_their_class(
    title: str, classes: tuple[int, ...], registered: tuple[str, ...], others: tuple[str, ...]
) -> None:
    found = goods(title, classes)
    assert (found.registered, found.others) == (registered, others)


@pytest.mark.parametrize(
    ("title", "classes", "role"),
    [
        ("Gap hoodie navy", (), "word"),
        ("Gap hoodie navy", (25,), "brand"),
        ("Fossil Dig Kit Toy for Kids", (14,), "word"),
        ("sea shell necklace", (4, 14), "word"),
    ],
)
def test_classes_of_goods_tell_a_name_from_a_word(title: str, classes: tuple[int, ...], role: str) -> None:
    mark = next(word for word in ("Gap", "Target", "Fossil", "Shell") if word.lower() in title.lower())
    found = use(mark, title, classes)
    assert found.use == role, found.why


def test_the_reason_names_the_goods() -> None:
    assert 'and "hoodie" is of a class that the mark is registered for' in use("Gap", "Gap hoodie navy", (25,)).why
    assert use("Fossil", "Fossil toy", (14,)).why == (
        '"toy" is of no class that the mark is registered for, and it is an ordinary word'
    )


def test_a_coined_name_is_the_maker_s_whatever_the_goods() -> None:
    assert use("Vantrello", "Vantrello VT-20 hoodie", (9,)).use == use("Vantrello", "Vantrello VT-20 hoodie").use


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(["Gap", "Shell", "Vantrello"]), st.text(max_size=40), st.sets(st.sampled_from(CLASSES)))
def test_no_class_makes_a_mention_unsaid(mark: str, around: str, classes: set[int]) -> None:
    title = f"{around} {mark} lamp"
    assert (use(mark, title, classes).use == "none") == (use(mark, title).use == "none")
    assert mark_in(mark, title).where
