"""How ordinary a word is: the one door to wordfreq, loaded when first asked."""

from functools import lru_cache

_ENDINGS = ("s", "es", "ed", "ing", "er", "ly")

ORDINARY = 3.8
"""From this Zipf frequency on, what inflects like a word is an ordinary word and not only a name."""


@lru_cache(maxsize=200_000)
def zipf(word: str) -> float:
    """How often English uses a word: the Zipf scale of wordfreq, 0 (never) to 8."""
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word, "en")) if word else 0.0


@lru_cache(maxsize=50_000)
def inflected(word: str) -> float:
    """How often English uses the most frequent inflection of a word (targets, targeted); names hardly have any."""
    stems = (word, word[:-1]) if word.endswith(("e", "y")) else (word,)
    return max(zipf(stem + ending) for stem in stems for ending in _ENDINGS if stem + ending != word)


def ordinary(mark: str) -> bool:
    """Whether a mark consists of words that English uses for other things too (apple, gap, target)."""
    parts = mark.lower().split()
    return bool(parts) and all(zipf(part) >= ORDINARY for part in parts)
