"""Windows of a title: joins of whole neighbouring words, each of which might be a mark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matchers.text.letters import fold
from matchers.text.sounds import Script, sound
from matchers.text.views import View, views

LONGEST = 24
MOST_PIECES = 22
_WHOLE_WORDS = 3
_SPACED_OUT = 2.5
_WORDS = re.compile(r"[a-z0-9]+")
_WITH_SYMBOLS = re.compile(r"[a-z0-9@$!|+€]+")
_SYMBOL = re.compile(r"[@$!|+€]")

Piece = tuple[str, str, int, int]
"""A word of a view: folded, raw, and from where to where in the view."""


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring words of one view joined: `key` is folded, `words` are not; start and end are places in the view."""

    key: str
    words: tuple[str, ...]
    start: int
    end: int
    view: View

    @property
    def raw(self) -> str:
        """The words as they stand in the view, without gaps."""
        return "".join(self.words)

    @property
    def pieces(self) -> int:
        """How many words are joined."""
        return len(self.words)

    @property
    def span(self) -> tuple[int, int]:
        """The half-open span in the original title."""
        return self.view.span(self.start, self.end)


def windows(title: str) -> Iterator[Window]:
    """Every window of every view of a title, each spelling once."""
    known: set[tuple[str, tuple[str, ...], Script]] = set()
    for view in views(title):
        for pieces in readings(view):
            for window in _joins(pieces, view):
                spelling = (window.key, window.words, view.script)
                if spelling not in known:
                    known.add(spelling)
                    yield window


def key(mark: str) -> str:
    """A mark as windows are written: apostrophes off, its first view, words folded and joined."""
    return "".join(fold(word) for word in _WITH_SYMBOLS.findall(views(mark)[0].text)) if mark else ""


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower-case ASCII."""
    return tuple(_WORDS.findall(text))


def readings(view: View) -> Iterator[list[Piece]]:
    """The words of a view, symbols such as @ and $ taken as gaps; and once more with symbols taken as letters."""
    if view.script != "letters":
        yield [(m.group(), m.group(), m.start(), m.end()) for m in _WORDS.finditer(view.text)]
        return
    for pattern in word_patterns(view):
        yield _pieces(pattern, view.text)


def word_patterns(view: View) -> tuple[re.Pattern[str], ...]:
    """How words are told in a view: by letters and digits, and by symbols too where there are any."""
    return (_WORDS, _WITH_SYMBOLS) if _SYMBOL.search(view.text) else (_WORDS,)


def allows(length: int, pieces: int) -> bool:
    """Whether that many words may be joined to a key of that length: more than three only if they are tiny."""
    return length <= LONGEST and (pieces <= _WHOLE_WORDS or length <= _SPACED_OUT * pieces)


def _pieces(pattern: re.Pattern[str], text: str) -> list[Piece]:
    found = ((fold(m.group()), m.group(), m.start(), m.end()) for m in pattern.finditer(text))
    return [piece for piece in found if piece[0]]


def _joins(pieces: list[Piece], view: View) -> Iterator[Window]:
    for first in range(len(pieces)):
        joined = ""
        words: tuple[str, ...] = ()
        for folded, word, _, end in pieces[first : first + MOST_PIECES]:
            joined, words = joined + folded, (*words, word)
            if not allows(len(joined), len(words)):
                break
            key_ = joined if view.script == "letters" else sound(joined, view.script)
            yield Window(key_, words, pieces[first][2], end, view)
