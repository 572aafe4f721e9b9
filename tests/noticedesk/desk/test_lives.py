"""Random lives of claims: nothing is missed untold, nothing comes back early, nothing while another measure lies."""

import os
from pathlib import Path

import pytest

from tests.noticedesk.desk.lives import Lives, anything, live, ordinary

CLAIMS, LARGE = 4, int(os.environ.get("NOTICEDESK_LIVES", "100000"))


def _keeps_the_rules(lives: Lives) -> None:
    assert lives.broken == []
    assert lives.untold() == []
    assert lives.done["a notice arrives"]


def _misses_nothing(lives: Lives) -> None:
    _keeps_the_rules(lives)
    missed = [found for found in lives.clocks() if found[2] == "missed" and found[0].startswith("statutory")]
    assert missed == []


def test_whatever_happens_in_any_order_and_twice_keeps_the_rules(tmp_path: Path) -> None:
    live(tmp_path, CLAIMS, 1, 40, anything, _keeps_the_rules)


def test_what_people_decide_in_time_misses_no_statutory_time(tmp_path: Path) -> None:
    live(tmp_path, CLAIMS, 2, 60, ordinary, _misses_nothing)


@pytest.mark.soak
def test_many_random_lives_keep_the_rules(tmp_path: Path) -> None:
    live(tmp_path, LARGE, 3, 40, anything, _keeps_the_rules)


@pytest.mark.soak
def test_a_year_of_claims_misses_no_statutory_time(tmp_path: Path) -> None:
    live(tmp_path, 200, 4, 365, ordinary, _misses_nothing)
