"""A mark in a title: the window nearest to it, how near it is, and which of several hits the words belong to."""

from collections.abc import Iterable, Sequence
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
    """How likely the window is the mark: 1 when it is the mark word for word, else what the trained model says."""
    return 1.0 if hit.is_the_mark else model.load("mark", _READS).score(features(hit.mark, hit.window))


def settle(hits: Sequence[Hit]) -> list[Hit]:
    """The hits without those whose words belong to another: "ace" in V,e,r,s,a,c,e, or lexar in lexmark."""
    return [hit for hit in hits if not any(_beats(other, hit) for other in _touching(hit, hits))]


def _touching(hit: Hit, hits: Iterable[Hit]) -> Iterable[Hit]:
    start, end = hit.span
    return (other for other in hits if other is not hit and start < other.span[1] and other.span[0] < end)


def _beats(other: Hit, hit: Hit) -> bool:
    longer, as_long = _length(other) > _length(hit), _length(other) >= _length(hit)
    if longer and _inside(hit, other) and ((other.from_fragments and other.edits <= 1) or not hit.is_plain):
        return True
    return hit.edits > other.edits and (other.edits == 0 or as_long)


def _inside(hit: Hit, other: Hit) -> bool:
    return other.span[0] <= hit.span[0] and hit.span[1] <= other.span[1] and hit.span != other.span


def _length(hit: Hit) -> int:
    return len(hit.mark.key_in(hit.window.view.script))
