"""Who signs a document and how its sender can be reached: names, marks of signing, addresses, and what was redacted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from noticedesk.check.page import Page, Zone, squash, trimmed
from noticedesk.check.reading import Reading
from noticedesk.check.statements import MISSING, Found
from noticedesk.model.document import Span
from noticedesk.model.verdict import Status

_EMAIL = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}(?:@|\s?\[at\]\s?|\s?\(at\)\s?)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
)
_PHONE = re.compile(r"(?<![\w/=.-])(?:\+|\(|00)?\d[\d ().\-/]{7,22}\d(?![\w/=])")
_PHONE_WORD = re.compile(r"\b(?:phone|tel|telephone|mobile|cell|fax|ph|t|m|call)\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b(?:street|st\.|avenue|ave\b|road|rd\.|boulevard|blvd|lane|drive|suite|floor|square|plaza|parkway|highway|court,"
    r"|p\.?\s?o\.? box|straße|strasse|rue|via|calle|cheapside|weg \d|building|district|postcode|zip)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{2}\.?\s\d{5}(?:-\d{4})?|\d{4,6}|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|\d{3}[- ]\d{3,4})\b"
)
_REACH = re.compile(
    r"\b(?:e-?mail|mail|phone|tel|telephone|mobile|cell|fax|address|contact(?:ed)?|reach(?:ed)?|call|personal info"
    r"|skype|city|state|zip|country|location|t|e|m|p)\b[^\n\[(]{0,60}$|[📧📞📍✉☎]",
    re.IGNORECASE,
)
_THIRD = re.compile(
    r"\b(?:their|his|her|infringer|infringer's|user's|uploader|alleged|offend\w+|seller)\b", re.IGNORECASE
)
_NAME = re.compile(r"[-–—~ ]{0,4}(?:[^\W\d_][\w.'’-]{0,24}[ ,]{1,2}){1,5}[^\W\d_][\w.'’-]{0,24}[ .,]{0,2}")
_RECIPIENT = re.compile(
    r"\b(?:attn|attention|copyright agent|designated agent|dmca agent|recipient|dear|to:)\b", re.IGNORECASE
)
_SIGN_LINE = re.compile(r"/{1,2}\s?s\s?/{1,2}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sender's own words, trimmed, with the slot it answers."""

    start: int
    end: int
    words: str
    slot: str


