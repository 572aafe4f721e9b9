"""The two ways through the words of a title: `quick` joins words only along the spelling of marks, `full` joins all."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from matchers.text.index import Index
from matchers.text.letters import fold
from matchers.text.sounds import Script, sound
from matchers.text.windows import LONGEST, MOST_PIECES, allows

_CACHED = 1_000_000

T = TypeVar("T")

Near = tuple[int, int, int, int]
"""The place of a mark in its index, the edits, and its first and last word in the reading."""

Way = Callable[[Sequence[str]], list[Near]]
"""From the words of one reading of a title to the marks near to them."""

_Known = tuple[str, tuple[tuple[int, int], ...], bool]


class Quick:
    """Words looked up in an index once and remembered; misspellings are looked for in single words only."""

    def __init__(self, index: Index, script: Script = "letters") -> None:
        self._index = index
        self._folded = _Remembered(fold if script == "letters" else partial(sound, script=script))
        self._spelt = _spellings(index)
        self._words = _Remembered(self._known)

    def __call__(self, words: Sequence[str]) -> list[Near]:
        """The marks that single words come near to, and those that joined words spell."""
        known = list(map(self._words.__getitem__, words))
        if not any(known):
            return []
        found = []
        for first, word in enumerate(known):
            if word:
                folded, near, begins = word
                for place, edits in near:
                    found.append((place, edits, first, first))
                if begins and first + 1 < len(words) and folded + self._folded[words[first + 1]] in self._spelt:
                    found += self._joined(folded, words, first)
        return found

    def _known(self, word: str) -> _Known | None:
        """What a word comes near to, and whether a mark begins with it; None where neither is so, as with most."""
        folded = self._folded.call(word)
        near = self._index.found(folded) if len(folded) <= LONGEST else ()
        begins = folded in self._spelt
        return (folded, near, begins) if near or begins else None

    def _joined(self, joined: str, words: Sequence[str], first: int) -> Iterator[Near]:
        for last in range(first + 1, min(len(words), first + MOST_PIECES)):
            joined += self._folded[words[last]]
            places = self._spelt.get(joined)
            if places is None:
                return
            if places and allows(len(joined), last - first + 1):
                yield from ((place, 0, first, last) for place in places)


class Full:
    """Every join of neighbouring words looked up in an index, misspelt or not."""

    def __init__(self, index: Index, script: Script = "letters") -> None:
        self._index = index
        # The sound of words is that of what they spell together: "cc" of two words is one "k".
        self._piece: Callable[[str], str] = fold if script == "letters" else str
        self._key: Callable[[str], str] = str if script == "letters" else partial(sound, script=script)

    def __call__(self, words: Sequence[str]) -> list[Near]:
        """The marks that single words and joins of words come near to."""
        pieces = [(place, piece) for place, word in enumerate(words) if (piece := self._piece(word))]
        return [near for start in range(len(pieces)) for near in self._from(pieces[start : start + MOST_PIECES])]

    def _from(self, pieces: Sequence[tuple[int, str]]) -> Iterator[Near]:
        joined, first = "", pieces[0][0]
        for count, (last, piece) in enumerate(pieces, 1):
            joined += piece
            if not allows(len(joined), count):
                return
            for place, edits in self._index.near(self._key(joined)):
                yield place, edits, first, last


class _Remembered(dict[str, T]):
    """What a function said of each word, asked once, as long as there is room."""

    def __init__(self, call: Callable[[str], T]) -> None:
        self.call = call

    def __missing__(self, word: str) -> T:
        said = self.call(word)
        if len(self) < _CACHED:
            self[word] = said
        return said


def _spellings(index: Index) -> dict[str, tuple[int, ...]]:
    """Every beginning of a mark with the marks that are spelt out by it."""
    beginnings: dict[str, tuple[int, ...]] = {key[:size]: () for key in index.exact for size in range(1, len(key))}
    return {**beginnings, **index.exact}
