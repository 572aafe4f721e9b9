"""HTML to the text that a reader of the page sees, with the address of every link beside its words."""

import re
from typing import Any

_BLOCKS = re.compile(
    "address|article|aside|blockquote|br|center|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|"
    "pre|section|table|tbody|tfoot|thead|tr|ul"
)
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "head", "template", "noscript", "object", "svg"})
_DEEPEST_MARK = 9
_SPACES = re.compile(r"[ \t\n\r\f\xa0]+")
_QUOTE_CLASSES = re.compile(r"\b(?:gmail_quote|moz-cite-prefix|yahoo_quoted|protonmail_quote)\b")


def looks_like_html(text: str) -> bool:
    """Whether a text is an HTML page rather than words with a stray tag."""
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html", "<body", "<head", "<div", "<table", "<p>", "<meta"))


def text_of(page: str) -> str:
    """The visible text of an HTML page; "words <address>" for links, "> " before lines that quote a message."""
    if not page.strip():
        return ""
    # Imported late: most documents are no pages.
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root: Any = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    if any("depth" in entry.message for entry in parser.error_log):
        # The parser drops what is nested beyond its limit; no word may be lost, so the tags go instead.
        return re.sub(r"<[^<>]*>", " ", page)
    writer = _Writer()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            writer.start(element)
        else:
            writer.end(element)
    return writer.text


class _Writer:
    """Collects lines; knows how deep in unseen, preformatted and quoted elements it is."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._unseen = self._preformatted = self._quoting = 0

    def start(self, element: Any) -> None:
        tag = str(element.tag).lower()
        self._unseen += tag in _UNSEEN or _hidden(element)
        self._preformatted += tag == "pre"
        if _BLOCKS.fullmatch(tag):
            self._break()
        if tag in _CELLS and self._line:
            self._line.append("\t")
        self._quoting += _quotes(element, tag)
        if tag in {"p", "blockquote", "pre"}:
            self._blank()
        if tag == "img" and not self._unseen:
            self._write(element.get("alt") or "")
        self._write(element.text)

    def end(self, element: Any) -> None:
        tag = str(element.tag).lower()
        if tag == "a":
            self._address(element)
        if tag != "br" and _BLOCKS.fullmatch(tag):
            self._break()
        if tag in {"p", "blockquote", "pre"}:
            self._blank()
        self._quoting -= _quotes(element, tag)
        self._preformatted -= tag == "pre"
        self._unseen -= tag in _UNSEEN or _hidden(element)
        self._write(element.tail)

    @property
    def text(self) -> str:
        self._break()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n") + "\n"

    @property
    def _mark(self) -> str:
        return "> " * min(self._quoting, _DEEPEST_MARK)

    def _write(self, words: str | None) -> None:
        if not words or self._unseen:
            return
        if not self._preformatted:
            self._line.append(_SPACES.sub(" ", words))
            return
        first, *others = words.split("\n")
        self._line.append(first)
        for other in others:
            self._break(keep_empty=True)
            self._line.append(other)

    def _address(self, element: Any) -> None:
        """Writes the target of a link behind its words, unless the words are the target."""
        target = (element.get("href") or "").strip().removeprefix("mailto:")
        words = "".join(element.itertext()).strip()
        if target and not target.startswith(("#", "javascript:", "data:")) and target.rstrip("/") != words.rstrip("/"):
            self._write(f" <{target}>" if words else f"<{target}>")

    def _break(self, *, keep_empty: bool = False) -> None:
        line = "".join(self._line)
        line = line.rstrip() if self._preformatted else line.strip(" ")
        self._line = []
        if line or keep_empty:
            self._lines.append(self._mark + line)

    def _blank(self) -> None:
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._mark)


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None


def _quotes(element: Any, tag: str) -> bool:
    """Whether the element holds a message being answered, by the marks that mail programs leave."""
    cited = tag == "blockquote" and (element.get("type") == "cite" or element.get("cite") is not None)
    return cited or (tag in {"blockquote", "div"} and _QUOTE_CLASSES.search(element.get("class") or "") is not None)
