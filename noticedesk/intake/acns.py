"""Reads ACNS XML, versions 0.6 to 1.2 (acns.net, MPL-ACNS2): a file of its own, or a block inside a letter.

ACNS says what was seen where and by whom; the statements that the law asks for stand in the letter around it, which
therefore stays in the document.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from noticedesk.intake.charset import decode
from noticedesk.intake.context import Context, Documents, Unreadable
from noticedesk.intake.quotes import quoted
from noticedesk.intake.rendering import Rendering
from noticedesk.model.document import Document, Field, Span

NAME = "acns"

ROOTS = ("Infringement", "NoticeAck", "NoticeStatus", "StatusUpdate", "StatusRequest", "CounterNotice")

FIELDS = {
    "Case/ID": Field.CASE_ID,
    "Complainant/Entity": Field.COMPLAINANT_COMPANY,
    "Complainant/Contact": Field.COMPLAINANT_NAME,
    "Complainant/Address": Field.COMPLAINANT_ADDRESS,
    "Complainant/Phone": Field.COMPLAINANT_PHONE,
    "Complainant/Email": Field.COMPLAINANT_EMAIL,
    "Source/TimeStamp": Field.OBSERVED_AT,
    "Source/IP_Address": Field.IP_ADDRESS,
    "Source/Port": Field.PORT,
    "Source/Type": Field.PROTOCOL,
    "Source/UserName": Field.ACCOUNT,
    "Content/Item/TimeStamp": Field.OBSERVED_AT,
    "Content/Item/Title": Field.WORK_TITLE,
    "Content/Item/FileName": Field.FILE_NAME,
    "Content/Item/URL": Field.INFRINGING_URL,
    "Content/Item/Type": Field.WORK_KIND,
    "Content/Item/Hash": Field.FILE_HASH,
    "Type@Retraction": Field.RETRACTION,
    "Notes": Field.MESSAGE,
    "TextNotice": Field.MESSAGE,
}

_START = re.compile(rf"<(?P<root>(?:[\w.-]{{1,40}}:)?(?:{'|'.join(ROOTS)}))(?=[\s>])")
_BEFORE = re.compile(r"<\?xml[^>]{0,300}>[\s>]{0,80}\Z")
_PROLOGUE = re.compile(r"\A\s*<\?xml[^>]*>")
_CITED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_BARE_AMPERSAND = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)", re.DOTALL
)
_MOST_BLOCKS = 500
_MAX_DEPTH = 30


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A value: its path, the same without numbers, and the number of the Content/Item it belongs to."""

    path: str
    pattern: str
    value: str
    item: int


def score(raw: bytes, name: str) -> float:
    """Sure when the root element of an ACNS message is opened and closed in the text."""
    opened = any(f"<{root}".encode() in raw or f":{root}".encode() in raw for root in ROOTS)
    return 0.7 if opened and any(f"{root}>".encode() in raw for root in ROOTS) else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """A document for each block of XML, in the letter around it; raises Unreadable when no block can be parsed."""
    text = decode(raw)
    places = list(_places(text))
    blocks = {_bare(text[start:end]): (start, end) for start, end in reversed(places)}
    if not blocks:
        raise Unreadable("its ACNS XML ends before it is complete")
    if len(blocks) > _MOST_BLOCKS:
        raise Unreadable(f"{len(blocks):,} ACNS blocks in one text are more than the {_MOST_BLOCKS} that are read")
    return tuple(_document(text, places, at, parsed(block), context) for block, at in reversed(blocks.items()))


def _places(text: str) -> Iterator[Span]:
    """Where the blocks stand, each from its prologue to the end of its root; linear, whatever is never closed."""
    position, unclosed = 0, set[str]()
    while match := _START.search(text, position):
        root = match.group("root")
        end = -1 if root in unclosed else text.find(f"</{root}", match.end())
        position = match.end() if end < 0 else (text.find(">", end) + 1 or len(text))
        if end < 0:
            unclosed.add(root)
            continue
        before = _BEFORE.search(text[max(0, match.start() - 400) : match.start()])
        yield match.start() - (len(before.group()) if before else 0), position


def parsed(block: str) -> Element:
    """The root element; bare ampersands are mended, entities and a DTD refused; raises Unreadable with the place."""
    # Imported late: most documents hold no XML.
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(_BARE_AMPERSAND.sub(_mended, block), forbid_dtd=True)
    except ParseError as error:
        raise Unreadable(f"its ACNS XML is broken: {error}") from None
    except DefusedXmlException as error:
        raise Unreadable(f"its ACNS XML holds what is not allowed: {error!r}") from None


def _bare(block: str) -> str:
    """A block without its prologue, which is wrong as often as not, and without the marks of a quotation."""
    lines = block.splitlines()
    cited = sum(line.lstrip().startswith(">") for line in lines) * 2 > len(lines)
    return _PROLOGUE.sub("", _CITED.sub("", block) if cited and len(lines) > 1 else block).strip()


def _mended(match: re.Match[str]) -> str:
    return "&amp;" if match.group() == "&" else match.group()


def _document(text: str, places: list[Span], at: Span, root: Element, context: Context) -> Document:
    """One block rendered in its place, in the text without the other blocks."""
    rendering = Rendering(_between(text, 0, [place for place in places if place[1] <= at[0]], at[0]))
    after = _between(text, at[1], [place for place in places if place[0] >= at[1]], len(text))
    kind = _tag(root)
    rendering.say(f"ACNS {kind}")
    for leaf in _leaves(root):
        rendering.add(_label(leaf.path), leaf.value, leaf.path, FIELDS.get(leaf.pattern), leaf.item)
    rendering.say(after)
    return Document(
        reader=NAME, text=rendering.text, answers=rendering.answers, quoted=quoted(rendering.text, context.rules)
    )


def _between(text: str, start: int, places: list[Span], end: int) -> str:
    """The text from start to end without what stands at the places."""
    pieces = []
    for place in places:
        pieces.append(text[start : place[0]])
        start = place[1]
    return "".join([*pieces, text[start:end]])


def _leaves(root: Element) -> Iterator[_Leaf]:
    """Every text and attribute in the order of the document; an element that occurs twice is numbered."""
    waiting: list[tuple[Element, str, str, int]] = [(root, "", "", 0)]
    while waiting:
        element, path, pattern, item = waiting.pop()
        value = (element.text or "").strip()
        if value and path:
            yield _Leaf(path, pattern, value, item)
        for name, given in element.attrib.items():
            if not name.startswith("{") and given.strip():
                yield _Leaf(f"{path}@{name}", f"{pattern}@{name}", given.strip(), item)
        if path.count("/") < _MAX_DEPTH:
            waiting.extend(reversed(list(_children(element, path, pattern, item))))


def _children(element: Element, path: str, pattern: str, item: int) -> Iterator[tuple[Element, str, str, int]]:
    tags = [_tag(child) for child in element]
    times = Counter(tags)
    seen: dict[str, int] = {}
    for child, tag in zip(element, tags, strict=True):
        seen[tag] = seen.get(tag, 0) + 1
        numbered = f"{tag}[{seen[tag]}]" if times[tag] > 1 else tag
        below = f"{pattern}/{tag}".lstrip("/")
        yield child, f"{path}/{numbered}".lstrip("/"), below, seen[tag] if below == "Content/Item" else item


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _label(path: str) -> str:
    words = re.sub(r"[/@_\[\]]+", " ", path).strip()
    return words[:1] + words[1:].lower() if words else "ACNS"
