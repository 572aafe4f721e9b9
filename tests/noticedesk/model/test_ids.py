"""Identifiers: letters, digits and hyphens, in the order of their making."""

import re

from noticedesk.model.ids import new_id


def test_an_identifier_is_made_of_letters_digits_and_hyphens() -> None:
    assert re.fullmatch(r"C-[0-9A-Z]{16}", new_id("C"))


def test_identifiers_sort_by_the_time_of_their_making() -> None:
    made = [new_id("C")[2:12] for _ in range(100)]
    assert made == sorted(made)


def test_identifiers_differ() -> None:
    assert len({new_id("C") for _ in range(2000)}) == 2000
