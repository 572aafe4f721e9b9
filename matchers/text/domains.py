"""A mark in the name of a shop, a handle or a domain: parted by signs and capitals, or joined to other words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matchers.finding import Finding, Passage
from matchers.text.hosts import decoded, suffixes
from matchers.text.letters import fold
from matchers.text.mark import Mark
from matchers.text.marks import mark_in
from matchers.text.views import views
from matchers.text.words import zipf

NAME = "seller"
LONGEST_NAME = 300

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://(?:[^/@]*@)?", re.IGNORECASE)
_HOST = re.compile(r"^[^\s/@?#:]+\.[^\s/@?#:.]{2,}(?=[/?#:]|$)")
_LABEL = re.compile(r"[^.\u3002\uff0e]+")
_PART = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_SHORTEST_JOINED = 4
_DISTINCT = 7
_A_WORD = 3.0
_PRESENT = 0.5
# What the other words leave of a name that holds the mark: nothing but words, or letters that are none.
_AMONG_WORDS, _AMONG_LETTERS = 0.9, 0.6
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a name as people see it, its span in what was given, and where it stands ("the domain")."""

    text: str
    start: int
    end: int
    where: str
    whole: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of some of its characters; that of all of it where it was written in punycode."""
        return (self.start, self.end) if self.whole else (self.start + start, self.start + end)


def domains(mark: str, name: str) -> Finding:
    """Holds the name of a seller this mark: a shop name, a handle, or a host or URL of which the suffix is left out.

    The mark may stand for itself, disguised as in titles, or be joined to other words (officialvantrello, vantrello24).
    Inside one longer word of the language it is nothing (apple in pineapple). Score 0 where nothing comes near;
    unmatchable as in `mark_in`, and where the name is longer than any name.
    """
    if len(name) > LONGEST_NAME:
        return _unmatchable(mark, name, f"the name has more than {LONGEST_NAME} characters")
    alone = mark_in(mark, name)
    pieces = list(_pieces(name))
    if alone.score is None and not any(mark_in(mark, piece.text).score is not None for piece in pieces):
        return _unmatchable(mark, name, alone.reason)
    found = [one for piece in pieces for one in (_apart(mark, name, piece), _joined(mark, name, piece)) if one]
    nothing = Finding(
        matcher=NAME, ours=mark, theirs=name, score=0.0, reason=f'nothing in the name comes near "{mark}"'
    )
    return max(found, key=lambda one: one.score or 0.0, default=nothing)


def _pieces(name: str) -> Iterator[_Piece]:
    """The labels of a host without its suffix; of anything else the name itself."""
    scheme = _SCHEME.match(name)
    begin = scheme.end() if scheme else 0
    host = _HOST.match(name[begin:])
    found = suffixes()(host.group().lower()) if host else None
    if host is None or found is None or not found.suffix:
        yield _Piece(name, 0, len(name), "the name")
        return
    labels = list(_LABEL.finditer(host.group()))
    registered = len(labels) - (found.suffix.count(".") + 1) - 1
    for place, label in enumerate(labels[: registered + 1]):
        seen = decoded(label.group().lower())
        coded = seen != label.group().lower()
        where = "the registered name" if place == registered else "the name before the domain"
        text = seen if coded else label.group()
        yield _Piece(text, begin + label.start(), begin + label.end(), where, coded)


def _apart(mark: str, name: str, piece: _Piece) -> Finding | None:
    """The mark as words of the piece, which signs and capitals part."""
    # A gap takes the place of a sign, so that every character keeps its place.
    text = re.sub(r"[-_.]", " ", piece.text)
    for spelling in dict.fromkeys((text, _CAPITAL.sub(" ", text))):
        found = mark_in(mark, spelling)
        if found.score is not None and found.score >= _PRESENT and found.where:
            place = found.where[0]
            assert isinstance(place, Passage)
            start, end = (place_ - _added(text, spelling, place_) for place_ in place.theirs)
            return _finding(mark, name, piece.span(start, end), found.score, piece.where)
    return None


def _added(text: str, spelling: str, place: int) -> int:
    """How many gaps were put in before a place of the spelling."""
    gaps = [match.start() for match in _CAPITAL.finditer(text)] if spelling != text else []
    return sum(gap + number < place for number, gap in enumerate(gaps))


def _joined(mark: str, name: str, piece: _Piece) -> Finding | None:
    """The mark inside a longer word of the piece that is no word of the language itself."""
    key = Mark(mark).key
    if len(key) < _SHORTEST_JOINED:
        return None
    best: Finding | None = None
    for part in _PART.finditer(piece.text):
        view = views(part.group())[0]
        folded = [fold(character) if character.isalpha() else _read(character) for character in view.text]
        at = "".join(folded).find(key)
        if at < 0 or len(folded) != len("".join(folded)) or zipf(view.text) > 0:
            continue
        score = _score(view.text[:at], view.text[at + len(key) :], key)
        start, end = view.span(at, at + len(key))
        if score and (best is None or score > (best.score or 0)):
            span = piece.span(part.start() + start, part.start() + end)
            best = _finding(mark, name, span, score, piece.where)
    return best


def _read(character: str) -> str:
    """A digit or sign between letters as the letter that it looks like."""
    return fold(f"a{character}")[1:]


def _score(before: str, after: str, key: str) -> float:
    """How sure it is that a name is made of the mark and of words beside it."""
    if all(not rest or rest.isdigit() or (len(rest) >= _FEWEST and zipf(rest) >= _A_WORD) for rest in (before, after)):
        return _AMONG_WORDS
    return _AMONG_LETTERS if len(key) >= _DISTINCT else 0.0


def _finding(mark: str, name: str, span: tuple[int, int], score: float, where: str) -> Finding:
    return Finding(
        matcher=NAME,
        ours=mark,
        theirs=name,
        score=score,
        reason=f'"{name[slice(*span)]}" in {where} is or holds "{mark}"',
        where=(Passage(ours=None, theirs=span, view=where),),
    )


def _unmatchable(mark: str, name: str, why: str) -> Finding:
    return Finding(matcher=NAME, ours=mark, theirs=name, outcome="unmatchable", reason=why)
