"""Reads Word documents (.docx): their paragraphs and tables, and the addresses behind links."""

import re
from collections.abc import Iterator
from typing import Any

from noticedesk.intake.archive import entries
from noticedesk.intake.charset import clean
from noticedesk.intake.context import Context, Documents, NotMine, Unreadable
from noticedesk.intake.quotes import forwarded
from noticedesk.model.document import Document

NAME = "word"

_DOCUMENT = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_WRITTEN = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_ENDS = {"p": "\n", "tc": "\t", "tr": "\n"}
# What the sender has deleted, or what only a program reads.
_UNSEEN = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback"})


def score(raw: bytes, name: str) -> float:
    """Sure by the name that the format keeps inside its container."""
    return 0.9 if raw.startswith(b"PK") and _DOCUMENT.encode() in raw else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """One document with the text as it is seen; raises Unreadable for a bomb, a password, or broken XML."""
    files = entries(raw)
    if _DOCUMENT not in files:
        raise NotMine
    text = _text(files)
    if not text.strip():
        raise Unreadable("the Word document has no words in it; pictures in it are not read")
    return (Document(reader=NAME, text=text, original=forwarded(text, context.rules)),)


def _text(files: dict[str, bytes]) -> str:
    # Imported late: few documents are Word documents.
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(files[_DOCUMENT], forbid_dtd=True)
        relations = fromstring(files.get(_RELATIONS, b"<none/>"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Unreadable(f"the Word document is broken: {str(error)[:150]}") from None
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations if one.get("TargetMode") == "External"}
    text = "".join(_pieces(root, targets))
    return clean(re.sub(r"[ \t]+\n", "\n", text)).strip("\n") + "\n"


def _pieces(root: Any, targets: dict[str, str]) -> Iterator[str]:
    """The words and breaks in order; an element that has been entered stands on the stack once more, to be left."""
    waiting: list[tuple[Any, bool]] = [(root, False)]
    last = ""
    while waiting:
        element, left = waiting.pop()
        tag = str(element.tag).rpartition("}")[2]
        if left:
            yield _ENDS.get(tag, "") or _address(element, tag, last, targets)
        elif tag == "t":
            last = element.text or ""
            yield last
        elif tag in _WRITTEN:
            yield _WRITTEN[tag]
        elif tag not in _UNSEEN:
            waiting.append((element, True))
            waiting.extend((child, False) for child in reversed(element))


def _address(element: Any, tag: str, words: str, targets: dict[str, str]) -> str:
    """Where a link leads, unless the words before say so."""
    identity = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
    target = targets.get(identity, "") if tag == "hyperlink" else ""
    return f" <{target}> " if target and target.rstrip("/") != words.strip().rstrip("/") else ""
