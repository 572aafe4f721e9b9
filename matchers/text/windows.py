"""Windows of a title: joins of whole neighbouring words, each of which might be a mark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matchers.text.letters import fold
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
    """Neighbouring words of one view joined: `key` is folded, `raw` is not; start and end are places in the view."""

    key: str
    raw: str
    pieces: int
    start: int
    end: int
    view: View

    @property
    def span(self) -> tuple[int, int]:
        """The half-open span in the original title."""
        return self.view.span(self.start, self.end)


def windows(title: str) -> Iterator[Window]:
    """Every window of every view of a title, each spelling once."""
    known: set[tuple[str, str]] = set()
    for view in views(title):
        for pieces in readings(view):
            for window in _joins(pieces, view):
                if (window.key, window.raw) not in known:
                    known.add((window.key, window.raw))
                    yield window


def key(mark: str) -> str:
    """A mark as windows are written: apostrophes off, its first view, words folded and joined."""
    return "".join(fold(word) for word in _WITH_SYMBOLS.findall(views(mark)[0].text)) if mark else ""


def readings(view: View) -> Iterator[list[Piece]]:
    """The words of a view, symbols such as @ and $ taken as gaps; and once more with symbols taken as letters."""
    yield _pieces(_WORDS, view.text)
    if _SYMBOL.search(view.text):
        yield _pieces(_WITH_SYMBOLS, view.text)


def _pieces(pattern: re.Pattern[str], text: str) -> list[Piece]:
    found = ((fold(m.group()), m.group(), m.start(), m.end()) for m in pattern.finditer(text))
    return [piece for piece in found if piece[0]]


def _joins(pieces: list[Piece], view: View) -> Iterator[Window]:
    for first in range(len(pieces)):
        joined = raw = ""
        for count, (folded, word, _, end) in enumerate(pieces[first : first + MOST_PIECES], 1):
            joined, raw = joined + folded, raw + word
            if len(joined) > LONGEST or (count > _WHOLE_WORDS and len(joined) > _SPACED_OUT * count):
                break
            yield Window(joined, raw, count, pieces[first][2], end, view)
