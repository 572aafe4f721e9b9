"""Views of a text: how it reads once disguise is taken off, with the way back to the original characters."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from matchers.text import letters
from matchers.text.sounds import Script, sounded
from matchers.text.words import zipf

_DRAWING = re.compile("|".join(map(re.escape, sorted(letters.DRAWN, key=len, reverse=True))))
_DOUBLE = re.compile("|".join(map(re.escape, letters.DOUBLES)))
_TOKEN = re.compile(r"[a-z0-9@$!|/]{3,}")
_MOSTLY_LETTERS = 0.7
_SIGN = re.compile(r"[|\\^<>(){}\[\]]")
_MAY_DRAW = re.compile(r"[|\\^]|1<|><|\)\(|\}\{|\]-\[|\(_\)|\(\)|\[\]|\([^()]*\Z|\[[^\[\]]*\Z|\{[^{}]*\Z|<[^<>]*\Z")
# An opening bracket that is closed again further on is a bracket and no letter.
_CLOSED_BY = {"(": ")", "[": "]", "{": "}", "<": ">"}
_TOUCHES = re.compile(r"[\w@$!|]")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['‘’`´](?=[^\W\d_])")

_TURNED = frozenset(character for character in letters.TURNED if not character.isascii())

AS_WRITTEN = "as written"

Places = tuple[tuple[int, int], ...]
Origin = Callable[[], Places]


class _Once:
    """An origin that is worked out when first asked for, which for most views is never."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Origin) -> None:
        self._make = make
        self._made: Places | None = None

    def __call__(self) -> Places:
        if self._made is None:
            self._made = self._make()
        return self._made


