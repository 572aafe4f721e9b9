"""What each URL of a notice stands for, by where it stands and what is said there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from noticedesk.check.hosts import Place, canonical, place_of
from noticedesk.check.lexer import Lexed, lex
from noticedesk.check.page import Page, Piece, Zone, squash
from noticedesk.check.phrase import Cue
from noticedesk.check.reading import Reading
from noticedesk.check.unwrap import mended, unwrapped
from noticedesk.model.verdict import UrlReading, UrlRole

REPORTED_SLOTS = frozenset({"reported", "forks", "removed", "scope"})
ORIGINAL_SLOTS = frozenset({"original", "work"})
OTHER_SLOTS = frozenset({"licence", "infringer", "guide", "platform", "revised", "evidence", "media", "fair_use"})
_RANK = {UrlRole.EXCLUDED: 3, UrlRole.REPORTED: 2, UrlRole.ORIGINAL: 1, UrlRole.OTHER: 0}
_LEAD, _TAIL, _INTRO = 160, 60, 320
_BULLET = re.compile(r"[\s>*+\-•·#|<(\[\"'_]*(?:(?:\d{1,3}|[a-zA-Z])[.):\]]{1,2})?[\s<(\[\"'_*]*")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a URL stands, its role there, and how surely: 3 said beside it, 2 by its slot, 1 by default."""

    lexed: Lexed
    url: str
    place: Place
    role: UrlRole
    strength: int
    why: str
    start: int


@dataclass(frozen=True, slots=True)
class Links:
    """The URLs of a document, each once, with where it stands in the text for those that are reported."""

    readings: tuple[UrlReading, ...]
    occurrences: tuple[Occurrence, ...]

    def spans(self, role: UrlRole) -> tuple[tuple[int, int], ...]:
        """Where the URLs of one role stand first, in the order of the text."""
        wanted = {reading.url for reading in self.readings if reading.role is role}
        firsts: dict[str, tuple[int, int]] = {}
        for one in self.occurrences:
            if one.url in wanted:
                firsts.setdefault(one.url, (one.lexed.start, one.lexed.end))
        return tuple(firsts.values())


def links_of(page: Page, reading: Reading, hosts: tuple[str, ...]) -> Links:
    """Every URL of the document with its role, whether it is specific enough to act on, and why."""
    found = lex(page.text, page.plain, reading.urls, hosts)
    occurrences = tuple(_read(page, reading, hosts, found))
    best: dict[str, Occurrence] = {}
    for one in occurrences:
        key = canonical(one.url)
        if key not in best or _weight(one) > _weight(best[key]):
            best[key] = one
    readings = tuple(
        UrlReading(url=one.url, role=one.role, status=one.place.status, why=one.why) for one in best.values()
    )
    return Links(readings, occurrences)


def _weight(one: Occurrence) -> tuple[int, int]:
    return one.strength, _RANK[one.role]


def _read(page: Page, reading: Reading, hosts: tuple[str, ...], found: tuple[Lexed, ...]) -> Iterator[Occurrence]:
    walker = _Walker(page, found)
    for number, lexed in enumerate(found):
        piece = walker.piece(lexed)
        if piece.zone is Zone.PREFACE or piece.zone is Zone.PROMPT:
            continue
        whole = mended(lexed.url, reading.urls)
        url = unwrapped(whole, reading.urls)
        place = place_of(url, hosts, reading.urls)
        lead, intro, tail = walker.context(number)
        role, strength, why = _role(reading, place, piece, (lead, intro, tail))
        if url != whole:
            why += "; unwrapped"
        yield Occurrence(lexed, url, place, role, strength, f"{why}; {place.why}", lexed.start)


def _role(reading: Reading, place: Place, piece: Piece, context: tuple[str, str, str]) -> tuple[UrlRole, int, str]:
    lead, intro, tail = context
    if place.own_page:
        return UrlRole.OTHER, 3, "a page of the platform itself"
    said = _said(reading, lead, place, tail) or _said(reading, intro, place, "")
    if piece.zone is Zone.QUOTED:
        return UrlRole.OTHER, 1, "in words of somebody else"
    is_ours = place.status in ("ok", "not_specific")
    if piece.slot in REPORTED_SLOTS:
        return _in_reported(said, is_ours)
    if piece.slot in OTHER_SLOTS:
        return UrlRole.OTHER, 2, f"given as an answer about {piece.slot}"
    if piece.slot in ORIGINAL_SLOTS:
        return _in_original(said, is_ours)
    if said is not None:
        return said
    if is_ours:
        return UrlRole.REPORTED, 1, "on this service, with nothing said against it"
    return UrlRole.OTHER, 1, "nothing says what it stands for"