class People:
    """Reads one document for its signature and its contact details."""

    def __init__(self, page: Page, reading: Reading, hosts: tuple[str, ...]) -> None:
        self._page = page
        self._reading = reading
        self._hosts = hosts
        self._lines = tuple(_own_lines(page))

    def signature(self, slots: tuple[str, ...]) -> Found:
        """The signature: a form's answer, an s-mark, a name under a closing, or a short last line that is a name."""
        for span in self._page.answered(*slots):
            return self._given(span)
        asked = bool(self._page.asked & set(slots))
        return self._marked() or self._closed() or (None if asked else self._last()) or MISSING

    def contact(self, slots: tuple[str, ...]) -> Found:
        """How to reach the sender: a form's answer, an address, a number, or a placeholder where one stood."""
        for span in self._page.answered(*slots):
            return self._given(span)
        found = self._details()
        if found:
            return Found(Status.PRESENT, found, self._quotes(found))
        sender = self._page.document.envelope.sender
        if sender and not self._of_platform(sender):
            return Found(Status.PRESENT, (), (sender,))
        hidden = self._hidden_contact()
        return Found(Status.REDACTED, hidden, self._quotes(hidden)) if hidden else MISSING

    def redacted(self, span: Span) -> bool:
        """True if nothing but placeholders stands in a span."""
        words = squash(self._page.plain[slice(*span)])
        for mark in self._reading.zones.placeholders:
            words = words.replace(mark, " ")
        return not any(letter.isalnum() for letter in words)

    def _given(self, span: Span) -> Found:
        status = Status.REDACTED if self.redacted(span) else Status.PRESENT
        return Found(status, (span,), (self._page.text[slice(*span)],))

    def _quotes(self, spans: tuple[Span, ...]) -> tuple[str, ...]:
        return tuple(self._page.text[slice(*span)] for span in spans)

    def _placeholder(self, words: str) -> bool:
        return any(mark in words.lower() for mark in self._reading.zones.placeholders)

    def _marked(self) -> Found | None:
        """An s-mark with what stands after it."""
        for line in self._lines:
            mark = _SIGN_LINE.search(line.words)
            if mark and mark.start() < 40:
                return self._given_line(line)
        return None

    def _given_line(self, line: Line) -> Found:
        status = Status.REDACTED if self._placeholder(line.words) else Status.PRESENT
        return Found(status, ((line.start, line.end),), (self._page.text[line.start : line.end],))

    def _closed(self) -> Found | None:
        """A name or placeholder under the last closing that has one."""
        for n in range(len(self._lines) - 1, -1, -1):
            line = self._lines[n]
            if line.end - line.start > 160 or line.slot in ("infringer", "licence", "solution", "work", "reported"):
                continue
            if not self._reading.closings.search(squash(line.words)):
                continue
            for below in (line, *self._lines[n + 1 : n + 5]):
                if self._signs(below, below is line):
                    return self._given_line(below)
        return None

    def _signs(self, line: Line, closing: bool) -> bool:
        if self._placeholder(line.words):
            return line.end - line.start < 120
        return not closing and bool(_NAME.fullmatch(line.words)) and line.words[:1] not in "([" and len(line.words) < 60

    def _last(self) -> Found | None:
        """A placeholder or a name that stands alone on one of the last lines."""
        for line in reversed(self._lines[-14:]):
            if self.redacted((line.start, line.end)):
                return self._given_line(line)
        for line in reversed(self._lines[-3:]):
            if _NAME.fullmatch(line.words) and len(line.words) < 60 and line.words.istitle():
                return self._given_line(line)
        return None

    def _details(self) -> tuple[Span, ...]:
        """Addresses and numbers of the sender that can be read."""
        found = []
        for line in self._lines:
            if line.slot == "infringer" or _THIRD.search(line.words):
                continue
            email = _EMAIL.search(line.words)
            phone = _PHONE.search(line.words) if _PHONE_WORD.search(line.words) else None
            if (email and not self._of_platform(email[0])) or phone or self._is_street(line):
                found.append((line.start, line.end))
        return tuple(found[:6])

    def _is_street(self, line: Line) -> bool:
        if len(line.words) > 140 or "http" in line.words or _RECIPIENT.search(line.words):
            return False
        return bool(_STREET.search(line.words)) and any(letter.isdigit() for letter in line.words)

    def _of_platform(self, address: str) -> bool:
        domain = address.rpartition("@")[2].lower()
        names = {host.split(":")[0].rsplit(".", 2)[-2] for host in self._hosts if "." in host}
        return domain.split(".")[-2:-1] != [] and domain.split(".")[-2] in names

    def _hidden_contact(self) -> tuple[Span, ...]:
        """Placeholders that stand where contact details stood: after a word for one, or several lines of them."""
        labelled = []
        alone = []
        for n, line in enumerate(self._lines):
            if line.slot == "infringer" or not self._placeholder(line.words):
                continue
            before = line.words.lower().split("[", 1)[0]
            above = self._lines[n - 1].words if n and not before.strip() else ""
            if _THIRD.search(before) or _THIRD.search(above):
                continue
            if _REACH.search(before) or _REACH.search(above):
                labelled.append((line.start, line.end))
            if self.redacted((line.start, line.end)):
                alone.append((line.start, line.end))
        return tuple(labelled[:6]) or (tuple(alone[-6:]) if len(alone) > 1 else ())


def _own_lines(page: Page) -> Iterator[Line]:
    for piece in page.pieces:
        if piece.zone is not Zone.OWN:
            continue
        at = piece.start
        for words in page.plain[piece.start : piece.end].split("\n"):
            start, end = trimmed(page.plain, at, at + len(words))
            if start < end:
                yield Line(start, end, page.plain[start:end], piece.slot)
            at += len(words) + 1
