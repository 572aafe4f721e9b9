"""The words around each URL of a text: those before it on its line, those that introduce the line, those after it."""

import re

from noticedesk.check.lexer import Lexed
from noticedesk.check.page import Page, Piece, squash

Context = tuple[str, str, str]
"""Words before a URL on its line, words that introduce the line, words after the URL; all squashed."""

_LEAD, _TAIL, _INTRO = 160, 60, 320
_SENTENCE_END = re.compile(r"(?<!ltd)(?<!inc)(?<!llc)(?<!limited)(?<!corp)(?<! co)(?<! no)[.!?] ")
_EDITED = re.compile(r"\[[a-z ]{1,40}\]")
_BULLET = re.compile(r"[\s>*+\-•·#|<(\[\"'_]*(?:(?:\d{1,3}|[a-zA-Z])[.):\]]{1,2})?[\s<(\[\"'_*]*")


class Walker:
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
        # the end of the URL before it is as good as the start of the line, and nearer
        last = self._found[number - 1].end if number else 0
        line = max(self._plain.rfind("\n", last, lexed.start) + 1, last, piece.start)
        lead = squash(_BULLET.sub("", self._plain[max(line, lexed.start - _LEAD) : lexed.start], count=1))
        if number == 0 or last < line:
            self._introduce(max(last, piece.start, line - 4 * _INTRO), line)
        intro = self._intro
        if lead:
            self._introduce(max(line, lexed.start - _INTRO), lexed.start)
        stop = self._plain.find("\n", lexed.end, lexed.end + _TAIL)
        stop = lexed.end + _TAIL if stop < 0 else stop
        if number + 1 < len(self._found):
            stop = min(stop, self._found[number + 1].start)
        tail = squash(self._plain[lexed.end : stop])
        return lead, intro, tail

    def _introduce(self, start: int, end: int) -> None:
        """Takes the last words between two URLs as the new introduction; blank lines and marks change nothing."""
        words = _EDITED.sub("", squash(self._plain[start:end]))
        if any(letter.isalpha() for letter in words):
            self._intro = _last_sentence(words[-_INTRO:])


def _last_sentence(words: str) -> str:
    ends = [found.end() for found in _SENTENCE_END.finditer(words, 0, max(len(words) - 25, 0))]
    return words[ends[-1] :] if ends else words
