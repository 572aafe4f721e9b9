"""Reads rich text (RTF): the words as they are seen, and the addresses behind links."""

import re

from noticedesk.intake.charset import clean
from noticedesk.intake.context import Context, Documents, Unreadable
from noticedesk.intake.quotes import forwarded
from noticedesk.model.document import Document

NAME = "rtf"

MAX_BYTES = 4 * 2**20
"""How much rich text is read, pictures left aside; a letter with its formats has some 50,000 bytes."""

_BEGIN = b"{\\rtf"
# A brace, the target of a link, and where the words of that link begin; all that says which words it is under.
_OF_LINKS = re.compile(
    r'\\[\\{}]|[{}]|HYPERLINK\s{1,9}(?:\\\\[a-z]\s{1,9})?"([^"{}\\\n]{1,2000})"|(\\fldrslt)(?![a-z])'
)
_PICTURE = re.compile(rb"[0-9a-fA-F\s]{2000,}")


def score(raw: bytes, name: str) -> float:
    """Sure by the signature."""
    return 0.9 if raw.lstrip()[:5] == _BEGIN else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """One document with the text as it is seen; raises Unreadable for what is too long or holds no words."""
    text = text_of(raw)
    if not text.strip():
        raise Unreadable("the rich text document has no words in it; pictures in it are not read")
    return (Document(reader=NAME, text=text, original=forwarded(text, context.rules)),)


def text_of(raw: bytes) -> str:
    """The visible words of rich text; raises Unreadable when there is too much of it, or it is broken."""
    # Imported late: few documents are rich text.
    from striprtf.striprtf import rtf_to_text

    bare = _PICTURE.sub(b"", raw)
    if len(bare) > MAX_BYTES:
        raise Unreadable(f"its rich text has {len(bare):,} bytes, more than the {MAX_BYTES:,} that are read")
    try:
        text = str(rtf_to_text(_with_addresses(bare.decode("cp1252", "replace")), errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, TypeError, OverflowError) as error:
        # Malformed groups and code pages surface as any of these.
        raise Unreadable(f"its rich text is broken ({type(error).__name__}: {str(error)[:150]})") from None
    # Half of a pair, as broken files have it, can be stored nowhere.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return clean(whole).strip("\n") + "\n" if whole.strip() else ""


def _with_addresses(rich: str) -> str:
    """The rich text with the target of each link behind its words; links themselves are taken out.

    The library has an expression for links that takes time without end on broken ones.
    """
    pieces: list[str] = []
    opened: list[tuple[int, int, str]] = []
    at = depth = 0
    target = ""
    for found in _OF_LINKS.finditer(rich):
        mark = found[0]
        pieces.append(rich[at : found.start()])
        at = found.end()
        if found[1]:
            target = found[1]
            continue
        if mark == "{":
            depth += 1
        elif mark == "}":
            if opened and opened[-1][0] == depth:
                _, start, address = opened.pop()
                pieces.append("" if address in rich[start : found.start()] else f" <{address}>")
            depth -= 1
        elif found[2] and target:
            opened.append((depth, found.end(), target))
            target = ""
        pieces.append(mark)
    return "".join([*pieces, rich[at:]]).replace("\\fldinst", "\\*\\fldtype")
