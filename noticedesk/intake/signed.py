"""Reads a message inside its own signature (smime.p7m), where it arrives as a file of its own."""

from noticedesk.intake import cms
from noticedesk.intake.assembly import assembled
from noticedesk.intake.context import Context, Documents, NotMine, Unreadable
from noticedesk.intake.envelope import envelope
from noticedesk.intake.parts import parsed, split

NAME = "signed"


def score(raw: bytes, name: str) -> float:
    """Sure by the object identifier of signed data."""
    return 0.8 if cms.looks_signed(raw) else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """The documents of the message that was signed; NotMine where nothing of it can be had."""
    content = cms.inside(raw)
    if content is None:
        raise NotMine
    try:
        message = parsed(content)
        return assembled(split(message), envelope(message, context.servers), NAME, context)
    except RecursionError:
        raise Unreadable("its parts are nested deeper than any mail program nests them") from None
