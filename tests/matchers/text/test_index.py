"""The index of marks: it finds exactly what comparing a window with every mark finds."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from matchers.text.index import Index, limit

# Few letters, so that keys and windows are often near each other.
_keys = st.text("abc", min_size=1, max_size=14)


def by_force(keys: list[str], window: str) -> list[tuple[int, int]]:
    edits = [(place, OSA.distance(window, key)) for place, key in enumerate(keys)]
    return [(place, away) for place, away in edits if away <= limit(len(keys[place]))]


MANY = ["z" * 20 + str(number) for number in range(20)]
"""Keys near nothing: with few keys an index compares them one by one."""


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(_keys, min_size=1, max_size=12), st.text("abc", min_size=1, max_size=16), st.booleans())
def test_no_mark_within_its_limit_is_missed_and_none_beyond_is_found(keys: list[str], window: str, many: bool) -> None:
    index = Index(keys + MANY if many else keys)
    expected = by_force(keys, window)
    assert list(index.near(window)) == expected
    assert list(index.near(window)) == expected, "what is remembered is what was found"
    assert list(index.found(window)) == expected


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text("abcdefgh", min_size=8, max_size=20), st.data())
def test_two_slips_anywhere_in_a_long_name_are_found(key: str, data: st.DataObject) -> None:
    window = key
    for _ in range(2):
        at = data.draw(st.integers(0, len(window) - 1))
        slip = data.draw(st.sampled_from(["drop", "add", "change", "swap"]))
        letter = data.draw(st.sampled_from("xyz"))
        window = {
            "drop": window[:at] + window[at + 1 :],
            "add": window[:at] + letter + window[at:],
            "change": window[:at] + letter + window[at + 1 :],
            "swap": window[:at] + window[at + 1 : at + 2] + window[at : at + 1] + window[at + 2 :],
        }[slip]
    expected = by_force([key], window)
    assert list(Index([key, *MANY]).near(window)) == expected
