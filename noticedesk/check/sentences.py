"""Pieces of a text cut into sentences; hard-wrapped lines are joined, list items, headings and boxes stand alone."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from noticedesk.check.page import URL_MARK, Piece, Sentence, Zone, squash, trimmed

_ITEM = re.compile(r"[ >\t]{0,12}(?:[*+\-•·●◦▪]|[(\[]?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.):\]]{1,2}|[#*_]{1,6}\S)\s?")
_STOP = re.compile(r"[.!?][\"')\]*_]{0,4}\s+(?=[\"'(\[*_]{0,3}[A-Z0-9À-ÖØ-Þ¿¡])")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(.-])(?:[A-Za-z]|inc|ltd|co|corp|llc|no|mr|mrs|ms|dr|vs|art|arts|sec|reg|st|pty|approx"
    r"|nr|nrn|abs|bzw|ggf|gem|lit|str|ca|inkl|mag|prof|dipl|ing|vgl|mme|mlle|av|núm|sr|sra|sres|uds|vds)$",
    re.I,
)
_OPENS = re.compile(r"[\"'(\[*_]{0,3}[A-Z\dÀ-ÖØ-Þ¿¡\[📧📞📍]")
_UNTICKED = re.compile(r"(?<!\S)(?:\[ {0,3}\]|[☐□❏◻⬜])(?=\s)")
_BOX = re.compile(r"[ >\t]{0,12}(?:\[ {0,3}[xX✓✔]? {0,3}\]\s|[☐☑☒✅□❏◻⬜])")
_SHORT, _LONGEST = 45, 1_500


def sentences_of(plain: str, pieces: Iterable[Piece]) -> tuple[Sentence, ...]:
    """The sentences of all pieces but prefaces, each with its paragraph's number; those without a word are left out.

    What stands behind a box that is not ticked was offered to the sender, and is none of their words.
    """
    found = []
    paragraph = 0
    for piece in pieces:
        if piece.zone is Zone.PREFACE:
            continue
        for start, end in _paragraphs(plain, piece.start, piece.end):
            paragraph += 1
            for first, last in _cut(plain, start, end):
                flat = squash(plain[first:last])
                if flat.strip(URL_MARK + " .,;:()[]-"):
                    span = trimmed(plain, first, last)
                    zone = Zone.PROMPT if _UNTICKED.match(plain, span[0]) else piece.zone
                    found.append(Sentence(*span, flat, zone, piece.slot, paragraph))
    return tuple(found)


def _paragraphs(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of lines that belong together."""
    at = line = start
    while line < end:
        stop = plain.find("\n", line, end)
        stop = end if stop < 0 else stop
        after = stop + 1
        if after >= end or _parted(plain, line, stop, after, end):
            if at < stop:
                yield at, stop
            at = after
        line = after


def _parted(plain: str, line: int, stop: int, after: int, end: int) -> bool:
    """True if a line and the next do not belong together."""
    body = plain[line:stop].strip(" >\t")
    following = plain[after : min(end, after + 40)]
    if not body or not following.split("\n", 1)[0].strip(" >\t*_"):
        return True
    if _BOX.match(following):
        return True
    if _ITEM.match(following) and not _wrapped_number(body, following):
        return True
    return len(body) < _SHORT and bool(_OPENS.match(following.lstrip(" >\t")))


def _wrapped_number(body: str, following: str) -> bool:
    """True where a line that looks like an item only carries on a wrapped line, such as `512(c)` at its start."""
    return len(body) > 60 and body[-1] not in ".:;!?" and bool(re.match(r"[ >]{0,4}[\[(*_]", following))


def _cut(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    boxes = (box.start() for box in _UNTICKED.finditer(plain, start, end))
    edges = [start, *(box for box in boxes if box > start), end]
    for first, last in pairwise(edges):
        yield from _stopped(plain, first, last)


def _stopped(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for found in _STOP.finditer(plain, start, end):
        if plain[found.start()] == "." and _ABBREVIATED.search(plain[max(at, found.start() - 8) : found.start()]):
            continue
        yield from _bounded(at, found.end())
        at = found.end()
    yield from _bounded(at, end)


def _bounded(start: int, end: int) -> Iterator[tuple[int, int]]:
    for first in range(start, end, _LONGEST):
        yield first, min(first + _LONGEST, end)
