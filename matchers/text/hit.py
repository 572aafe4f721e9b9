"""A mark in a title: the window nearest to it, how near it is, and which of several hits the words belong to."""

from collections.abc import Sequence
from dataclasses import dataclass

from matchers.text import model
from matchers.text.evidence import FEATURES, features
from matchers.text.mark import Mark
from matchers.text.views import AS_WRITTEN
from matchers.text.windows import Window
from matchers.text.words import zipf

_READS = tuple(name for name, _ in FEATURES)

_WORD = 2.8


@dataclass(frozen=True, slots=True)
class Hit:
    """A mark, the window nearest to it, and the edits between their keys."""

    mark: Mark
    window: Window
    edits: int

    @property
    def span(self) -> tuple[int, int]:
        """The half-open span in the title."""
        return self.window.span

    @property
    def is_the_mark(self) -> bool:
        """Whether the window is the mark word for word, letters read into signs and digits left aside."""
        view = self.window.view
        return self.window.words == self.mark.words and view.script == "letters" and not view.drawn

    @property
    def is_plain(self) -> bool:
        """Whether the mark stands in the title without any disguise."""
        return self.is_the_mark and self.window.view.name == AS_WRITTEN

    @property
    def is_disguised(self) -> bool:
        """Whether the title holds every letter of the mark, but drawn, spelt or spaced in a way that hides it."""
        return self.edits == 0 and not (self.window.raw == self.mark.raw and self.window.view.name == AS_WRITTEN)

    @property
    def from_fragments(self) -> bool:
        """Whether the words of the title are divided otherwise than those of the mark."""
        return self.window.pieces != self.mark.pieces

    @property
    def may_be_a_word(self) -> bool:
        """Whether the words may well be no name at all: the mark is a word and undisguised, or a word is near it."""
        if self.is_disguised:
            return False
        return self.mark.ordinary or (self.edits > 0 and self.window.pieces == 1 and zipf(self.window.raw) >= _WORD)


def score(hit: Hit) -> float:
    """How likely the window is the mark: 1 when it is the mark word for word, else what the trained model says.

    A name drawn out letter by letter scores no less than the same letters written together: a second disguise never
    makes a first one less obvious.
    """
    if hit.is_the_mark:
        return 1.0
    window = hit.window
    read = (window, window.closed_up) if window.is_spaced_out else (window,)
    return max(model.load("mark", _READS).score(features(hit.mark, one)) for one in read)


def settle(hits: Sequence[Hit]) -> list[Hit]:
    """The hits without those whose words belong to another: "ace" in V,e,r,s,a,c,e, or lexar in lexmark."""
    if len(hits) < 2:
        return list(hits)
    placed = [(hit, *hit.span, _length(hit)) for hit in hits]
    return [placed_[0] for placed_ in placed if not any(_beats(other, placed_) for other in placed)]


_Placed = tuple[Hit, int, int, int]
"""A hit, its half-open span in the title, and the length of its mark's key."""


def _beats(other: _Placed, placed: _Placed) -> bool:
    hit, start, end, length = placed
    its, its_start, its_end, its_length = other
    if its is hit or start >= its_end or its_start >= end:
        return False
    inside = its_start <= start and end <= its_end and (start, end) != (its_start, its_end)
    if inside and its_length > length and ((its.from_fragments and its.edits <= 1) or not hit.is_plain):
        return True
    return hit.edits > its.edits and (its.edits == 0 or its_length >= length)


def _length(hit: Hit) -> int:
    return len(hit.mark.key_in(hit.window.view.script))
