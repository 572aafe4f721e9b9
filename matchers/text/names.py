"""Names of persons and companies: are two the same party, as far as a name can say."""

from matchers.finding import Finding
from matchers.text import model
from matchers.text.partner import FEATURES, Both, Name, features

NAME = "name"
_READS = tuple(name for name, _ in FEATURES)
_FEWEST_LETTERS = 2


def name(a: str, b: str) -> Finding:
    """The same name: the probability, one half being the cut at which the two kinds of error weigh the same.

    It does not matter which is named first. A name alone never links two parties safely: ask for a second field.
    Unmatchable: a name of fewer than two letters.
    """
    ours, theirs = Name(a), Name(b)
    short = next((side.written for side in (ours, theirs) if len("".join(side.words)) < _FEWEST_LETTERS), None)
    if short is not None:
        why = f'"{short}" has fewer than {_FEWEST_LETTERS} letters that can be compared'
        return Finding(matcher=NAME, ours=a, theirs=b, outcome="unmatchable", reason=why)
    if ours.words == theirs.words:
        return Finding(matcher=NAME, ours=a, theirs=b, score=1.0, reason="the names are the same")
    score = model.load(NAME, _READS).score(features(ours, theirs))
    return Finding(matcher=NAME, ours=a, theirs=b, score=score, reason=_reason(Both(ours, theirs)))


def _reason(both: Both) -> str:
    """The words in both, those alike, and those of one only."""
    same = [x for x, y, _ in both.partners if x == y]
    alike = [f"{x} and {y}" for x, y, likeness in both.partners if x != y and likeness >= 0.8]
    met = {word for x, y, likeness in both.partners if likeness >= 0.8 for word in (x, y)}
    apart = [word for side in (both.a, both.b) for word in side.core if word not in met]
    said = (("both have", same), ("alike are", alike), ("only one has", apart))
    return "; ".join(f"{what} {', '.join(words)}" for what, words in said if words) or "only their legal forms differ"
