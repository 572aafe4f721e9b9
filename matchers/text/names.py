"""Names of persons and companies: are two the same party, as far as a name can say."""

import re

from anyascii import anyascii
from rapidfuzz import fuzz, utils

from matchers.finding import Finding

NAME = "name"


def name(a: str, b: str) -> Finding:
    """The same name: the weighted ratio of both, transliterated. Alone it never links two parties safely."""
    ours, theirs = _plain(a), _plain(b)
    if min(len(ours), len(theirs)) < 2:
        return Finding(
            matcher=NAME, ours=a, theirs=b, outcome="unmatchable", reason="one name has fewer than two letters"
        )
    score = 1.0 if ours == theirs else min(0.99, fuzz.WRatio(ours, theirs) / 100)
    return Finding(matcher=NAME, ours=a, theirs=b, score=score, reason=_reason(ours, theirs))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", utils.default_process(anyascii(text)))


def _reason(ours: str, theirs: str) -> str:
    mine, other = set(ours.split()), set(theirs.split())
    if ours == theirs:
        return "the names are the same"
    shared, apart = sorted(mine & other), sorted(mine ^ other)
    said = f"both have {', '.join(shared)}" if shared else "no word is in both"
    return f"{said}; {', '.join(apart)} differ" if apart else f"{said}, in another order"
