"""Reads mail (RFC 5322 and MIME): the letter, what it forwards, and the documents attached to it."""

import re
from dataclasses import replace

from noticedesk.intake.assembly import assembled
from noticedesk.intake.context import Context, Documents, Unreadable
from noticedesk.intake.delivery import delivery
from noticedesk.intake.envelope import envelope, returned
from noticedesk.intake.parts import parsed, split

NAME = "mail"

_HEADERS = re.compile(rb"(?:From [^\n]*\r?\n)?(?:[!-9;-~]+[ \t]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+\r?\n")
_OF_LETTERS = frozenset({b"from", b"to", b"date", b"subject", b"cc"})
_OF_SERVERS = frozenset({b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to", b"content-type"})
_MBOX = re.compile(rb"(?:\A|\n\n|\r\n\r\n)(?=From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{5,8} )")
_HEAD = 200_000
_MOST_MESSAGES = 1000


def score(raw: bytes, name: str) -> float:
    """Sure when mail headers stand at the top; a text file with the headers that people type is a letter."""
    head = _HEADERS.match(raw[:_HEAD].lstrip(b"\r\n"))
    names = {line.partition(b":")[0].strip().lower() for line in head.group().splitlines()} if head else set()
    if name.lower().endswith((".eml", ".mbox", ".mht")):
        return 0.9 if names & (_OF_LETTERS | _OF_SERVERS) else 0.2
    typed = name.lower().endswith((".txt", ".md"))
    enough = names & _OF_SERVERS if typed else len(names & _OF_LETTERS) > 2
    return 0.9 if enough or len(names & _OF_SERVERS) > 1 else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """The documents of every message in the bytes; an mbox file holds several."""
    starts = [match.end() for match in _MBOX.finditer(raw)]
    if len(starts) < 2:
        return _message(raw.lstrip(b"\r\n"), context)
    if len(starts) > _MOST_MESSAGES:
        raise Unreadable(f"{len(starts):,} messages in one file are more than the {_MOST_MESSAGES:,} that are read")
    bounds = zip(starts, [*starts[1:], len(raw)], strict=True)
    return tuple(document for start, end in bounds for document in _message(raw[start:end], context))


def _message(raw: bytes, context: Context) -> Documents:
    try:
        message = parsed(raw)
        parts = split(message)
    except RecursionError:
        raise Unreadable("its parts are nested deeper than any mail program nests them") from None
    headers = envelope(message, context.servers)
    if headers.bounce:
        # What comes back is our own letter: it threads the report, and is no notice to be read again.
        report = assembled(replace(parts, files=()), headers, NAME, context)
        said = delivery(message, parts.text, context.rules)
        back = returned(message)
        return tuple(replace(one, original=back or one.original, delivery=said) for one in report)
    return assembled(parts, headers, NAME, context)
