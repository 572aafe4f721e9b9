"""Identifiers: letters, digits and hyphens, in the order of their making."""

import re

import pytest

from noticedesk.model import ids
from noticedesk.model.ids import new_id


def test_an_identifier_is_made_of_letters_digits_and_hyphens() -> None:
    assert re.fullmatch(r"C-[0-9A-Z]{16}", new_id("C"))


def test_identifiers_sort_by_the_time_of_their_making() -> None:
    made = [new_id("C")[2:12] for _ in range(100)]
    assert made == sorted(made)


def test_identifiers_differ() -> None:
    assert len({new_id("C") for _ in range(2000)}) == 2000


def test_identifiers_of_one_millisecond_sort_in_the_order_of_their_making(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_800_000_000_000_000_000)
    made = [new_id("C") for _ in range(2000)]
    assert made == sorted(made)
    assert len(set(made)) == 2000


def test_a_clock_that_was_set_back_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = new_id("C")
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_700_000_000_000_000_000)
    assert new_id("C") < ahead
