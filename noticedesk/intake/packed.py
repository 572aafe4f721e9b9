"""Reads winmail.dat, where it arrives as a file of its own: the message that Outlook packed, and its files."""

from noticedesk.intake import winmail
from noticedesk.intake.assembly import assembled
from noticedesk.intake.context import Context, Documents
from noticedesk.intake.parts import Parts, named
from noticedesk.model.document import Envelope

NAME = "packed"


def score(raw: bytes, name: str) -> float:
    """Sure by the signature."""
    return 0.9 if raw.startswith(winmail.SIGNATURE) else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """The documents of the message; raises Unreadable when it is broken."""
    packed = winmail.unpacked(raw)
    files = tuple(named(name, payload) for name, payload in packed.files)
    return assembled(Parts(packed.text, files, files, tuple(filter(None, [packed.problem]))), Envelope(), NAME, context)
