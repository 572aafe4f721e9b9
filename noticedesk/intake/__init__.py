"""Bytes in, documents out: an auction of readers, the one that knows the format best reads."""

import hashlib
from dataclasses import replace

from noticedesk.intake import (
    acns,
    delimited,
    dsa,
    dump,
    foreign,
    letter,
    lumen,
    mail,
    outlook,
    packed,
    page,
    pdf,
    pgp,
    rtf,
    sheet,
    signed,
    webform,
    word,
    xarf,
)
from noticedesk.intake.arrival import received_at
from noticedesk.intake.channels import Delivery, Inbox, Source, SourceError, Start, opened
from noticedesk.intake.charset import clean, decode, looks_binary
from noticedesk.intake.context import LARGEST, Context, Documents, NotMine, Reader, Unreadable
from noticedesk.intake.enclosed import UNREAD
from noticedesk.intake.rules import Rules, load_rules, shipped
from noticedesk.model.document import Attachment, Document

__all__ = [
    "READERS",
    "Delivery",
    "Inbox",
    "Rules",
    "Source",
    "SourceError",
    "Start",
    "load_rules",
    "opened",
    "read",
    "received_at",
]

READERS: list[Reader] = [
    mail,
    webform,
    outlook,
    pdf,
    sheet,
    word,
    rtf,
    packed,
    signed,
    pgp,
    page,
    acns,
    xarf,
    lumen,
    dsa,
    delimited,
    dump,
    letter,
    foreign,
]


def read(
    raw: bytes,
    name: str = "",
    *,
    rules: Rules | None = None,
    servers: tuple[str, ...] = (),
    largest: int = LARGEST,
) -> tuple[Document, ...]:
    """The documents in a delivery, at least one; what cannot be read is a document that says why in `problem`.

    `name` is the file name, where there is one; `servers` are the names of our own mail servers, whose Received and
    Authentication-Results headers are believed. What has more than `largest` bytes is not parsed. Hostile bytes cost
    time and memory, so call it in the sandbox.
    """
    context = Context(rules or shipped(), _auction, tuple(map(str.lower, servers)), largest)
    documents = _auction(raw, clean(name), context)
    return tuple(
        replace(document, part=part, problem=clean(document.problem)) for part, document in enumerate(documents)
    )


def _auction(raw: bytes, name: str, context: Context) -> Documents:
    if not raw.strip():
        return (_unread(raw, name, "the file is empty"),)
    if len(raw) > context.largest:
        return (_unparsed(raw, name, f"{len(raw):,} bytes are more than the {context.largest:,} that are read"),)
    for reader in sorted(READERS, key=lambda reader: reader.score(raw, name), reverse=True):
        try:
            return reader.read(raw, name, context) or (_unread(raw, name, f"the {reader.NAME} is empty"),)
        except NotMine:
            continue
        except Unreadable as reason:
            return (_unread(raw, name, str(reason)),)
        except Exception as error:
            # A delivery must never stop the ones behind it: the defect is told with the document, and a person reads.
            told = f"{type(error).__name__}: {str(error)[:200]}"
            return (_unread(raw, name, f"reading it as {reader.NAME} failed ({told})"),)
    return (_unread(raw, name, "no reader knows what it is"),)


def _unread(raw: bytes, name: str, problem: str) -> Document:
    """A document for a person: what stands in the bytes as text, if it is text, and why no reader read it."""
    text = "" if looks_binary(raw) else decode(raw)
    return replace(_unparsed(raw, name, problem), text=text)


def _unparsed(raw: bytes, name: str, problem: str) -> Document:
    """A document for a person that only names the bytes, and says why nobody looked into them."""
    attachment = Attachment(
        name=name, media_type="application/octet-stream", sha256=hashlib.sha256(raw).hexdigest(), size=len(raw)
    )
    return Document(reader=UNREAD, text="", attachments=(attachment,), problem=problem)
