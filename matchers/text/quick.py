"""The fast way through a title: each word is looked up once for all titles, words are joined only along marks."""

from collections.abc import Callable, Iterator
from functools import partial

from matchers.text.index import Index
from matchers.text.letters import fold
from matchers.text.sounds import Script, sound
from matchers.text.views import View
from matchers.text.windows import LONGEST, MOST_PIECES, Window, allows, word_patterns

_CACHED = 1_000_000

Found = tuple[int, int, Window]
"""The place of a mark in its index, the edits, and the window."""

_Known = tuple[str, tuple[tuple[int, int], ...], bool]


class Quick:
    """Words looked up in an index and remembered; joins of words only where they spell a mark from its beginning."""

    def __init__(self, index: Index, script: Script = "letters") -> None:
        self._key: Callable[[str], str] = fold if script == "letters" else partial(sound, script=script)
        self._index = index
        self._beginnings = {key[:size] for key in index.exact for size in range(1, len(key))}
        self._words: dict[str, _Known] = {}

    def found(self, view: View) -> Iterator[Found]:
        """The marks that single words come near to, and those that joined words spell."""
        for pattern in word_patterns(view):
            words = [self._known(word) for word in pattern.findall(view.text)]
            if any(near or begins for _, near, begins in words):
                places = [match.span() for match in pattern.finditer(view.text)]
                yield from self._hits(words, places, view)

    def _known(self, word: str) -> _Known:
        known = self._words.get(word)
        if known is None:
            folded = self._key(word)
            near = self._index.near(folded) if len(folded) <= LONGEST else ()
            known = folded, near, folded in self._beginnings
            if len(self._words) < _CACHED:
                self._words[word] = known
        return known

    def _hits(self, words: list[_Known], places: list[tuple[int, int]], view: View) -> Iterator[Found]:
        for first, (folded, near, begins) in enumerate(words):
            for place, edits in near:
                yield place, edits, _window(folded, places[first : first + 1], view)
            if begins:
                yield from self._joined(words, places, first, view)

    def _joined(self, words: list[_Known], places: list[tuple[int, int]], first: int, view: View) -> Iterator[Found]:
        joined = words[first][0]
        for last in range(first + 1, min(len(words), first + MOST_PIECES)):
            joined += words[last][0]
            for place in self._index.exact.get(joined, ()):
                if allows(len(joined), last - first + 1):
                    yield place, 0, _window(joined, places[first : last + 1], view)
            if joined not in self._beginnings:
                return


def _window(key: str, places: list[tuple[int, int]], view: View) -> Window:
    words = tuple(view.text[start:end] for start, end in places)
    return Window(key, words, places[0][0], places[-1][1], view)
