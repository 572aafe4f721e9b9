"""Whose words are whose in a message: the spans that a reply repeats, and the headers of a forwarded original."""

import re
from dataclasses import replace
from email.utils import parseaddr

from noticedesk.intake.dates import instant
from noticedesk.intake.rules import Rules
from noticedesk.model.document import Envelope, Span

_LINE = re.compile(r"[^\n]*\n?")
_MARKED = re.compile(r"[ \t]{0,3}>")
_LONGEST_LINE = 400
_HEADER_LINES = 8


def quoted(text: str, rules: Rules, *, reply: bool = False) -> tuple[Span, ...]:
    """The spans of somebody else's words, in order: below an attribution, or marked with ">" in a reply.

    Words below a forwarding line are what the sender wants read, so they are not quoted. Who sends nothing but a
    quotation means it, unless it is a reply: an empty answer to our letter must not swear what the letter asks for.
    """
    lines = _lines(text)
    spans = _merged(_quoted_lines(lines, rules, reply))
    return spans if reply or _own_words(text, spans) else ()


def forwarded(text: str, rules: Rules, *, reply: bool = False) -> Envelope | None:
    """The headers of the first message forwarded inside a text, as they claim; None when there is none.

    A header block that no line introduces is a forwarded message too, but in a reply it is what is answered.
    """
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _is(rules.forwarded, line):
            return _headers(lines[number + 1 : number + 1 + _HEADER_LINES], rules)
    if reply:
        return None
    start = next((number for number in range(len(lines)) if _header_block(lines, number, rules)), None)
    return None if start is None else _headers(lines[start : start + _HEADER_LINES], rules)


def _lines(text: str) -> list[tuple[str, Span]]:
    return [(match.group().rstrip("\n"), match.span()) for match in _LINE.finditer(text) if match.group()]


def _quoted_lines(lines: list[tuple[str, Span]], rules: Rules, reply: bool) -> list[Span]:
    """Walks the lines in one of three moods: own words, words marked line by line, everything from here on."""
    found: list[Span] = []
    marked, below = reply, False
    for number, (line, span) in enumerate(lines):
        if _is(rules.forwarded, line):
            marked, below = False, False
        elif _is(rules.attribution, line) or (
            _tail(line) and _is(rules.attribution, f"{_above(lines, number)} {line}")
        ):
            marked, below = True, below or not _marks_follow(lines, number)
            found.append(span)
        elif reply and not below and _header_block([text for text, _ in lines[number : number + 4]], 0, rules):
            below = True
            found.append(span)
        elif below or (marked and _MARKED.match(line)):
            found.append(span)
    return found


def _is(pattern: re.Pattern[str], line: str) -> bool:
    """Whether a line is one of those that introduce another message; such lines end in a colon, dash or hash."""
    line = line.strip("> \t*")
    return line.endswith((":", "-", "#")) and len(line) <= _LONGEST_LINE and pattern.fullmatch(line) is not None


def _tail(line: str) -> bool:
    """Whether a line can be the end of an attribution that a mail program has wrapped."""
    return len(line) < 60 and line.rstrip(" *").endswith(":")


def _above(lines: list[tuple[str, Span]], number: int) -> str:
    return lines[number - 1][0].strip() if number else ""


def _header_block(lines: list[str], number: int, rules: Rules) -> bool:
    """Whether a line and those after it are the headers (from, date, to or subject) that a client writes above."""
    if _header_name(lines[number], rules) != "from":
        return False
    names = {_header_name(line, rules) for line in lines[number + 1 : number + 4]}
    return "date" in names and bool({"to", "subject"} & names)


def _header_name(line: str, rules: Rules) -> str:
    match = rules.header.match(line) if len(line) <= _LONGEST_LINE else None
    return rules.header_field(match.group(1)) if match else ""


def _marks_follow(lines: list[tuple[str, Span]], number: int) -> bool:
    """Whether the words below an attribution carry marks of their own, so that answers between them can be told."""
    following = [line for line, _ in lines[number + 1 : number + 6] if line.strip()]
    return any(_MARKED.match(line) for line in following)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def _own_words(text: str, spans: tuple[Span, ...]) -> bool:
    """Whether anything is written outside the spans."""
    position = 0
    for start, end in spans:
        if text[position:start].strip():
            return True
        position = end
    return bool(text[position:].strip())


def _headers(lines: list[str], rules: Rules) -> Envelope | None:
    found: dict[str, str] = {}
    for line in lines:
        match = rules.header.match(line) if len(line) <= _LONGEST_LINE else None
        if match:
            found.setdefault(rules.header_field(match.group(1)), match.group(2).strip(" *"))
    if not found:
        return None
    name, address = parseaddr(found.get("from", ""))
    envelope = Envelope(sender=address.lower(), sender_name=name, subject=found.get("subject", ""))
    to = tuple(filter(None, [found.get("to", "")]))
    return replace(envelope, dated=instant(found.get("date", "")), to=to)
