"""Products: do two offers show the same article, by titles, model codes, numbers, brand and price."""

from matchers.finding import Finding
from matchers.text import model
from matchers.text.likeness import FEATURES, Pair, Product, features

NAME = "product"
_READS = tuple(name for name, _ in FEATURES)
_FEWEST_LETTERS = 3


def product(a: Product, b: Product) -> Finding:
    """The same product: the probability, one half being the cut at which the two kinds of error weigh the same.

    It does not matter which offer is named first. Unmatchable: a title of fewer than three letters and digits.
    """
    short = next((side.title for side in (a, b) if len(side.name.replace(" ", "")) < _FEWEST_LETTERS), None)
    if short is not None:
        why = f'the title "{short}" has fewer than {_FEWEST_LETTERS} letters'
        return Finding(matcher=NAME, ours=a.title, theirs=b.title, outcome="unmatchable", reason=why)
    pair = Pair(a, b)
    score = 1.0 if a == b else model.load(NAME, _READS).score(features(a, b))
    return Finding(matcher=NAME, ours=a.title, theirs=b.title, score=score, reason=_reason(pair), steps=_steps(pair))


def _reason(pair: Pair) -> str:
    ours, theirs = pair.codes_left
    if pair.codes_shared:
        return f"both carry {_listed(pair.codes_shared)}"
    if ours and theirs:
        return f"the codes differ: {_listed(ours)} and {_listed(theirs)}"
    shared = pair.a.words & pair.b.words
    return f"the titles share {_listed(shared)}" if shared else "the titles share no word"


def _steps(pair: Pair) -> tuple[str, ...]:
    ours, theirs = pair.left
    said = (("only the first says", ours), ("only the second says", theirs))
    return tuple(f"{who} {_listed(words)}" for who, words in said if words)


def _listed(words: frozenset[str], most: int = 6) -> str:
    first = sorted(words)[:most]
    return ", ".join(first) + (" and more" if len(words) > most else "")
