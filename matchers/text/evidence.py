"""What speaks for a window being a mark, and what against: the features that the mark score is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Indel, JaroWinkler

from matchers.text.mark import Mark
from matchers.text.windows import Window
from matchers.text.words import zipf

_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True)
class Evidence:
    """A mark and the window nearest to it."""

    mark: Mark
    window: Window

    @cached_property
    def key(self) -> str:
        """The mark's key in the window's script."""
        key, script = self.window.key, self.window.view.script
        return key if script == "letters" and key == self.mark.drawn_out else self.mark.key_in(script)

    @cached_property
    def edits(self) -> int:
        """Edits (OSA) between the keys."""
        return OSA.distance(self.window.key, self.key)

    @cached_property
    def raw_edits(self) -> int:
        """Edits (OSA) between what is written and the mark."""
        return OSA.distance(self.window.raw, self.mark.raw)

    @cached_property
    def word(self) -> float:
        """How ordinary the window is as one word; 0 for joined words."""
        return zipf(self.window.raw) if self.window.pieces == 1 else 0.0

    @cached_property
    def added(self) -> str:
        """What the window adds before or after the whole mark, if anything."""
        raw, mark = self.window.raw, self.mark.raw
        return raw.removeprefix(mark).removesuffix(mark) if raw.startswith(mark) or raw.endswith(mark) else ""


Feature = Callable[[Evidence], float]


def _has(kind: Callable[[str], bool]) -> Feature:
    return lambda e: float(any(map(kind, e.window.raw)) and not any(map(kind, e.mark.raw)))


def _joined_words(e: Evidence) -> float:
    """How ordinary the rarest of joined words is: words side by side by accident are all ordinary."""
    return min(map(zipf, e.window.words)) if e.window.pieces > 1 else 0.0


def _longest_word(e: Evidence) -> float:
    return max(map(len, e.window.words)) / max(1, len(e.window.raw))


def _vowels_only(e: Evidence) -> float:
    """Whether the keys have the same consonants in the same order."""
    return float([c for c in e.window.key if c not in _VOWELS] == [c for c in e.key if c not in _VOWELS])


def _spaced_out(e: Evidence) -> float:
    return float(e.window.pieces > 2 and len(e.window.raw) < 1.6 * e.window.pieces)


def _begins_alike(e: Evidence) -> float:
    shared = next((n for n, (a, b) in enumerate(zip(e.window.key, e.key, strict=False)) if a != b), len(e.key))
    return min(shared, len(e.key)) / len(e.key)


FEATURES: list[tuple[str, Feature]] = [
    ("osa", lambda e: 1 - e.edits / max(len(e.key), len(e.window.key))),
    ("edits", lambda e: float(e.edits)),
    ("raw_edits", lambda e: min(6.0, e.raw_edits)),
    ("jaro_winkler", lambda e: JaroWinkler.similarity(e.window.key, e.key)),
    ("indel", lambda e: Indel.normalized_similarity(e.window.key, e.key)),
    ("partial", lambda e: fuzz.partial_ratio(e.window.key, e.key) / 100),
    ("same_letters", lambda e: float(sorted(e.window.key) == sorted(e.key))),
    ("same_consonants", _vowels_only),
    ("first", lambda e: float(e.window.key[:1] == e.key[:1])),
    ("last", lambda e: float(e.window.key[-1:] == e.key[-1:])),
    ("begins", _begins_alike),
    ("mark_length", lambda e: float(min(16, len(e.key)))),
    ("length_difference", lambda e: float(len(e.window.key) - len(e.key))),
    ("pieces", lambda e: float(min(6, e.window.pieces))),
    ("mark_words", lambda e: float(e.mark.pieces)),
    ("pieces_differ", lambda e: float(e.window.pieces != e.mark.pieces)),
    ("word", lambda e: e.word),
    ("is_a_word", lambda e: float(e.word >= 2.0)),
    ("mark_zipf", lambda e: e.mark.zipf),
    ("mark_inflected", lambda e: e.mark.inflected),
    ("joined_words", _joined_words),
    ("longest_word", _longest_word),
    ("foreign", lambda e: float(not e.window.view.pure)),
    ("sound", lambda e: float(e.window.view.script == "sound")),
    ("kana", lambda e: float(e.window.view.script == "kana")),
    ("drawn", lambda e: float(e.window.view.drawn)),
    ("symbols", _has(lambda c: not c.isalnum())),
    ("digits", _has(str.isdigit)),
    ("same_raw", lambda e: float(e.raw_edits == 0)),
    ("spaced_out", _spaced_out),
    ("plural", lambda e: float(e.added == "s")),
    ("added", lambda e: float(len(e.added))),
]
"""What the model reads, in its order."""


def features(mark: Mark, window: Window) -> list[float]:
    """The features of a mark and a window in the order of FEATURES."""
    evidence = Evidence(mark, window)
    return [feature(evidence) for _, feature in FEATURES]
