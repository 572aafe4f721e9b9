"""Where a text says how somebody can be reached: e-mail addresses, telephone numbers, and lines of postal addresses."""

import re
from collections.abc import Iterator

from noticedesk.check.layout import lines_of
from noticedesk.check.page import fold, squash
from noticedesk.check.people import EMAIL, PHONE, PHONE_WORD
from noticedesk.check.reading import Reading
from noticedesk.model.document import Span

_LONGEST = 160
"""Characters; a longer line tells more than an address, and of it only the sentence with the street is meant."""

_STOP = re.compile(r"[.;!?]\s")
_LABEL = re.compile(r"[\s>*#-]*[\w /()-]{1,60}:\s+(?=\S)")
_NUMBERED = re.compile(r"^[\s>*#-]*\d{1,2}[.)]\s+")


def reach(text: str, reading: Reading) -> tuple[Span, ...]:
    """The spans that tell how to reach anybody, in order and apart, whoever wrote them; a name alone is none.

    Rather too much than too little: a line that holds a number and a word of streets is taken for an address.
    """
    plain = fold(text)
    found = sorted(span for line in lines_of(plain) for span in _in_line(plain, line, reading))
    joined: list[Span] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _in_line(plain: str, line: Span, reading: Reading) -> Iterator[Span]:
    words = plain[slice(*line)]
    yield from (_at(line, found) for found in EMAIL.finditer(words))
    if PHONE_WORD.search(words) or "+" in words:
        yield from (_at(line, found) for found in PHONE.finditer(words) if "://" not in found[0])
    for start, end in _sentences(plain, line):
        said = plain[start:end]
        label = _LABEL.match(said)
        if "://" not in said and (_labelled(label, reading) or _is_address(said, reading)):
            yield start + (label.end() if label else 0), end


def _labelled(label: re.Match[str] | None, reading: Reading) -> bool:
    """Whether the words ahead of a colon say that an address follows."""
    return label is not None and reading.people["address_label"].search(squash(label[0])) is not None


def _is_address(said: str, reading: Reading) -> bool:
    """Whether a number, other than that of an item of a list, and a word of streets stand together."""
    words = _NUMBERED.sub("", said)
    return any(letter.isdigit() for letter in words) and reading.people["street"].search(squash(words)) is not None


def _sentences(plain: str, line: Span) -> Iterator[Span]:
    """The line itself where it is short, else its sentences."""
    start, end = line
    if end - start > _LONGEST:
        for stop in _STOP.finditer(plain, start, end):
            yield start, stop.start() + 1
            start = stop.end()
    yield start, end


def _at(line: Span, found: re.Match[str]) -> Span:
    return line[0] + found.start(), line[0] + found.end()
