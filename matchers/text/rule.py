"""The hand rule: how near a window comes to a mark, with guards against ordinary words; needs no training."""

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from matchers.text.views import views
from matchers.text.windows import Window, key
from matchers.text.words import ordinary, zipf

EXACT, SAME_LETTERS = 1.0, 0.99
_WORD = 2.8
_ACROSS_PIECES = 7
_FIRST_LETTER = 5


@dataclass(frozen=True)
class Mark:
    """A mark as it is compared: `key` is its folded form, `raw` its letters without gaps."""

    name: str

    @cached_property
    def key(self) -> str:
        """The folded form; empty when nothing of the mark can be compared."""
        return key(self.name)

    @cached_property
    def raw(self) -> str:
        """The letters and digits of the mark's first view, in lower case."""
        return "".join(c for c in views(self.name)[0].text if c.isalnum()) if self.name else ""

    @cached_property
    def pieces(self) -> int:
        """How many words the mark has."""
        return len(self.name.split())

    @cached_property
    def zipf(self) -> float:
        """How often English uses the mark as a word or phrase."""
        return zipf(self.name.lower())

    @cached_property
    def ordinary(self) -> bool:
        """Whether the mark is made of ordinary words."""
        return ordinary(self.name)


def similarity(mark: Mark, window: Window) -> float:
    """Normalised OSA similarity of the folded forms, 0 to 1."""
    return OSA.normalized_similarity(window.key, mark.key)


def score(mark: Mark, window: Window) -> float:
    """1 for the mark itself, .99 for the same letters in disguise, else the OSA similarity where guards allow it."""
    if window.raw == mark.raw:
        return EXACT
    if window.key == mark.key:
        return SAME_LETTERS if len(mark.key) > 3 else 0.0
    edits = OSA.distance(window.key, mark.key)
    return similarity(mark, window) if edits <= _allowed(len(mark.key)) and not _guarded(mark, window) else 0.0


def _allowed(length: int) -> int:
    return 0 if length < 4 else 1 if length < 7 else 2 if length < 11 else 3


def _guarded(mark: Mark, window: Window) -> bool:
    """Whether the window is rather something else: an ordinary word, an accident across words, another short name."""
    word = window.pieces == 1 and zipf(window.raw) >= _WORD
    across = window.pieces > 1 and len(mark.key) < _ACROSS_PIECES
    other = len(mark.key) <= _FIRST_LETTER and window.key[0] != mark.key[0]
    return word or across or other
