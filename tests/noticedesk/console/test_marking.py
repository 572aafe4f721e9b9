"""Texts cut into pieces lose nothing, whatever is marked in them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.console.marking import around, changes, marked
from noticedesk.console.render import seen

SPANS = st.lists(st.tuples(st.tuples(st.integers(0, 40), st.integers(0, 40)), st.sampled_from(["a", "b"])), max_size=5)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.text(max_size=40), SPANS)
def test_the_pieces_of_a_marked_text_are_the_text(text: str, spans: list[tuple[tuple[int, int], str]]) -> None:
    assert "".join(piece.text for piece in marked(text, spans)) == text


def test_a_piece_says_all_that_it_is_marked_for() -> None:
    pieces = marked("0123456789", [((2, 6), "x"), ((4, 8), "y")])
    assert [(piece.text, piece.why) for piece in pieces if piece.why] == [("23", "x"), ("45", "x, y"), ("67", "y")]


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_changes_hold_both_texts(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(one.text for one in found if one.kind != "added") == before
    assert "".join(one.text for one in found if one.kind != "removed") == after


def test_a_quote_stands_in_its_context() -> None:
    assert around("I swear\nthat it is mine, truly", (8, 23)) == ("I swear ", "that it is mine", ", truly")


def test_signs_that_turn_or_hide_text_are_shown() -> None:
    assert seen("pay\u202egnp\u200b") == "pay[U+202E]gnp[U+200B]"
    assert seen("می‌خواهم") == "می‌خواهم"
