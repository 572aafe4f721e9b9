"""Bands from decided cases: cuts that keep a stated error by exact binomial bounds, or the answer that none does."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

TRIED = 6
"""How many cuts are tried for strong."""
_LOWEST, _HIGHEST = 0.05, 0.75
_HALVINGS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """What labelled scores allow to promise. `strong` is None where nothing may be called clear.

    `false_strong` and `missed` are the upper bounds, at the confidence asked for, of the false share at or above
    `strong` and of the share of true matches below `borderline`.
    """

    strong: float | None
    borderline: float
    false_strong: float
    missed: float
    cases: int
    matches: int


def bound(events: int, trials: int, doubt: float) -> float:
    """The upper Clopper-Pearson bound of a share: exceeded with a chance of at most `doubt`; 1 without trials.

    Clopper and Pearson 1934: the share at which so few events would be seen with a chance of `doubt`.
    """
    if trials == 0 or events >= trials:
        return 1.0
    low, high = events / trials, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(events, trials, middle) > doubt else (low, middle)
    return high


def calibrate(
    scores: Sequence[float], matches: Sequence[bool], *, false: float = 0.05, miss: float = 0.05, doubt: float = 0.05
) -> Cuts:
    """The bands of one matcher from its scores and what was decided; raises ValueError without a single true match.

    `false`: the share of wrong ones allowed among the strong. `miss`: the share of true matches allowed below
    borderline. Each promise holds with a chance of 1 - `doubt`, which the cuts tried for strong share (Bonferroni).
    """
    if len(scores) != len(matches) or not any(matches):
        raise ValueError(f"{len(scores)} scores and {sum(matches)} true matches: at least one of each is needed")
    given, true = np.asarray(scores, dtype=np.float64), np.asarray(matches, dtype=np.bool_)
    rising = np.sort(given[true])
    strong, false_strong = _upper(given, true, false, doubt)
    borderline, missed = _lower(rising, miss, doubt)
    if strong is not None and borderline > strong:
        borderline = strong
    return Cuts(
        strong=strong,
        borderline=borderline,
        false_strong=false_strong,
        missed=missed,
        cases=len(given),
        matches=len(rising),
    )


def _upper(scores: Numbers, true: NDArray[np.bool_], false: float, doubt: float) -> tuple[float | None, float]:
    """The lowest of six cuts above which the false share is bound low enough, and that bound."""
    bounds = [1.0]
    for cut in np.quantile(scores[true], np.linspace(_LOWEST, _HIGHEST, TRIED)):
        above = scores >= cut
        bounds.append(bound(int((above & ~true).sum()), int(above.sum()), doubt / TRIED))
        if bounds[-1] <= false:
            return float(cut), bounds[-1]
    return None, min(bounds)


def _lower(rising: Numbers, miss: float, doubt: float) -> tuple[float, float]:
    """The highest score of a true match below which few enough true matches lie, and the bound of their share."""
    cut, kept = 0.0, bound(0, len(rising), doubt)
    for below, score in enumerate(rising):
        missed = bound(below, len(rising), doubt)
        if missed > miss:
            break
        cut, kept = float(score), missed
    return cut, kept


def _at_most(events: int, trials: int, share: float) -> float:
    """The chance of so few events or fewer (binomial)."""
    if share >= 1:
        return 0.0
    whole = lgamma(trials + 1)
    terms = (
        whole - lgamma(k + 1) - lgamma(trials - k + 1) + (k * log(share) if k else 0.0) + (trials - k) * log1p(-share)
        for k in range(events + 1)
    )
    return min(1.0, sum(exp(term) for term in terms))
