"""How ordinary a word is: the one door to wordfreq, loaded when first asked."""

from functools import lru_cache

_ENDINGS = ("s", "es", "ed", "ing", "er", "ly")
_ENDINGS_FOR = {"e": ("ed", "ing", "er", "es"), "y": ("ies", "ied", "ier")}
_ELSEWHERE = ("de", "fr", "es")

_KNOWN, _INFLECTED, _ENGLISH = 3.0, 3.0, 1.0


@lru_cache(maxsize=200_000)
def zipf(word: str, language: str = "en") -> float:
    """How often a language uses a word: the Zipf scale of wordfreq, 0 (never) to 8."""
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word, language)) if word else 0.0


@lru_cache(maxsize=50_000)
def inflected(word: str) -> float:
    """How often English uses the most frequent inflection of a word (targets, targeted); names hardly have any."""
    forms = [word + ending for ending in _ENDINGS]
    forms += [word[:-1] + ending for ending in _ENDINGS_FOR.get(word[-1:], ())]
    return max(zipf(form) for form in forms if form != word)


@lru_cache(maxsize=50_000)
def ordinary(word: str, inflections: float = _INFLECTED) -> bool:
    """Whether English uses a word for other things than a name (apple, gap, target).

    A word is inflected, at least as often as `inflections` says (Zipf), or English uses it at least ten times as often
    as German, French and Spanish do; a name is as frequent everywhere.
    """
    if not word.isalpha() or zipf(word) < _KNOWN:
        return False
    return inflected(word) >= inflections or zipf(word) - max(zipf(word, other) for other in _ELSEWHERE) >= _ENGLISH
