"""Views of a text: how it reads once disguise is taken off, with the way back to the original characters."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from matchers.text import letters

_DRAWING = re.compile(r"(?=[|\\/({<\[\]})1])(?:" + "|".join(map(re.escape, letters.DRAWN)) + ")")
_MAY_DRAW = re.compile(r"[|\\/({<\[]|1<")
_TOUCHES = re.compile(r"[\w@$!|]")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['‘’`´](?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class View:
    """One reading of a text. `origin` maps each of its characters to a half-open span of the original.

    Without `origin` they stand one to one. `pure`: the original is plain ASCII.
    """

    text: str
    name: str
    origin: tuple[tuple[int, int], ...] | None = None
    pure: bool = True

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that the characters start to end of this view come from."""
        if self.origin is None:
            return start, end
        ends = self.origin[start], self.origin[end - 1]
        return min(place[0] for place in ends), max(place[1] for place in ends)


@lru_cache(maxsize=256)
def views(text: str) -> tuple[View, ...]:
    """Every reading of a text that differs, in lower case: as written, seen, spelt, drawn, turned."""
    return tuple(_distinct(_all(text)))


def _all(text: str) -> Iterator[View]:
    plain = _readings(View(text, "", None, text.isascii()))
    yield from plain
    drawn = _drawn(plain[0], text)
    if drawn is not None:
        yield drawn


def _readings(source: View) -> list[View]:
    if source.pure:
        return [_glued(View(source.text.lower(), "as written"))]
    seen = _glued(_mapped(source.text, letters.seen, "look-alikes read as letters"))
    spelt = _glued(_mapped(source.text, letters.spelt, "transliterated"))
    found = [seen, spelt]
    if any(c in letters.TURNED and not c.isascii() for c in source.text):
        found.append(_upside_down(source.text))
    return found


def _mapped(text: str, reading: Callable[[str], str], name: str) -> View:
    parts = [(reading(character), place) for place, character in enumerate(text)]
    origin = tuple((place, place + 1) for part, place in parts for _ in part)
    return View("".join(part for part, _ in parts), name, origin, pure=False)


def _upside_down(text: str) -> View:
    """The words that hold a turned letter, upright and read from the other end; all other words are left out."""
    turned = [
        (letters.turned(character), place)
        for word in re.finditer(r"\S+", text)
        if any(c in letters.TURNED and not c.isascii() for c in word.group())
        for place, character in enumerate(word.group() + " ", word.start())
    ]
    back = [(c, place) for character, place in reversed(turned) for c in letters.seen(character)]
    origin = tuple((place, place + 1) for _, place in back)
    return View("".join(c for c, _ in back), "upside down", origin, pure=False)


def _glued(view: View) -> View:
    """The view without the apostrophe inside a word: otherwise "men's watch" holds an "swatch"."""
    if not _APOSTROPHE.search(view.text):
        return view
    return _edited(view, [(m.start(), m.end(), "") for m in _APOSTROPHE.finditer(view.text)], view.name)


def _drawn(view: View, text: str) -> View | None:
    if not _MAY_DRAW.search(view.text):
        return None
    found = [m for m in _DRAWING.finditer(view.text) if _beside_a_word(view.text, m)]
    edits = [(m.start(), m.end(), letters.DRAWN[m.group()]) for m in found]
    return _edited(view, edits, "letters drawn with punctuation") if edits else None


def _beside_a_word(text: str, found: re.Match[str]) -> bool:
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return bool(_TOUCHES.match(before) or _TOUCHES.match(after))


def _edited(view: View, edits: list[tuple[int, int, str]], name: str) -> View:
    """The view with stretches replaced; a replacement comes from all of the stretch."""
    text: list[str] = []
    origin: list[tuple[int, int]] = []
    done = 0
    for start, end, new in edits:
        text.append(view.text[done:start] + new)
        origin.extend(view.span(i, i + 1) for i in range(done, start))
        origin.extend(view.span(start, end) for _ in new)
        done = end
    origin.extend(view.span(i, i + 1) for i in range(done, len(view.text)))
    return View("".join(text) + view.text[done:], name, tuple(origin), view.pure)


def _distinct(found: Iterator[View]) -> Iterator[View]:
    known: set[str] = set()
    for view in found:
        if view.text not in known:
            known.add(view.text)
            yield view
