"""Passages: copied text is caught and shown, word for word, in both texts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.finding import Passage
from matchers.text import passage

OURS = (
    "The lamp is turned from one piece of oak, oiled by hand and dried for six weeks; its shade is pleated linen, "
    "and a brass foot keeps it upright on the narrowest shelf."
)
THEIRS = "Free shipping today! {} Ask us about our other offers, we answer within one day."


def shown(text: str, place: object) -> str:
    assert isinstance(place, Passage)
    return text[slice(*place.theirs)]


def test_a_copied_text_is_shown_whole() -> None:
    suspect = THEIRS.format(OURS)
    found = passage(OURS, suspect)
    assert found.score == 1
    assert [shown(suspect, place) for place in found.where] == [OURS.rstrip(".")]


def test_small_edits_do_not_break_the_passage() -> None:
    edited = OURS.replace("oiled", "waxed").replace("six weeks", "many weeks")
    found = passage(OURS, THEIRS.format(edited))
    assert found.score is not None and found.score > 0.8
    assert len(found.where) == 1


def test_other_words_about_the_same_thing_are_not_copied() -> None:
    found = passage(OURS, "An oak lamp with a linen shade and a foot of brass. We ship it in a wooden box with a card.")
    assert (found.score, found.where) == (0, ())


def test_too_few_words_are_unmatchable() -> None:
    assert passage("Oak lamp, linen shade", OURS).outcome == "unmatchable"
    assert passage(OURS, "Oak lamp").outcome == "unmatchable"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), max_size=60),
    st.lists(st.sampled_from(["a", "b", "c", "d"])),
)
def test_spans_lie_inside_both_texts_and_never_overlap(ours: list[str], theirs: list[str]) -> None:
    original, suspect = " ".join(ours), " ".join(theirs)
    done = 0
    for place in passage(original, suspect).where:
        assert isinstance(place, Passage) and place.ours
        assert 0 <= place.ours[0] < place.ours[1] <= len(original)
        assert done <= place.theirs[0] < place.theirs[1] <= len(suspect)
        done = place.theirs[1]
