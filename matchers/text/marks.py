"""Marks in a title: every mark of a list that a title holds, written out or in disguise."""

import re
from collections.abc import Iterable
from functools import lru_cache

from matchers.finding import Finding, Passage
from matchers.text import hit
from matchers.text.hit import Hit
from matchers.text.index import Index, limit, sound_limit
from matchers.text.mark import Mark
from matchers.text.quick import Full, Quick, Way
from matchers.text.sounds import Script, uncovered
from matchers.text.views import AS_WRITTEN, View, views
from matchers.text.windows import window, word_patterns

NAME, ORDINARY_NAME = "mark", "mark_word"
"""What may be an ordinary word has bands of its own: a text alone never settles whether the mark is meant, unless it
is disguised, which nobody does to a word."""

LONGEST_TITLE = 20_000
"""So many characters of a title are read; beyond, a title is no title, and hiding marks in it must not cost hours."""

_NAMES = {"Cjk": "Chinese", "Hangul": "Korean"}
_FLOOR = 0.1
_CACHED = 500_000

Spelling = tuple[str, tuple[str, ...], Script, bool, bool]

_Nearest = tuple[int, int, View, re.Pattern[str], int, int]
"""Edits and joins of the nearest window of a mark, the view and how its words are told, its first and last word."""


class Marks:
    """Many marks, indexed once. `fast` looks for misspellings in single words only (bulk monitoring)."""

    def __init__(self, marks: Iterable[str], fast: bool = False) -> None:
        self.marks = tuple(Mark(mark) for mark in marks)
        self._fast = fast
        self._ways: dict[Script, Way] = {}
        self._scores: dict[Spelling, float] = {}

    def find(self, title: str) -> list[Finding]:
        """One finding a mark that the title may hold, the likeliest first; none for marks that are nowhere near."""
        # A hit that is nowhere near likely takes no words from another.
        likely = [found for found in self.nearest(title) if self._score(found) >= _FLOOR]
        findings = [_finding(found, title, self._score(found)) for found in hit.settle(likely)]
        return sorted(findings, key=lambda finding: (-(finding.score or 0), finding.ours))

    def nearest(self, title: str) -> list[Hit]:
        """For each mark within its edit limit the window nearest to it, of the fewest words."""
        return [
            Hit(self.marks[place], window(view, pattern, first, last), edits)
            for place, (edits, _, view, pattern, first, last) in self._nearest(title).items()
        ]

    def candidates(self, title: str) -> dict[str, int]:
        """The marks within their edit limit and the edits: what is scored next, told cheaply for bulk monitoring."""
        return {self.marks[place].name: found[0] for place, found in self._nearest(title).items()}

    def _nearest(self, title: str) -> dict[int, _Nearest]:
        found: dict[int, _Nearest] = {}
        for view in views(title[:LONGEST_TITLE], doubles=not self._fast):
            way = self._ways.get(view.script) or self._way(view.script)
            for pattern in word_patterns(view):
                for at, edits, first, last in way(pattern.findall(view.text)):
                    place = at % len(self.marks)
                    known = found.get(place)
                    if known is None or (edits, last - first) < known[:2]:
                        found[place] = edits, last - first, view, pattern, first, last
        return found

    def _score(self, found: Hit) -> float:
        """The score of a hit, remembered: it depends on the mark and the spelling only, not on the title."""
        view = found.window.view
        spelling = found.mark.name, found.window.words, view.script, view.pure, view.drawn
        score = self._scores.get(spelling)
        if score is None:
            score = hit.score(found)
            if len(self._scores) < _CACHED:
                self._scores[spelling] = score
        return score

    def _way(self, script: Script) -> Way:
        """The way through words of a script, made when first needed: most titles have Latin letters only."""
        within = limit if script == "letters" else sound_limit
        keys = [mark.key_in(script) for mark in self.marks]
        if script == "letters":
            keys += [mark.drawn_out for mark in self.marks]
        index = Index(keys, within)
        self._ways[script] = Quick(index, script) if self._fast else Full(index, script)
        return self._ways[script]


def mark_in(mark: str, title: str) -> Finding:
    """Holds the title this mark: the best finding, with score 0 where nothing in the title comes near.

    Unmatchable: a mark or title without any letter or digit that can be compared, or a title mostly in a script that is
    read only by transliteration, where the absence of a mark means nothing.
    """
    problem = _unmatchable(mark, title)
    name = ORDINARY_NAME if Mark(mark).ordinary else NAME
    if problem:
        return Finding(matcher=name, ours=mark, theirs=title, outcome="unmatchable", reason=problem)
    found = _one(mark).find(title)
    if not found and len(title) > LONGEST_TITLE:
        why = f"only the first {LONGEST_TITLE} characters were read, and the mark is not there"
        return Finding(matcher=name, ours=mark, theirs=title, outcome="unmatchable", reason=why)
    if not found and (script := uncovered(title, mark)):
        why = f'the title is mostly in {_NAMES.get(script, script)} script, in which "{mark}" would not be recognised'
        return Finding(matcher=name, ours=mark, theirs=title, outcome="unmatchable", reason=why)
    return found[0] if found else Finding(
        matcher=name, ours=mark, theirs=title, score=0.0, reason=f'nothing in the title comes near "{mark}"'
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _one(mark: str) -> Marks:
    return Marks((mark,))


def _finding(found: Hit, title: str, score: float) -> Finding:
    start, end = found.span
    return Finding(
        matcher=ORDINARY_NAME if found.may_be_a_word else NAME,
        ours=found.mark.name,
        theirs=title,
        score=score,
        reason=f'"{title[start:end]}" {_how(found)}',
        where=(Passage(ours=None, theirs=(start, end), view=found.window.view.name),),
    )


def _how(found: Hit) -> str:
    if found.edits:
        away = "one letter" if found.edits == 1 else f"{found.edits} letters"
        return f'is {away} away from "{found.mark.name}"{_by(found)}'
    if found.window.raw == found.mark.raw:
        return f'is "{found.mark.name}"{_by(found)}'
    if found.window.view.script != "letters":
        return f'sounds like "{found.mark.name}"'
    return f'is "{found.mark.name}" with look-alike characters'


def _by(found: Hit) -> str:
    view = found.window.view.name
    return "" if view == AS_WRITTEN else f" ({view})"


def _unmatchable(mark: str, title: str) -> str:
    if not Mark(mark).key:
        return f'"{mark}" has no letter or digit that can be compared'
    if not any(c.isalnum() for view in views(title[:LONGEST_TITLE]) for c in view.text):
        return "the title has no letter or digit that can be compared"
    return ""
