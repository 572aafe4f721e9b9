"""Texts cut into pieces: what is marked and why, and what was changed. Escaping comes later, in the templates."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from noticedesk.model.document import Span

_WORDS = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; `why` says what it is marked for, empty where it is not."""

    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a text as it was, or as it is now."""

    text: str
    kind: Literal["same", "added", "removed"]


def marked(text: str, spans: Iterable[tuple[Span, str]]) -> tuple[Piece, ...]:
    """The text with its spans marked; where several overlap, the piece names them all."""
    within = [(max(0, start), min(len(text), end), why) for (start, end), why in spans if start < end]
    edges = sorted({0, len(text), *(start for start, _, _ in within), *(end for _, end, _ in within)})
    pieces = []
    for start, end in pairwise(edges):
        reasons = dict.fromkeys(why for first, last, why in within if first <= start and end <= last)
        pieces.append(Piece(text[start:end], ", ".join(reasons)))
    return tuple(pieces)


def around(text: str, span: Span, reach: int = 90) -> tuple[str, str, str]:
    """What stands before a span, the span, and what stands after it, on one line."""
    start, end = span
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    head = "…" if start > reach else ""
    tail = "…" if end + reach < len(text) else ""
    return head + _line(before).lstrip(), _line(text[start:end]), _line(after).rstrip() + tail


def changes(before: str, after: str) -> tuple[Change, ...]:
    """What was changed from one text to the other, word by word."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Change] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Change("".join(old[a:b]), "same"))
            continue
        found += [Change("".join(old[a:b]), "removed")] if a < b else []
        found += [Change("".join(new[c:d]), "added")] if c < d else []
    return tuple(found)


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
