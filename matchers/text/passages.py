"""Passages: is text of ours copied into theirs, and where."""

from matchers.finding import Finding, Passage
from matchers.text.spans import SEED, Word, grams, spans, words

NAME = "passage"
_FEWEST_WORDS = 8
_MOST_WORDS = 30_000


def passage(original: str, suspect: str) -> Finding:
    """Copies our text or a part of it into theirs: the share of the smaller text's words that stand in copied runs.

    The spans are half-open code points of both texts. A text of fewer than eight words is unmatchable: so few words
    recur by chance; so is one of more than 30,000.
    """
    ours, theirs = words(original), words(suspect)
    if min(len(ours), len(theirs)) < _FEWEST_WORDS:
        which = "our text" if len(ours) < _FEWEST_WORDS else "their text"
        return _unmatchable(original, suspect, f"{which} has fewer than {_FEWEST_WORDS} words, too few to compare")
    if max(len(ours), len(theirs)) > _MOST_WORDS:
        return _unmatchable(original, suspect, f"one text has more than {_MOST_WORDS} words: compare it in parts")
    found = spans(ours, theirs)
    copied = sum(_count(theirs, span) for span in found)
    score = min(1.0, copied / min(len(ours), len(theirs)))
    shared = len(set(grams(ours, SEED)) & set(grams(theirs, SEED)))
    return Finding(
        matcher=NAME,
        ours=original,
        theirs=suspect,
        score=score,
        reason=_reason(copied, len(theirs), found),
        where=found,
        steps=(f"{shared} runs of {SEED} words are in both texts", f"joined into {len(found)} passages"),
    )


def _count(theirs: tuple[Word, ...], span: Passage) -> int:
    return sum(span.theirs[0] <= word.start < span.theirs[1] for word in theirs)


def _reason(copied: int, total: int, found: tuple[Passage, ...]) -> str:
    if not found:
        return "no run of words is in both texts"
    passages = "one passage" if len(found) == 1 else f"{len(found)} passages"
    return f"{copied} of their {total} words repeat ours, in {passages}"


def _unmatchable(original: str, suspect: str, why: str) -> Finding:
    return Finding(matcher=NAME, ours=original, theirs=suspect, outcome="unmatchable", reason=why)
