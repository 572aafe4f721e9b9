"""Marks in a title: every mark of a list that a title holds, written out or in disguise."""

from collections.abc import Iterable
from functools import lru_cache

from matchers.finding import Finding, Passage
from matchers.text import rule
from matchers.text.index import Index
from matchers.text.rule import Mark
from matchers.text.views import views
from matchers.text.windows import Window, windows

NAME, ORDINARY_NAME = "mark", "mark_word"
"""A mark made of ordinary words has bands of its own: a text alone never settles it."""

_FLOOR = 0.1


class Marks:
    """Many marks, indexed once. `fast` looks for misspellings in single words only (bulk monitoring)."""

    def __init__(self, marks: Iterable[str], fast: bool = False) -> None:
        self.marks = tuple(Mark(mark) for mark in marks)
        self._index = Index([mark.key for mark in self.marks])
        self._fast = fast

    def find(self, title: str) -> list[Finding]:
        """One finding a mark that the title may hold, the likeliest first; none for marks that are nowhere near."""
        nearest: dict[int, tuple[int, int, Window]] = {}
        for window in windows(title):
            for place, edits in self._near(window):
                if place not in nearest or (edits, window.pieces) < nearest[place][:2]:
                    nearest[place] = (edits, window.pieces, window)
        found = (_finding(self.marks[place], title, window) for place, (_, _, window) in nearest.items())
        return sorted((f for f in found if (f.score or 0) >= _FLOOR), key=lambda f: (-(f.score or 0), f.ours))

    def _near(self, window: Window) -> Iterable[tuple[int, int]]:
        if self._fast and window.pieces > 1:
            return ((place, 0) for place in self._index.exact.get(window.key, ()))
        return self._index.near(window.key)


def mark_in(mark: str, title: str) -> Finding:
    """Holds the title this mark: the best finding, with score 0 where nothing in the title comes near.

    Unmatchable: a mark or title without any letter or digit that can be compared, or a title in a script that is read
    only by transliteration, where the absence of a mark means nothing.
    """
    problem = _unmatchable(mark, title)
    name = ORDINARY_NAME if Mark(mark).ordinary else NAME
    if problem:
        return Finding(matcher=name, ours=mark, theirs=title, outcome="unmatchable", reason=problem)
    found = _one(mark).find(title)
    return found[0] if found else Finding(
        matcher=name, ours=mark, theirs=title, score=0.0, reason=f'nothing in the title comes near "{mark}"'
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _one(mark: str) -> Marks:
    return Marks((mark,))


def _finding(mark: Mark, title: str, window: Window) -> Finding:
    start, end = window.span
    return Finding(
        matcher=ORDINARY_NAME if mark.ordinary else NAME,
        ours=mark.name,
        theirs=title,
        score=rule.score(mark, window),
        reason=_reason(mark, title[start:end], window),
        where=(Passage(ours=None, theirs=(start, end), view=window.view.name),),
    )


def _reason(mark: Mark, written: str, window: Window) -> str:
    if window.raw == mark.raw:
        how = "is the mark" if window.view.name == "as written" else f"is the mark ({window.view.name})"
    elif window.key == mark.key:
        how = "is the mark with look-alike characters"
    else:
        how = f"is {_edits(mark, window)} away from the mark"
    return f'"{written}" {how}'


def _edits(mark: Mark, window: Window) -> str:
    edits = round((1 - rule.similarity(mark, window)) * max(len(mark.key), len(window.key)))
    return "one letter" if edits == 1 else f"{edits} letters"


def _unmatchable(mark: str, title: str) -> str:
    if not Mark(mark).key:
        return f'"{mark}" has no letter or digit that can be compared'
    if not any(c.isalnum() for view in views(title) for c in view.text):
        return "the title has no letter or digit that can be compared"
    return ""
