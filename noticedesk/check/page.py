"""A document laid out for reading: pieces by whose words they are, sentences, and the letters as they are compared."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from noticedesk.model.document import Answer, Document

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
NOTHING = "\u200b"
"""Stands for every character without width, so that folded text is as long as the text."""

_FOLD = {
    **{ord(mark): " " for mark in _SPACES},
    **{ord(mark): NOTHING for mark in "\u00ad\u200c\u200d\u2060\ufeff\u200e\u200f"},
    **{ord(mark): "'" for mark in "\u2018\u2019\u201a\u201b\u2032\u00b4`"},
    **{ord(mark): '"' for mark in "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"},
    **{ord(mark): "-" for mark in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"},
    **{ord(mark): ":" for mark in "\ufe55"},
    ord("\u3002"): ".",
    ord("\u3001"): ",",
    **{0xFF01 + offset: chr(0x21 + offset) for offset in range(94)},
}


class Zone(StrEnum):
    """Whose words a piece of a document is, as far as layout tells; `marked` with ">" may be anybody's."""

    OWN = "own"
    PROMPT = "prompt"
    PREFACE = "preface"
    QUOTED = "quoted"
    MARKED = "marked"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text with one owner, and the form slot that it answers or asks for."""

    start: int
    end: int
    zone: Zone = Zone.OWN
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: where it stands, and its words squashed to lower case without marks of layout."""

    start: int
    end: int
    flat: str
    zone: Zone
    slot: str = ""
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A document laid out. `plain` is the text folded letter by letter: a span in one is the same span in the other."""

    document: Document
    plain: str
    pieces: tuple[Piece, ...]
    sentences: tuple[Sentence, ...]
    asked: frozenset[str] = frozenset()
    answers: tuple[tuple[str, Answer], ...] = ()

    @property
    def text(self) -> str:
        """The text that spans point into."""
        return self.document.text

    def own(self) -> tuple[Sentence, ...]:
        """The sentences in the sender's own words."""
        return tuple(sentence for sentence in self.sentences if sentence.zone is Zone.OWN)

    def answered(self, *slots: str) -> tuple[tuple[int, int], ...]:
        """The trimmed spans that answer one of the slots of a form, blank ones left out."""
        found = []
        for piece in self.pieces:
            if piece.zone is Zone.OWN and piece.slot in slots:
                span = trimmed(self.plain, piece.start, piece.end)
                if span[0] < span[1]:
                    found.append(span)
        return tuple(found)


def fold(text: str) -> str:
    """The text with typographic marks made plain, letter by letter: same length, same places."""
    return text.translate(_FOLD)


_TAG = re.compile(r"<(?!https?:|mailto:|ftp:|www\.)/?[a-zA-Z][^<>\n]{0,400}>")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((?:https?:|mailto:|/|#)[^()\s]{0,500}\)")
_ADDRESS = re.compile(r"<?(?:https?://|www\.)[^\s<>\"]{1,4000}>?", re.IGNORECASE)
_MARKUP = re.compile(rf"(?:^|(?<=\n))[ >]{{1,20}}|[*_#~|\\{NOTHING}]{{1,80}}")
_BLANKS = re.compile(r"\s+")
URL_MARK = "\ue000"
"""Stands in squashed text where a URL stood."""


def squash(plain: str) -> str:
    """Folded text in lower case, composed, without tags, emphasis, quoting marks and URLs, and with blanks made one."""
    if "<" in plain:
        plain = _TAG.sub(" ", plain)
    if "](" in plain:
        plain = _LINK.sub(r"\1", plain)
    if "/" in plain or "www." in plain:
        plain = _ADDRESS.sub(f" {URL_MARK} ", plain)
    plain = _MARKUP.sub(lambda found: "" if found[0] == NOTHING else " ", plain)
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", plain).strip().lower())


_EDGE = " \t\r\n*_#>|~:-" + NOTHING


def trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks and marks of layout at its edges; empty at `start` when nothing is left."""
    body = plain[start:end]
    left = len(body) - len(body.lstrip(_EDGE))
    if left == len(body):
        return start, start
    return start + left, start + len(body.rstrip(_EDGE))
