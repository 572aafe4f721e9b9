"""Views: disguise comes off, and every character knows where it came from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.text.views import views


@pytest.mark.parametrize(
    ("written", "reads"),
    [
        ("NIKOR Lamp", "nikor lamp"),
        ("ｎｉｋｏｒ", "nikor"),
        ("n\u200bik\u00ador", "nikor"),
        ("ɴɪᴋᴏʀ", "nikor"),
        ("Никор", "nikor"),
        ("men's", "mens"),
        ("|\\|ikor", "nikor"),
        ("ɹoʞᴉu", "nikor"),
        ("Nikor™", "nikor"),
    ],
)
def test_a_disguised_text_has_a_view_that_reads_plainly(written: str, reads: str) -> None:
    assert reads in [view.text.strip() for view in views(written)]


def test_plain_text_has_one_view() -> None:
    assert [view.text for view in views("Blue Lamp 5000")] == ["blue lamp 5000"]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_reading_a_view_again_changes_nothing(text: str) -> None:
    once = views(text)[0].text
    assert views(once)[0].text == once


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_every_character_of_a_view_comes_from_inside_the_text(text: str) -> None:
    for view in views(text):
        assert view.text.isascii() or view.text == view.text.lower()
        for place in range(len(view.text)):
            start, end = view.span(place, place + 1)
            assert 0 <= start < end <= len(text)