@dataclass(frozen=True, slots=True)
class View:
    """One reading of a text. `origin` gives for each of its characters a half-open span of the original.

    It is asked only for what is found; without it they stand one to one. `pure`: the original is plain ASCII.
    `script`: what its keys are made of. `drawn`: letters were read into signs and digits.
    """

    text: str
    name: str
    origin: Origin | None = None
    pure: bool = True
    script: Script = "letters"
    drawn: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that the characters start to end of this view come from."""
        if self.origin is None:
            return start, end
        places = self.origin()
        ends = places[start], places[end - 1]
        return min(place[0] for place in ends), max(place[1] for place in ends)


@lru_cache(maxsize=256)
def views(text: str, doubles: bool = True) -> tuple[View, ...]:
    """Every reading of a text that differs, in lower case: as written, seen, spelt, drawn, turned.

    `doubles`: letters drawn with two letters or digits are read too, which costs time in titles full of codes.
    """
    if not doubles and text.isascii() and not (_SIGN.search(text) and _MAY_DRAW.search(text)):
        return (_glued(View(text.lower(), AS_WRITTEN)),)
    return tuple(_distinct(_all(text, doubles)))


def _all(text: str, doubles: bool) -> Iterator[View]:
    plain = _readings(View(text, "", None, text.isascii()))
    yield from plain
    drawn = _drawn(plain[0])
    if drawn is not None:
        yield drawn
    read = _doubles(drawn or plain[0]) if doubles else None
    if read is not None:
        yield read


def _readings(source: View) -> list[View]:
    if source.pure:
        return [_glued(View(source.text.lower(), AS_WRITTEN))]
    seen = _glued(_mapped(source.text, _SEEN, "look-alikes read as letters"))
    spelt = _glued(_mapped(source.text, _SPELT, "transliterated"))
    found = [seen, spelt]
    if not _TURNED.isdisjoint(source.text):
        found.append(_upside_down(source.text))
    return [*found, *_sounded(source.text)]


def _sounded(text: str) -> Iterator[View]:
    for script, pieces in sounded(text):
        origin = partial(_each, [place for _, place in pieces])
        yield View("".join(letter for letter, _ in pieces), "as it sounds", origin, pure=False, script=script)


class _Table(dict[int, str]):
    """A table for str.translate that fills itself by a reading of characters."""

    def __init__(self, reading: Callable[[str], str]) -> None:
        self.reading = reading

    def __missing__(self, code: int) -> str:
        self[code] = self.reading(chr(code))
        return self[code]


_SEEN, _SPELT = _Table(letters.seen), _Table(letters.spelt)


def _mapped(text: str, table: _Table, name: str) -> View:
    return View(text.translate(table), name, _Once(partial(_mapped_from, text, table)), pure=False)


def _mapped_from(text: str, table: _Table) -> Places:
    return tuple((place, place + 1) for place, character in enumerate(text) for _ in table[ord(character)])


def _each(places: Sequence[int]) -> Places:
    return tuple((place, place + 1) for place in places)


def _upside_down(text: str) -> View:
    """The words that hold a turned letter, upright and read from the other end; all other words are left out."""
    turned = [
        (letters.turned(character), place)
        for word in re.finditer(r"\S+", text)
        if not _TURNED.isdisjoint(word.group())
        for place, character in enumerate(word.group() + " ", word.start())
    ]
    back = [(c, place) for character, place in reversed(turned) for c in letters.seen(character)]
    origin = partial(_each, [place for _, place in back])
    return View("".join(c for c, _ in back), "upside down", origin, pure=False)


def _glued(view: View) -> View:
    """The view without the apostrophe inside a word: otherwise "men's watch" holds an "swatch"."""
    if not _APOSTROPHE.search(view.text):
        return view
    return _edited(view, [(m.start(), m.end(), "") for m in _APOSTROPHE.finditer(view.text)], view.name)


def _drawn(view: View) -> View | None:
    if not _MAY_DRAW.search(view.text):
        return None
    closed = {opener: view.text.rfind(closer) for opener, closer in _CLOSED_BY.items()}
    found = [
        m for m in _DRAWING.finditer(view.text) if closed.get(m.group(), -1) < m.end() and _beside_a_word(view.text, m)
    ]
    edits = [(m.start(), m.end(), letters.DRAWN[m.group()]) for m in found]
    return _edited(view, edits, "letters drawn with punctuation", drawn=True) if edits else None


def _doubles(view: View) -> View | None:
    if not _DOUBLE.search(view.text):
        return None
    edits = [edit for token in _TOKEN.finditer(view.text) for edit in _doubles_in(token)]
    return _edited(view, edits, "letters drawn with two characters", drawn=True) if edits else None


def _doubles_in(token: re.Match[str]) -> list[tuple[int, int, str]]:
    """What to read otherwise in one word; nothing in codes and sizes, nor in a word that English knows."""
    start, text = token.start(), token.group()
    found = [(start + m.start(), start + m.end(), letters.DOUBLES[m.group()]) for m in _DOUBLE.finditer(text)]
    read = _DOUBLE.sub(lambda m: letters.DOUBLES[m.group()], text)
    is_name = sum(map(str.isalpha, read)) >= _MOSTLY_LETTERS * len(read) >= 2
    return found if found and is_name and not (text.isalpha() and zipf(text)) else []


def _beside_a_word(text: str, found: re.Match[str]) -> bool:
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return bool(_TOUCHES.match(before) or _TOUCHES.match(after))


def _edited(view: View, edits: list[tuple[int, int, str]], name: str, drawn: bool = False) -> View:
    """The view with stretches replaced; a replacement comes from all of the stretch."""
    text: list[str] = []
    done = 0
    for start, end, new in edits:
        text.append(view.text[done:start] + new)
        done = end
    origin = _Once(partial(_edited_from, view, edits))
    return View("".join(text) + view.text[done:], name, origin, view.pure, drawn=drawn)


def _edited_from(view: View, edits: list[tuple[int, int, str]]) -> Places:
    origin: list[tuple[int, int]] = []
    done = 0
    for start, end, new in edits:
        origin.extend(view.span(i, i + 1) for i in range(done, start))
        origin.extend(view.span(start, end) for _ in new)
        done = end
    origin.extend(view.span(i, i + 1) for i in range(done, len(view.text)))
    return tuple(origin)


def _distinct(found: Iterator[View]) -> Iterator[View]:
    known: set[tuple[str, str]] = set()
    for view in found:
        if (view.text or not known) and (view.text, view.script) not in known:
            known.add((view.text, view.script))
            yield view
