"""Sketches: a text in a few digests, so that texts of one template are found among many without reading them again."""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from matchers.text.spans import SEED, grams, words

SIZE = 64
"""Values of a sketch: the share that two of them have in common estimates the Jaccard index, give or take 0.06."""

_ROWS = 2
_FEWEST_GRAMS = 12
_PRIME = (1 << 61) - 1
_CHANCE = np.random.default_rng(20261122)
_BY = _CHANCE.integers(1, 1 << 31, SIZE, dtype=np.uint64)
_PLUS = _CHANCE.integers(0, 1 << 31, SIZE, dtype=np.uint64)


def sketch(text: str) -> tuple[str, ...]:
    """The sketch of a text's runs of three words (Broder 1997); empty for fewer than a dozen different ones."""
    seen = {" ".join(gram) for gram in grams(words(text), SEED)}
    if len(seen) < _FEWEST_GRAMS:
        return ()
    hashes = np.array([_hash(gram) for gram in seen], dtype=np.uint64)
    # 32-bit values keep the products below 2^63, so that nothing wraps before the remainder is taken
    values = (hashes[:, None] * _BY + _PLUS) % np.uint64(_PRIME)
    return tuple(f"{int(value):x}" for value in values.min(axis=0))


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """The estimated share of runs of words that two texts have in common, in [0, 1]; 0 where one is too short."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / SIZE


def bands(made: Sequence[str]) -> Iterator[str]:
    """The keys under which a sketch is found: of two texts half alike one key is the same in all but 1 of 10,000."""
    for place in range(0, len(made), _ROWS):
        yield f"{place}:{'.'.join(made[place : place + _ROWS])}"


def _hash(gram: str) -> int:
    return int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=4).digest(), "big")
