"""Reads messages saved by Outlook (.msg): the same documents as from the mail they were."""

import hashlib
import struct
from collections.abc import Iterator
from email.message import Message as Headers
from email.parser import HeaderParser
from email.utils import format_datetime
from typing import TYPE_CHECKING

from noticedesk.intake import markup, winmail
from noticedesk.intake.assembly import assembled
from noticedesk.intake.charset import clean
from noticedesk.intake.context import Context, Documents, Unreadable
from noticedesk.intake.envelope import envelope
from noticedesk.intake.parts import Part, Parts
from noticedesk.model.document import Attachment

if TYPE_CHECKING:
    from oxmsg import Message

NAME = "outlook"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of the stream with a message's properties, as a directory entry holds it.
_PROPERTIES = "__properties_version1.0".encode("utf-16-le")
# Property identifiers of [MS-OXPROPS] that the library has no accessor for.
_HEADERS, _SMTP_SENDER, _MESSAGE_ID, _RICH_TEXT = 0x007D, 0x5D01, 0x1035, 0x1009


def score(raw: bytes, name: str) -> float:
    """Sure when an OLE container holds the properties of a message."""
    return 0.9 if raw.startswith(_OLE) and _PROPERTIES in raw else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """The documents of the message; raises Unreadable when it is broken."""
    # Imported late: few documents are Outlook messages.
    from oxmsg import Message

    try:
        message = Message.load(raw)
        parts, headers = _parts(message), _headers(message)
    except (
        KeyError,
        ValueError,
        OSError,
        IndexError,
        AssertionError,
        TypeError,
        AttributeError,
        struct.error,
    ) as error:
        # The libraries below check little; malformed containers surface as any of these.
        raise Unreadable(f"the Outlook message is broken ({type(error).__name__}: {str(error)[:150]})") from None
    except RecursionError:
        raise Unreadable("the Outlook message is broken: its storages contain one another") from None
    return assembled(parts, envelope(headers, context.servers), NAME, context)


def _parts(message: "Message") -> Parts:
    text, page = clean(message.body or ""), message.html_body or ""
    if not text.strip() and page:
        text = markup.text_of(clean(page))
    listed = tuple(_files(message))
    problems = []
    rich = message.properties.binary_prop_value(_RICH_TEXT)
    if not text.strip() and rich is not None:
        try:
            text = winmail.rich_text(rich)
        except Unreadable as reason:
            problems.append(str(reason))
    if len(listed) < message.attachment_count:
        problems.append("an Outlook message attached to it was not opened")
    return Parts(text, listed, listed, tuple(problems))


def _files(message: "Message") -> Iterator[Part]:
    for number, item in enumerate(message.attachments, start=1):
        content = item.file_bytes
        if content is not None:
            name = " ".join(clean(item.file_name or f"part-{number}").replace("\\", "/").rpartition("/")[2].split())
            digest = hashlib.sha256(content).hexdigest()
            kind = item.mime_type or "application/octet-stream"
            yield Part(Attachment(name=name[:200], media_type=kind, sha256=digest, size=len(content)), content)


def _headers(message: "Message") -> Headers:
    """The headers that the message travelled with; for one that never travelled, what its properties say."""
    travelled = message.properties.str_prop_value(_HEADERS)
    if travelled and travelled.strip():
        return HeaderParser().parsestr(travelled)
    headers = Headers()
    address = message.properties.str_prop_value(_SMTP_SENDER)
    headers["From"] = f"<{address}>" if address else message.sender or ""
    headers["To"] = ", ".join(recipient.email_address for recipient in message.recipients)
    headers["Subject"] = message.subject
    headers["Message-ID"] = message.properties.str_prop_value(_MESSAGE_ID) or ""
    if message.sent_date:
        headers["Date"] = format_datetime(message.sent_date)
    return headers