def _in_reported(said: tuple[UrlRole, int, str] | None, is_ours: bool) -> tuple[UrlRole, int, str]:
    if said is not None and said[0] in (UrlRole.ORIGINAL, UrlRole.EXCLUDED):
        return said
    if said is not None and said[0] is UrlRole.OTHER and not is_ours:
        return said
    return UrlRole.REPORTED, 2, "given as an answer to what is to be removed"


def _in_original(said: tuple[UrlRole, int, str] | None, is_ours: bool) -> tuple[UrlRole, int, str]:
    if said is not None and said[0] is not UrlRole.ORIGINAL:
        return said
    return UrlRole.ORIGINAL, 2, "given as an answer to what the work is"


def _said(reading: Reading, words: str, place: Place, tail: str) -> tuple[UrlRole, int, str] | None:
    """The role that the words beside a URL give it, by the cue that stands nearest before it."""
    if reading.roles["excluded"].search(tail) or reading.roles["excluded"].search(words):
        return UrlRole.EXCLUDED, 3, "said not to be meant"
    ends = {name: _last(reading.roles[name], words) for name in ("original", "reported", "other")}
    is_ours = place.status in ("ok", "not_specific")
    name = max(ends, key=lambda role: ends[role])
    if ends[name] < 0:
        return None
    if name == "original" and is_ours and ends["reported"] >= 0:
        name = "reported"
    return UrlRole(name), 3, f"said to be {name}" if name != "other" else "said to be something else"


def _last(cue: Cue, words: str) -> int:
    """The end of the last place where a cue stands; -1 where it does not."""
    if not words or cue.search(words) is None:
        return -1
    end = -1
    for found in cue.pattern.finditer(words):
        end = found.end()
    return end


class _Walker:
    """Walks the URLs of a text once, keeping the words that introduce each."""

    def __init__(self, page: Page, found: tuple[Lexed, ...]) -> None:
        self._plain = page.plain
        self._pieces = page.pieces
        self._found = found
        self._at = 0
        self._intro = ""

    def piece(self, lexed: Lexed) -> Piece:
        """The piece in which a URL stands; URLs come in the order of the text."""
        while self._at + 1 < len(self._pieces) and self._pieces[self._at].end <= lexed.start:
            self._at += 1
            self._intro = ""
        return self._pieces[self._at]

    def context(self, number: int) -> tuple[str, str, str]:
        """The words before a URL on its line, those that introduce the line, and those that follow the URL."""
        lexed = self._found[number]
        piece = self._pieces[self._at]
        line = max(self._plain.rfind("\n", 0, lexed.start) + 1, piece.start)
        before = max([line, *(one.end for one in self._found[number - 1 : number] if number)])
        lead = squash(_BULLET.sub("", self._plain[max(before, lexed.start - _LEAD) : lexed.start], count=1))
        if number == 0 or self._found[number - 1].end < line:
            since = self._found[number - 1].end if number else piece.start
            self._introduce(max(since, piece.start, line - 4 * _INTRO), line)
        stop = self._plain.find("\n", lexed.end)
        stop = len(self._plain) if stop < 0 else stop
        if number + 1 < len(self._found):
            stop = min(stop, self._found[number + 1].start)
        tail = squash(self._plain[lexed.end : min(stop, lexed.end + _TAIL)])
        return lead, self._intro, tail

    def _introduce(self, start: int, end: int) -> None:
        """Takes the last words between two URLs as the new introduction; blank lines and marks change nothing."""
        words = squash(self._plain[start:end])
        if any(letter.isalpha() for letter in re.sub(r"\[[a-z ]{1,40}\]", "", words)):
            self._intro = _last_sentence(words[-_INTRO:])


def _last_sentence(words: str) -> str:
    cut = max(words.rfind(mark, 0, max(len(words) - 25, 0)) for mark in (". ", "! ", "? "))
    return words[cut + 2 :] if cut >= 0 else words
