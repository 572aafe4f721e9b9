"""What a reader extracts from received bytes, before anything is judged: the text, its answers, who sent it."""

from dataclasses import dataclass
from datetime import datetime

from noticedesk.model.notice import Verified

Span = tuple[int, int]
"""Half-open, in code points of the extracted text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answered field of a form or record: the question or key as it stood there, and the value with its span."""

    question: str
    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A part of a message that is not its text; the bytes stay in the stored original."""

    name: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """How a document travelled: addresses as claimed, thread headers, and what our own server vouches for.

    `received` comes from the topmost Received header (our own server's); `dated` is the sender's claim and is only
    shown. `automatic` is set by Auto-Submitted and its relatives, `bounce` by a delivery status report.
    """

    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    received: datetime | None = None
    dated: datetime | None = None
    verified: Verified = Verified.NO
    verified_domain: str = ""
    automatic: bool = False
    bounce: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document as read: `text` is what spans point into, `problem` says why a part could not be read."""

    reader: str
    text: str
    part: int = 0
    envelope: Envelope = Envelope()
    answers: tuple[Answer, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    problem: str = ""
