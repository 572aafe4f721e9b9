"""When a document reached us: the instant that starts legal clocks."""

from datetime import datetime, timedelta

from noticedesk.intake.channels import Delivery
from noticedesk.model.document import Document

_SKEW = timedelta(minutes=10)
"""How far a server's clock may run ahead of ours before its instant is nonsense."""


def received_at(document: Document, delivery: Delivery, now: datetime) -> datetime:
    """Our own mail server's instant, else the channel's, else now; an instant in the future is passed over.

    The sender's Date never counts: it would let a sender start a clock before we could know of the notice.
    """
    for instant in (document.envelope.received, delivery.arrived):
        if instant is not None and instant <= now + _SKEW:
            return min(instant, now)
    return now
