"""The keys: one registry, no clash as shipped, and none after a person has changed them."""

import pytest

from noticedesk.console.keys import BY_ID, KEYS, Clash, check, in_use


def test_the_shipped_keys_do_not_clash() -> None:
    check({})
    assert len(BY_ID) == len(KEYS)


@pytest.mark.parametrize(
    "own",
    [
        {"approve": "x"},
        {"approve": "u"},
        {"start": "g"},
        {"note": "y"},
        {"approve": "ab"},
        {"approve": ""},
        {"no_act": "c"},
    ],
    ids=str,
)
def test_keys_that_would_do_two_things_or_are_none_are_refused(own: dict[str, str]) -> None:
    with pytest.raises(Clash):
        check(own)


def test_a_key_may_mean_one_thing_in_the_queue_and_another_on_a_case() -> None:
    assert in_use({})["start"] == in_use({})["skip"] == "s"
    check({"approve": "c", "dismiss": "a"})
