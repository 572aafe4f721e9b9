"""Whether a signal suddenly matches far above its own baseline: then the signal is looked at, not the listings."""

from math import exp, lgamma, log

from noticedesk.desk.policy import Sweep
from noticedesk.model.signal import Signal

_TERMS = 1000


def is_sudden(rule: Sweep, signal: Signal, hits: int, asked: int) -> bool:
    """Whether so many hits in so many listings are too many to be chance, given how often the signal matched before.

    Its baseline is its own share so far, weighed with the share that policy.yaml calls ordinary for a new one.
    """
    if hits < rule.least_hits:
        return False
    share = (signal.hits + rule.ordinary_hits) / (signal.asked + rule.ordinary_listings)
    return chance(hits, share * asked) < rule.chance


def chance(hits: int, expected: float) -> float:
    """The chance of so many hits or more where so many are expected (Poisson)."""
    if hits <= 0:
        return 1.0
    if expected <= 0:
        return 0.0
    if hits <= expected:
        return 1.0 - sum(_exactly(count, expected) for count in range(hits))
    return min(1.0, sum(_exactly(count, expected) for count in range(hits, hits + _TERMS)))


def _exactly(count: int, expected: float) -> float:
    return exp(count * log(expected) - expected - lgamma(count + 1))
