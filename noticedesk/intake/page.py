"""Reads an HTML page: its visible text, by whichever reader knows such a text best."""

from noticedesk.intake import markup
from noticedesk.intake.charset import decode
from noticedesk.intake.context import Context, Documents, Unreadable

NAME = "page"


def score(raw: bytes, name: str) -> float:
    """Sure by the tags at the top, less so by the file name alone."""
    if markup.looks_like_html(raw[:2000].decode("latin-1")):
        return 0.75
    return 0.2 if name.lower().endswith((".html", ".htm")) else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """The documents in the visible text."""
    text = markup.text_of(decode(raw))
    if not text.strip():
        raise Unreadable("the page shows no words")
    return context.read(text.encode(), "")
