"""Copied passages: 10,000 texts against 10,000, with planted copies, beside comparing pairs one by one."""

import random
import time

from rapidfuzz import fuzz

from benchmarks.made import made_texts
from matchers.text import Corpus

TEXTS, WORDS, PLANTED, LENGTH, DROPPED = 10_000, 145, 300, 60, 0.1
PAIRS = 200


def run(chance: random.Random) -> None:
    """Prints seconds and recall; one planted passage in each of the first texts, every tenth word of it dropped."""
    ours, theirs = made_texts(TEXTS, WORDS, chance), made_texts(TEXTS, WORDS, chance)
    chosen = chance.sample(range(TEXTS), PLANTED)
    for place, source in enumerate(chosen):
        theirs[place] = _planted(ours[source], theirs[place], chance)
    began = time.process_time()
    corpus = Corpus({str(place): text for place, text in enumerate(ours)})
    built = time.process_time() - began
    found = {
        (f.ours, f.theirs) for f in corpus.copies({str(place): text for place, text in enumerate(theirs)}) if f.score
    }
    took = time.process_time() - began
    true = {(str(source), str(place)) for place, source in enumerate(chosen)}
    print(
        f"copied passages: {TEXTS:,} x {TEXTS:,} texts in {took:.1f} s (index {built:.1f} s), "
        f"recall {len(found & true) / PLANTED:.3f} of {PLANTED} planted, {len(found - true)} others"
    )
    began = time.process_time()
    for ours_, theirs_ in zip(ours[:PAIRS], theirs[:PAIRS], strict=True):
        fuzz.token_set_ratio(ours_, theirs_)
    each = (time.process_time() - began) / PAIRS
    print(f"token_set_ratio over all pairs: {each * TEXTS * TEXTS / 3600:.1f} h (from {PAIRS} pairs)")


def _planted(source: str, text: str, chance: random.Random) -> str:
    first = chance.randrange(WORDS - LENGTH)
    kept = [word for word in source.split()[first : first + LENGTH] if chance.random() > DROPPED]
    words = text.split()
    at = chance.randrange(len(words))
    return " ".join([*words[:at], *kept, *words[at:]])
