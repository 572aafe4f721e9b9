"""Reads mail (RFC 5322 and MIME): the letter, what it forwards, and the documents attached to it."""

import email
import re
from dataclasses import replace
from email import policy
from email.message import EmailMessage

from noticedesk.intake.context import Context, Documents, Unreadable
from noticedesk.intake.enclosed import Enclosed, joined
from noticedesk.intake.envelope import envelope
from noticedesk.intake.parts import Parts, split
from noticedesk.intake.quotes import forwarded, quoted
from noticedesk.model.document import Document, Envelope

NAME = "mail"

_HEADERS = re.compile(rb"(?:From [^\n]*\r?\n)?(?:[!-9;-~]+[ \t]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+\r?\n")
_OF_LETTERS = frozenset({b"from", b"to", b"date", b"subject", b"cc"})
_OF_SERVERS = frozenset({b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to", b"content-type"})
_MBOX = re.compile(rb"(?:\A|\n\n|\r\n\r\n)(?=From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{5,8} )")
_HEAD = 200_000
_MOST_MESSAGES = 1000
_COVER = 600


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
        message = email.message_from_bytes(raw, EmailMessage, policy=policy.default)
        parts = split(message)
    except RecursionError:
        raise Unreadable("its parts are nested deeper than any mail program nests them") from None
    headers = envelope(message, context.servers)
    enclosed = [Enclosed(part.attachment, *_read(part.payload, part.attachment.name, context)) for part in parts.files]
    main, *others = [_letter(body, parts, headers, context) for body in _bodies(parts.text, context)]
    return (*joined(main, enclosed, context.rules), *others)


def _letter(body: Document, parts: Parts, headers: Envelope, context: Context) -> Document:
    """A document of the message's own text, with all that its envelope and its parts say."""
    reply = bool(headers.in_reply_to or headers.references) or _prefixed(headers.subject, context)
    empty = "" if body.text.strip() or parts.listed or parts.problems else "there is no text in it"
    problems = [body.problem, *parts.problems, _elsewhere(body.text, context), empty]
    return replace(
        body,
        reader=body.reader if body.answers else NAME,
        envelope=headers,
        original=forwarded(body.text, context.rules),
        quoted=quoted(body.text, context.rules, reply=reply),
        attachments=tuple(part.attachment for part in parts.listed),
        problem="; ".join(dict.fromkeys(filter(None, problems))),
    )


def _bodies(text: str, context: Context) -> Documents:
    """The message's own text, read by whichever reader knows such a text best; several records are several."""
    documents, _ = _read(text.encode(), "", context) if text.strip() else ((), "")
    nested = any(document.envelope != Envelope() for document in documents)
    return documents if documents and not nested else (Document(reader=NAME, text=text),)


def _read(raw: bytes, name: str, context: Context) -> tuple[Documents, str]:
    """What an enclosed part reads as, and why it could not be read."""
    try:
        return context.read(raw, name), ""
    except Unreadable as reason:
        return (), str(reason)


def _prefixed(subject: str, context: Context) -> bool:
    """Whether the subject begins as a reply's does; a forwarding prefix in front of it takes that back."""
    prefix = subject.partition(":")[0].strip().lower() if ":" in subject else ""
    return prefix in context.rules.mail.reply_prefixes


def _elsewhere(text: str, context: Context) -> str:
    """A note where a short message points to a file-sharing service: the notice itself may lie there."""
    link = context.rules.cloud_drive.search(text) if len(text) <= _COVER else None
    return f"it points to a file that was not fetched: {link.group()[:200]}" if link else ""
