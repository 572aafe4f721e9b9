"""Reads plain text and Markdown: a letter, kept word for word."""

from noticedesk.intake.charset import decode, looks_binary
from noticedesk.intake.context import Context, Documents, Unreadable
from noticedesk.intake.quotes import forwarded, quoted
from noticedesk.model.document import Document

NAME = "letter"


def score(raw: bytes, name: str) -> float:
    """Low but never zero: whatever no other reader knows is read as a letter, or said to be no text."""
    return 0.05 if looks_binary(raw) else 0.1


def read(raw: bytes, name: str, context: Context) -> Documents:
    """One document with the whole text; raises Unreadable for bytes that are no text."""
    if looks_binary(raw):
        raise Unreadable("this is no text, and no format that can be read here; a person has to open it")
    text = decode(raw)
    problem = "" if text.strip() else "there is no text in it"
    return (
        Document(
            reader=NAME,
            text=text,
            original=forwarded(text, context.rules),
            quoted=quoted(text, context.rules),
            problem=problem,
        ),
    )
