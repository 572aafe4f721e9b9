"""Passages over many texts: which of theirs copy which of ours, by shared runs of words and not by all pairs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matchers.finding import Finding
from matchers.text.passages import passage
from matchers.text.spans import plain_words

Codes = NDArray[np.uint64]
Places = NDArray[np.int64]

_RUN = 6
_SHARED = 2
_BOILERPLATE = 20
_AT_ONCE = 5_000
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class Corpus:
    """Our texts by name, indexed once by every run of six words.

    `unmatchable` names the texts that nothing can be said about, and why: they are compared with none. A run of words
    that stands in more than `boilerplate` of our texts ("all rights reserved") leads to none of them.
    """

    def __init__(self, texts: Mapping[str, str], boilerplate: int = _BOILERPLATE) -> None:
        self._texts = MappingProxyType(dict(texts))
        self._names = tuple(texts)
        self._vocabulary: dict[str, int] = {}
        codes, owners = _distinct(*self._runs(tuple(texts.values())))
        values, first, count = np.unique(codes, return_index=True, return_counts=True)
        kept = count <= boilerplate
        self._values, self._first, self._count, self._owners = values[kept], first[kept], count[kept], owners
        self.unmatchable = _unread(texts)

    def copies(self, theirs: Mapping[str, str], shared: int = _SHARED) -> Iterator[Finding]:
        """The copied passages of each of our texts in each of theirs that has `shared` runs of six words in common.

        One finding a pair with the names of both, in the order of theirs; texts on both sides are read in bounded
        memory. What could not be compared is a finding of its own.
        """
        items = iter(theirs.items())
        while block := dict(islice(items, _AT_ONCE)):
            texts = tuple(block.values())
            for place, name in enumerate(block):
                if why := _problem(texts[place]):
                    yield Finding(matcher="passage", ours="", theirs=name, outcome="unmatchable", reason=why)
            names = tuple(block)
            for ours, place in self._pairs(texts, shared):
                found = passage(self._texts[self._names[ours]], texts[place])
                if found.where or found.score is None:
                    yield replace(found, ours=self._names[ours], theirs=names[place])

    def _pairs(self, texts: Sequence[str], shared: int) -> list[tuple[int, int]]:
        """Which of ours share so many runs with which of these texts."""
        codes, owners = _distinct(*self._runs(texts))
        at = np.searchsorted(self._values, codes)
        at[at == len(self._values)] = 0
        met = self._values[at] == codes if len(self._values) else np.zeros(len(codes), dtype=np.bool_)
        at, owners = at[met], owners[met]
        ours = self._owners[_spread(self._first[at], self._count[at])]
        pairs = np.repeat(owners, self._count[at]) * len(self._names) + ours
        distinct, often = np.unique(pairs, return_counts=True)
        return [(int(pair % len(self._names)), int(pair // len(self._names))) for pair in distinct[often >= shared]]

    def _runs(self, texts: Sequence[str]) -> tuple[Codes, Places]:
        """The code of every run of words, and the place of the text that it stands in."""
        known = self._vocabulary
        words = [[known.setdefault(word, len(known)) for word in plain_words(text)] for text in texts]
        lengths = np.array([len(found) for found in words], dtype=np.int64)
        flat = np.array([word for found in words for word in found], dtype=np.uint64) + np.uint64(1)
        owners = np.repeat(np.arange(len(texts)), lengths)
        count = max(0, len(flat) - _RUN + 1)
        codes = np.zeros(count, dtype=np.uint64)
        for step in range(_RUN):
            codes = (codes ^ flat[step : step + count]) * _FACTOR
            codes ^= codes >> np.uint64(29)
        whole = owners[:count] == owners[_RUN - 1 :] if count else np.zeros(0, dtype=np.bool_)
        return codes[whole], owners[:count][whole]


def _distinct(codes: Codes, owners: Places) -> tuple[Codes, Places]:
    """Each run once a text, in rising order of its code."""
    order = np.lexsort((owners, codes))
    codes, owners = codes[order], owners[order]
    new = np.ones(len(codes), dtype=np.bool_)
    new[1:] = (codes[1:] != codes[:-1]) | (owners[1:] != owners[:-1])
    return codes[new], owners[new]


def _spread(first: Places, count: Places) -> Places:
    """Every place from each first on, so many as counted."""
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(first - ends + count, count) + np.arange(total)


def _unread(texts: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name: why for name, text in texts.items() if (why := _problem(text))})


def _problem(text: str) -> str:
    """Why a text is not compared, or nothing."""
    return "" if len(plain_words(text)) >= _RUN + _SHARED else "the text has too few words to compare"
