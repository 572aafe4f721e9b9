"""Look-alike domains: is a domain one of ours to the eye, and yet another."""

from collections.abc import Collection
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from matchers.finding import Finding
from matchers.text.hosts import decoded, suffixes
from matchers.text.letters import seen

NAME = "domain"
_SHORTEST = 5
_LONG = 10
_DRAWN = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"))


def lookalike(domain: str, known: Collection[str]) -> Finding | None:
    """The known domain for which another can be taken; None for a known one, for those below it, and for all others.

    Alike are the same letters to the eye (Unicode TS 39), one slip of the finger (two in a name of ten letters and
    more), the same name with a hyphen or under another suffix. A name of fewer than five letters is alike to nothing.
    """
    mine = _registered(domain)
    theirs = {_registered(one) for one in known}
    if not mine[0] or mine in theirs:
        return None
    found = [(score, why, other) for other in sorted(theirs) for score, why in [_likeness(mine, other)] if score]
    if not found:
        return None
    score, why, other = max(found)
    return Finding(matcher=NAME, ours=".".join(other), theirs=domain, score=score, reason=why)


def _likeness(mine: tuple[str, str], other: tuple[str, str]) -> tuple[float, str]:
    ours, name = other[0], mine[0]
    if min(len(ours), len(name)) < _SHORTEST:
        return 0.0, ""
    if ours == name:
        return 0.8, f"the same name under {mine[1]} instead of {other[1]}"
    if _drawn(ours) == _drawn(name):
        return 1.0, "the same letters to the eye"
    if ours.replace("-", "") == name.replace("-", ""):
        return 0.95, "the same name but for a hyphen"
    allowed = 2 if len(ours) >= _LONG else 1
    slips = OSA.distance(_drawn(ours), _drawn(name), score_cutoff=allowed)
    return (0.9, f"{slips} letter{'s' if slips > 1 else ''} off") if slips <= allowed else (0.0, "")


@lru_cache(maxsize=1 << 16)
def _registered(domain: str) -> tuple[str, str]:
    """The registered name and its suffix, as people see them: punycode decoded."""
    found = suffixes()(domain.strip().strip(".").lower())
    name, suffix = found.domain, found.suffix
    if not suffix:
        name, _, suffix = domain.strip().strip(".").lower().rpartition(".")
        name = name.rpartition(".")[2]
    return _seen(name), _seen(suffix)


def _seen(name: str) -> str:
    return ".".join(decoded(part) for part in name.split("."))


@cache
def _drawn(name: str) -> str:
    """A name as the eye takes it: each letter as its plainest look-alike, pairs that draw a letter as that letter."""
    plain = "".join(seen(letter) for letter in name)
    for drawing, letter in _DRAWN:
        plain = plain.replace(drawing, letter)
    return plain
