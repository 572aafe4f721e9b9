"""Bands from decided cases: the promise is kept, and where too few cases speak nothing is called clear."""

import random
from itertools import takewhile
from math import comb, sqrt

import numpy as np
import pytest

from matchers.calibrate import bound, calibrate


@pytest.mark.parametrize(
    ("events", "trials", "doubt", "expected"),
    [(0, 100, 0.05, 0.029513), (5, 100, 0.05, 0.102254), (1, 20, 0.1, 0.180961), (0, 0, 0.05, 1), (7, 7, 0.05, 1)],
)
def test_the_bound_is_that_of_clopper_and_pearson(events: int, trials: int, doubt: float, expected: float) -> None:
    assert bound(events, trials, doubt) == pytest.approx(expected, abs=1e-5)


def test_the_bound_of_no_event_is_the_rule_of_three() -> None:
    assert bound(0, 1000, 0.05) == pytest.approx(3 / 1000, rel=0.01)


def drawn(count: int, chance: random.Random) -> tuple[list[float], list[bool]]:
    matches = [chance.random() < 0.3 for _ in range(count)]
    return [min(1.0, max(0.0, chance.gauss(0.8 if match else 0.3, 0.15))) for match in matches], matches


def test_a_hundred_cases_are_too_few_for_anything_clear() -> None:
    cuts = calibrate(*drawn(100, random.Random(1)))
    assert cuts.strong is None
    assert cuts.false_strong > 0.05


def test_many_cases_give_both_cuts_in_order() -> None:
    cuts = calibrate(*drawn(3000, random.Random(2)))
    assert cuts.strong is not None and 0 < cuts.borderline <= cuts.strong
    assert cuts.false_strong <= 0.05 and cuts.missed <= 0.05
    assert (cuts.cases, cuts.matches > 800) == (3000, True)


def test_the_promises_are_kept_on_cases_not_seen() -> None:
    chance = random.Random(3)
    unseen_scores, unseen = drawn(20_000, chance)
    broken = 0
    for _ in range(40):
        cuts = calibrate(*drawn(1500, chance))
        above = [match for score, match in zip(unseen_scores, unseen, strict=True) if score >= (cuts.strong or 2)]
        below = sum(match and score < cuts.borderline for score, match in zip(unseen_scores, unseen, strict=True))
        broken += above.count(False) > 0.05 * len(above) or below > 0.05 * sum(unseen)
    assert broken <= 4


def test_scores_that_say_nothing_give_no_clear_band() -> None:
    chance = random.Random(4)
    cuts = calibrate([chance.random() for _ in range(2000)], [chance.random() < 0.3 for _ in range(2000)])
    assert cuts.strong is None


def test_without_a_true_match_there_is_nothing_to_calibrate() -> None:
    with pytest.raises(ValueError, match="2 scores and 0 true matches"):
        calibrate([0.1, 0.9], [False, False])


@pytest.mark.parametrize("trials", [20, 59, 100, 300])
@pytest.mark.parametrize("share", [0.01, 0.05, 0.2])
@pytest.mark.parametrize("doubt", [0.05, 0.01])
def test_the_bound_lies_below_the_true_share_no_more_often_than_doubted(
    trials: int, share: float, doubt: float
) -> None:
    # the bound rises with the number of events
    below = list(takewhile(lambda k: bound(k, trials, doubt) < share, range(trials + 1)))
    chance = sum(comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in below)
    assert chance <= doubt


def test_no_cut_is_called_strong_more_often_than_doubted_where_none_deserves_it() -> None:
    """The worst case: scores say nothing, and just too many are false above whatever cut is tried."""
    chance = np.random.default_rng(4)
    draws, doubt = 500, 0.1
    given = 0
    for _ in range(draws):
        matches = chance.random(400) >= 0.0505
        given += calibrate(chance.random(400).tolist(), matches.tolist(), doubt=doubt).strong is not None
    # three standard errors above what is doubted
    assert given <= draws * doubt + 3 * sqrt(draws * doubt * (1 - doubt))


def test_more_true_matches_are_missed_than_promised_no_more_often_than_doubted() -> None:
    chance = np.random.default_rng(5)
    draws, doubt, miss = 500, 0.1, 0.05
    cuts = [calibrate(chance.random(200).tolist(), [True] * 200, miss=miss, doubt=doubt) for _ in range(draws)]
    # scores are spread evenly over 0 to 1, so that a cut is the share of matches below it
    broken = sum(cut.borderline > miss for cut in cuts)
    assert broken <= draws * doubt + 3 * sqrt(draws * doubt * (1 - doubt))
    assert broken > 0, "a cut that never misses gives away what was allowed"
