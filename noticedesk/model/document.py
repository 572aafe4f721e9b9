"""What a reader extracts from received bytes, before anything is judged: the text, its answers, who sent it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from noticedesk.model.notice import Verified

Span = tuple[int, int]
"""Half-open, in code points of the extracted text."""


class Field(StrEnum):
    """What an answer is about, whatever the format called it; one vocabulary for every form, record and table.

    A value never changes its spelling on the way: identifiers, numbers and URLs stand as the sender gave them.
    """

    KIND = "kind"
    RIGHT = "right"
    SERVICE = "service"
    CASE_ID = "case_id"
    RETRACTION = "retraction"
    LANGUAGE = "language"
    MESSAGE = "message"

    OWNER_NAME = "owner_name"
    OWNER_EMAIL = "owner_email"
    OWNER_ADDRESS = "owner_address"
    OWNER_PHONE = "owner_phone"
    COMPLAINANT_NAME = "complainant_name"
    COMPLAINANT_COMPANY = "complainant_company"
    COMPLAINANT_ROLE = "complainant_role"
    COMPLAINANT_EMAIL = "complainant_email"
    COMPLAINANT_ADDRESS = "complainant_address"
    COMPLAINANT_PHONE = "complainant_phone"

    WORK_TITLE = "work_title"
    WORK_DESCRIPTION = "work_description"
    WORK_KIND = "work_kind"
    MARK = "mark"
    MARK_ALIAS = "mark_alias"
    GOODS_CLASSES = "goods_classes"
    REGISTRATION_NUMBER = "registration_number"
    REGISTRATION_OFFICE = "registration_office"
    ORIGINAL_URL = "original_url"
    REFERENCE_MEDIA = "reference_media"

    INFRINGING_URL = "infringing_url"
    ITEM_ID = "item_id"
    ACCOUNT = "account"
    MATERIAL_DESCRIPTION = "material_description"
    FILE_NAME = "file_name"
    FILE_HASH = "file_hash"
    IP_ADDRESS = "ip_address"
    PORT = "port"
    PROTOCOL = "protocol"
    OBSERVED_AT = "observed_at"

    GOOD_FAITH_STATEMENT = "good_faith_statement"
    ACCURACY_STATEMENT = "accuracy_statement"
    AUTHORITY_STATEMENT = "authority_statement"
    SIGNATURE = "signature"
    SIGNATURE_DATE = "signature_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answered field of a form or record: the question or key as it stood there, and the value with its span.

    `field` says what the question is about, None where only a person can tell; answers of the same positive `group`
    belong together (one work, one row of a table), those of group 0 are about the whole document.
    """

    question: str
    value: str
    span: Span | None = None
    field: Field | None = None
    group: int = 0


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
    shown. `automatic` is set by Auto-Submitted and its relatives and means that nothing answers by itself: the notice
    that a rights holder's machine sent is automatic too. `bounce` is set by a delivery report, `opened` by a report
    that a message was shown to somebody (RFC 8098).
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
    opened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a delivery report says of the message that it is about (RFC 3464).

    `action` is failed, delayed, delivered, relayed or expanded; `status` as 5.1.1; `diagnostic` in the server's words.
    """

    action: str
    status: str = ""
    diagnostic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document as read: `text` is what spans point into, `problem` says why a part could not be read.

    `quoted` are the words of somebody else that a reply repeats; `original` is the envelope of a forwarded message as
    it claims, while `envelope` stays that of the message that reached us.
    """

    reader: str
    text: str
    part: int = 0
    envelope: Envelope = Envelope()
    original: Envelope | None = None
    delivery: Delivery | None = None
    answers: tuple[Answer, ...] = ()
    quoted: tuple[Span, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    problem: str = ""

    def answers_to(self, field: Field, group: int | None = None) -> tuple[Answer, ...]:
        """The answers about one field, of one group where it is given, in the order of the text."""
        wanted = (answer for answer in self.answers if answer.field is field)
        return tuple(answer for answer in wanted if group is None or answer.group == group)
