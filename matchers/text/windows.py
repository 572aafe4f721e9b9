"""Windows of a title: joins of whole neighbouring words, each of which might be a mark."""

import re
from dataclasses import dataclass, replace
from itertools import islice

from matchers.text.letters import fold
from matchers.text.sounds import sound
from matchers.text.views import View, views

LONGEST = 24
MOST_PIECES = 22
_WHOLE_WORDS = 3
_SPACED_OUT = 2.5
_WORDS = re.compile(r"[a-z0-9]+")
_WITH_SYMBOLS = re.compile(r"[a-z0-9@$!|+€]+")
_SYMBOL = re.compile(r"[@$!|+€]")


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
    def is_spaced_out(self) -> bool:
        """Whether hardly more than single letters are joined, as in V a n t r e l l o: no accident of words."""
        return self.pieces > _WHOLE_WORDS and len(self.raw) < 1.6 * self.pieces

    @property
    def closed_up(self) -> "Window":
        """The window as if its words were written as one."""
        return replace(self, words=(self.raw,))

    @property
    def span(self) -> tuple[int, int]:
        """The half-open span in the original title."""
        return self.view.span(self.start, self.end)


def window(view: View, pattern: re.Pattern[str], first: int, last: int) -> Window:
    """The window from the first to the last (included) of the words that a pattern tells in a view."""
    found = list(islice(pattern.finditer(view.text), first, last + 1))
    kept = [match for match in found if fold(match.group())] if view.script == "letters" else found
    words = tuple(match.group() for match in kept)
    folded = "".join(map(fold, words)) if view.script == "letters" else sound("".join(words), view.script)
    return Window(folded, words, found[0].start(), found[-1].end(), view)


def key(mark: str) -> str:
    """A mark as windows are written: apostrophes off, its first view, words folded and joined."""
    return "".join(fold(word) for word in _WITH_SYMBOLS.findall(views(mark)[0].text)) if mark else ""


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower-case ASCII."""
    return tuple(_WORDS.findall(text))


def word_patterns(view: View) -> tuple[re.Pattern[str], ...]:
    """How words are told in a view: by letters and digits, and by symbols too where there are any."""
    return (_WORDS, _WITH_SYMBOLS) if view.script == "letters" and _SYMBOL.search(view.text) else (_WORDS,)


def allows(length: int, pieces: int) -> bool:
    """Whether that many words may be joined to a key of that length: more than three only if they are tiny."""
    return length <= LONGEST and (pieces <= _WHOLE_WORDS or length <= _SPACED_OUT * pieces)
