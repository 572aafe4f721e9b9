"""Who signs a document and how its sender can be reached: names, marks of signing, addresses, and what was redacted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from noticedesk.check.page import Page, Zone, squash, trimmed
from noticedesk.check.reading import Reading
from noticedesk.check.statements import MISSING, Found
from noticedesk.model.document import Span
from noticedesk.model.verdict import Status

EMAIL = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}(?:@|\s?\[at\]\s?|\s?\(at\)\s?)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
)
PHONE = re.compile(r"(?<![\w/=.-])(?:\+|\(|00)?\d[\d ().\-/]{7,22}\d(?![\w/=])")
PHONE_WORD = re.compile(r"\b(?:phone|tel|telephone|mobile|cell|fax|ph|t|m|call)\b|^\+", re.IGNORECASE)
_NAME = re.compile(r"[-~ ]{0,4}(?:[^\W\d_][\w.'-]{0,24}[ ,]{1,2}){1,5}[^\W\d_][\w.'-]{0,24}[ .,]{0,2}")
_SIGN = re.compile(r"/{1,2}\s?s\s?/{1,2}|\bsd/-")
_NUMBERED = re.compile(r"^[\s(\[#*-]*\d{1,2}[.):\]#]{1,2}\s*")
_DATE = re.compile(r"[,;]?\s{0,3}\d.{0,30}$")
_AROUND_NAME = " /:;,.\"'_-–—~*"
# the answers of a form in which the sender may stand with an address
_ANSWERS = frozenset({"", "contact", "counter_contact", "signature", "ownership", "email", "phone", "address", "name"})
_NOT_SIGNED = frozenset({"infringer", "licence", "solution", "work", "original", "forks"})
# without one of these no line holds an address or a number; a URL alone never does
_TELLING = re.compile(r"@|\[at\]|\(at\)|^(?!.{0,40}://).{0,400}\d")
_MOST, _SHORT, _LONG, _BELOW = 6, 120, 2_000, 5


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
        self._names = {host.split(":")[0].rsplit(".", 2)[-2] for host in hosts if "." in host}
        self._marks = reading.zones.placeholders
        self._lines = tuple(_own_lines(page))
        self._asked = bool(page.asked & {"contact", "counter_contact"})

    def signature(self, slots: tuple[str, ...]) -> Found:
        """The signature: a form's answer, an s-mark, a name under a closing, or a short last line that is a name."""
        for span in self._page.answered(*slots):
            return self._given(span)
        asked = bool(self._page.asked & set(slots))
        return self._marked() or self._closed() or (None if asked else self._last()) or MISSING

    def contact(self, slots: tuple[str, ...]) -> Found:
        """How to reach the sender: a form's answer, an address, a number, or a placeholder where one stood."""
        answered = [self._given(span) for span in self._page.answered(*slots)]
        if answered:
            return next((found for found in answered if found.status is Status.PRESENT), answered[0])
        found = self._details
        if found:
            return Found(Status.PRESENT, found, self._quotes(found))
        sender = self._page.document.envelope.sender
        if sender and not self._of_platform(sender):
            return Found(Status.PRESENT, (), (sender,))
        hidden = self._hidden
        return Found(Status.REDACTED, hidden, self._quotes(hidden)) if hidden else MISSING

    def full_contact(self, slots: tuple[str, ...]) -> Found:
        """The same where address and telephone are both asked for: with one of them alone a person must look."""
        return self._with(("address", "phone"), slots)

    def name_and_email(self, slots: tuple[str, ...]) -> Found:
        """The same where an e-mail address is asked for: with another way alone a person must look."""
        found = self.contact(slots)
        sender = self._page.document.envelope.sender
        reached = any(EMAIL.search(quote) for quote in (*found.quotes, sender))
        return found if reached or found.status is not Status.PRESENT else replace(found, status=Status.NEEDS_REVIEW)

    def postal_contact(self, slots: tuple[str, ...]) -> Found:
        """The same where a postal address is asked for: with another way alone a person must look."""
        return self._with(("address",), slots)

    def _with(self, parts: tuple[str, ...], slots: tuple[str, ...]) -> Found:
        fields = {slot: answer.span for slot, answer in self._page.answers if slot in slots and answer.span}
        if set(parts) <= fields.keys():
            spans = tuple(fields[part] for part in parts)
            return Found(Status.PRESENT, spans, self._quotes(spans))
        found = self.contact(slots)
        if found.status is not Status.PRESENT:
            return found
        words = "\n".join(found.quotes)
        shown = {"address": self._reading.people["street"].search(squash(words)), "phone": PHONE.search(words)}
        if all(shown[part] for part in parts):
            return found
        # what cannot be read of them may be what was redacted
        status = Status.REDACTED if self._placeholder(words) else Status.NEEDS_REVIEW
        return Found(status, found.spans, found.quotes)

    def redacted(self, span: Span) -> bool:
        """True if nothing but placeholders stands in a span."""
        said = words = _NUMBERED.sub("", squash(self._page.plain[slice(*span)]))
        for mark in self._marks:
            words = words.replace(mark, " ")
        # URLs are blank in the plain text: what is blank without a placeholder is not redacted.
        return words != said and not any(letter.isalnum() for letter in words)

    def _given(self, span: Span) -> Found:
        status = Status.REDACTED if self.redacted(span) else Status.PRESENT
        return Found(status, (span,), (self._page.text[slice(*span)],))

    def _quotes(self, spans: tuple[Span, ...]) -> tuple[str, ...]:
        return tuple(self._page.text[slice(*span)] for span in spans)

    def _placeholder(self, words: str) -> bool:
        return any(mark in words.lower() for mark in self._marks)

    def _marked(self) -> Found | None:
        """An s-mark with what stands after it, or a name beside words of signing."""
        found = next((line for line in self._lines if _SIGN.search(line.words[:40])), None)
        named = (line for line in self._lines if self._names_signer(line, self._reading.signature))
        ended = (line for line in self._lines[-_BELOW:] if self._names_signer(line, self._reading.signed_by))
        found = found or next(named, None) or next(ended, None)
        return None if found is None else self._line(found)

    def _names_signer(self, line: Line, signing: re.Pattern[str]) -> bool:
        said = signing.match(line.words)
        if said is None or line.slot in _NOT_SIGNED:
            return False
        name = _DATE.sub("", said["name"]).strip(_AROUND_NAME)
        return _is_name(name)

    def _line(self, line: Line) -> Found:
        status = Status.REDACTED if self._placeholder(line.words) else Status.PRESENT
        return Found(status, ((line.start, line.end),), (self._page.text[line.start : line.end],))

    def _closed(self) -> Found | None:
        """A name or placeholder under the last closing that has one."""
        for n in range(len(self._lines) - 1, -1, -1):
            line = self._lines[n]
            if len(line.words) > _SHORT or line.slot in _NOT_SIGNED or not self._closes(line):
                continue
            for below in (line, *self._lines[n + 1 : n + _BELOW]):
                if self._signs(below, closing=below is line):
                    return self._line(below)
        return None

    def _closes(self, line: Line) -> bool:
        return self._reading.closings.search(squash(line.words)) is not None

    def _signs(self, line: Line, *, closing: bool) -> bool:
        if self._placeholder(line.words):
            return len(line.words) < _SHORT
        alone = bool(_NAME.fullmatch(line.words)) and len(line.words) < _SHORT // 2
        name, stands_with, role = line.words.partition(",")
        return not closing and (alone or (bool(stands_with) and len(role) < _SHORT // 2 and _is_name(name)))

    def _last(self) -> Found | None:
        """A placeholder or a name that stands alone on one of the last lines."""
        for line in reversed(self._lines[-14:]):
            if self.redacted((line.start, line.end)):
                return self._line(line)
        for line in reversed(self._lines[-3:]):
            if _NAME.fullmatch(line.words) and len(line.words) < _SHORT // 2 and line.words.istitle():
                return self._line(line)
        return None

    @cached_property
    def _details(self) -> tuple[Span, ...]:
        """Addresses and numbers of the sender that can be read."""
        found = (line for line in self._lines if self._may_be_senders(line) and self._reaches(line))
        return tuple((line.start, line.end) for line in found)[:_MOST]

    def _may_be_senders(self, line: Line) -> bool:
        """True where the sender's own address may stand: on a form that asks for it, not in its other answers."""
        return line.slot in _ANSWERS if self._asked else line.slot != "infringer"

    def _reaches(self, line: Line) -> bool:
        if len(line.words) > _LONG or not _TELLING.search(line.words):
            return False
        flat = squash(line.words)
        people = self._reading.people
        if people["others_reach"].search(flat) or people["recipient"].search(flat):
            return False
        email = EMAIL.search(line.words)
        if email is not None:
            return not self._of_platform(email[0])
        if PHONE_WORD.search(line.words) and PHONE.search(line.words):
            return True
        short = len(flat) < _SHORT and "http" not in flat
        return short and people["street"].search(flat) is not None and any(letter.isdigit() for letter in flat)

    def _of_platform(self, address: str) -> bool:
        parts = address.rpartition("@")[2].lower().split(".")
        return len(parts) > 1 and parts[-2] in self._names

    @cached_property
    def _hidden(self) -> tuple[Span, ...]:
        """Placeholders that stand where contact details stood: after a word for one, or several lines of them."""
        labelled: list[Span] = []
        alone: list[Span] = []
        for n, line in enumerate(self._lines):
            if not self._may_be_senders(line) or not self._placeholder(line.words):
                continue
            span = (line.start, line.end)
            if self._labelled(line, self._lines[n - 1].words if n else ""):
                labelled.append(span)
            if len(line.words) < _SHORT and (
                self.redacted(span) or self._closes(line) or (n > 0 and self._short_of(line))
            ):
                alone.append(span)
        return tuple(labelled[:_MOST]) or (tuple(alone[-_MOST:]) if len(alone) > 1 else ())

    def _short_of(self, line: Line) -> bool:
        """True for a short line of which a placeholder is the larger part of the words."""
        rest = line.words.lower()
        for mark in self._marks:
            rest = rest.replace(mark, " ")
        return len(rest.split()) <= 3

    def _labelled(self, line: Line, above: str) -> bool:
        """True if a word for a way of contact stands ahead of a placeholder on its line, or alone on the line above."""
        flat = squash(line.words)
        ahead = [flat[max(0, place - 60) : place] for mark in self._marks for place in _places(flat, mark)]
        if all(not words.strip(" [(") for words in ahead):
            ahead = [squash(above)[-60:]]
        people = self._reading.people
        return any(people["reach"].search(words) and not people["others_reach"].search(words) for words in ahead)


def _is_name(words: str) -> bool:
    """True for two words or more that begin as names do; a short one may be a part of a name (van der, de la)."""
    return bool(_NAME.fullmatch(words)) and all(word[:1].isupper() or len(word) < 4 for word in words.split())


def _places(text: str, mark: str) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


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
