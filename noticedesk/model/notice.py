"""A notice: one received document, from its raw bytes to the claim that it opened or joined."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """What a received document is, judged by its content and never by the form or mailbox it came through."""

    COPYRIGHT_NOTICE = "copyright_notice"
    TRADEMARK_NOTICE = "trademark_notice"
    COUNTERFEIT_NOTICE = "counterfeit_notice"
    DESIGN_NOTICE = "design_notice"
    PATENT_NOTICE = "patent_notice"
    ANTICIRCUMVENTION = "anticircumvention"
    COUNTER_NOTICE = "counter_notice"
    RETRACTION = "retraction"
    COURT_ACTION = "court_action"
    CURE_REPLY = "cure_reply"
    APPEAL = "appeal"
    SELLER_RESPONSE = "seller_response"
    AUTHORITY_ORDER = "authority_order"
    SUBPOENA = "subpoena"
    INQUIRY = "inquiry"
    CORRESPONDENCE = "correspondence"
    DELIVERY_REPORT = "delivery_report"
    AUTO_REPLY = "auto_reply"
    OTHER = "other"


OPENING = frozenset(
    {
        NoticeKind.COPYRIGHT_NOTICE,
        NoticeKind.TRADEMARK_NOTICE,
        NoticeKind.COUNTERFEIT_NOTICE,
        NoticeKind.DESIGN_NOTICE,
        NoticeKind.PATENT_NOTICE,
        NoticeKind.ANTICIRCUMVENTION,
    }
)
"""The kinds that open a claim; the others answer one, or are no claim at all."""


ANSWERS = frozenset(
    {
        NoticeKind.COUNTER_NOTICE,
        NoticeKind.RETRACTION,
        NoticeKind.COURT_ACTION,
        NoticeKind.CURE_REPLY,
        NoticeKind.APPEAL,
        NoticeKind.SELLER_RESPONSE,
    }
)
"""The kinds that answer a claim and take effect on it."""


class NoticeState(StrEnum):
    """How far the reading of a received document got."""

    RECEIVED = "received"
    READ = "read"
    UNREADABLE = "unreadable"
    QUARANTINED = "quarantined"


class Verified(StrEnum):
    """How the sender of a message was verified; a token in a letter threads and never verifies."""

    NO = "no"
    DKIM = "dkim"
    LOGIN = "login"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One received document.

    `received_at` is when it reached us (our own mail server's Received header, the IMAP internal date, or the API's
    arrival), never the sender's Date. `delivery` identifies the delivery at its channel, for deduplication.
    """

    id: str
    service: str
    channel: str
    delivery: str
    name: str = ""
    sha256: str
    part: int = 0
    received_at: datetime
    ingested_at: datetime
    effective_at: datetime | None = None
    agent_received_at: datetime | None = None
    kind: NoticeKind = NoticeKind.OTHER
    state: NoticeState = NoticeState.RECEIVED
    version: int = 1
    claim: str | None = None
    sender: str = ""
    verified: Verified = Verified.NO
    message_id: str = ""
    subject: str = ""
    reader: str = ""
    language: str = ""
    problem: str = ""
    hold: bool = False
    retain_until: datetime | None = None
