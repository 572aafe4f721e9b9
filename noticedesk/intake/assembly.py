"""A message taken apart becomes documents: its text, read as what it is, with the files that it encloses."""

from dataclasses import replace

from noticedesk.intake.context import Context, Documents, Unreadable
from noticedesk.intake.enclosed import Enclosed, joined
from noticedesk.intake.parts import Parts
from noticedesk.intake.quotes import forwarded, quoted
from noticedesk.model.document import Document, Envelope

_COVER = 600
"""How many characters a message has at most that only points to where the notice lies."""


def assembled(parts: Parts, headers: Envelope, reader: str, context: Context) -> Documents:
    """The documents of one message, each in its envelope; `reader` names the format of the message."""
    enclosed = [Enclosed(part.attachment, *_read(part.payload, part.attachment.name, context)) for part in parts.files]
    main, *others = [_letter(body, parts, headers, context) for body in _bodies(parts.text, reader, context)]
    return tuple(_told(document) for document in (*joined(main, enclosed, context.rules), *others))


def _told(document: Document) -> Document:
    """A document without a word says so."""
    silent = not document.text.strip() and not document.problem
    return replace(document, problem="there are no words in it that can be read") if silent else document


def _letter(body: Document, parts: Parts, headers: Envelope, context: Context) -> Document:
    """A document of the message's own text, with all that its envelope and its parts say."""
    reply = bool(headers.in_reply_to or headers.references) or _prefixed(headers.subject, context)
    problems = [body.problem, *parts.problems, _elsewhere(body.text, context)]
    return replace(
        body,
        envelope=headers,
        original=forwarded(body.text, context.rules, reply=reply),
        quoted=quoted(body.text, context.rules, reply=reply),
        attachments=tuple(part.attachment for part in parts.listed),
        problem="; ".join(dict.fromkeys(filter(None, problems))),
    )


def _bodies(text: str, reader: str, context: Context) -> Documents:
    """The message's own text, read by whichever reader knows such a text best; several records are several."""
    documents, _ = _read(text.encode(), "", context) if text.strip() else ((), "")
    nested = any(document.envelope != Envelope() for document in documents)
    if nested or not documents:
        return (Document(reader=reader, text=text),)
    return tuple(document if document.answers else replace(document, reader=reader) for document in documents)


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
