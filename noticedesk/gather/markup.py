"""A fetched page as trees, its characters decoded, at a bounded cost."""

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from cssselect import HTMLTranslator, SelectorError
from lxml import etree

# Where JSON-LD, OpenGraph, the title and the base stand.
_PLAIN = ("base", "meta", "script", "title")
# BeautifulSoup takes a good part of a second for so many; pages have some hundred.
_MOST = 5_000

_MARKS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
# Python decodes these, no browser does; punycode takes quadratic time.
_NOT_OF_PAGES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})


@dataclass(frozen=True, slots=True)
class Markup:
    """A page twice: its plain tags for BeautifulSoup, and the whole for selectors, where lxml is forty times as fast.

    lxml comes first also because it bounds the depth, at which BeautifulSoup would work for minutes.
    """

    soup: BeautifulSoup
    root: etree._Element
    notes: tuple[str, ...] = ()

    def select(self, selector: str) -> list[etree._Element]:
        """The elements that a CSS selector finds, in the order of the page."""
        return list(xpath(selector)(self.root))

    def text(self) -> str:
        """What a visitor could read, in one line."""
        return " ".join(" ".join(self.root.xpath("//text()[not(parent::script or parent::style)]")).split())


def markup(body: bytes, headers: Mapping[str, str]) -> Markup:
    """The page, and notes about what was left out."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    text = decoded(body, headers).encode("utf-8", "replace")
    root = etree.fromstring(text if text.strip() else b"<html>", parser)
    notes = []
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        notes.append("the page nests deeper than any page does; what lies below was not read")
    plain = list(islice(root.iter(*_PLAIN), _MOST + 1))
    if len(plain) > _MOST:
        notes.append(f"the page has more than {_MOST} meta tags and scripts; the first were read")
    return Markup(BeautifulSoup(_picked(plain[:_MOST]), "lxml"), root, tuple(notes))


@lru_cache(maxsize=1024)
def xpath(selector: str) -> etree.XPath:
    """A CSS selector, compiled; raises ValueError if it is none."""
    try:
        return etree.XPath(HTMLTranslator().css_to_xpath(selector))
    except (SelectorError, etree.XPathSyntaxError) as error:
        raise ValueError(f"{selector} is no CSS selector: {error}") from None


def _picked(tags: Iterable[etree._Element]) -> str:
    """The markup of tags alone, of scripts only those that hold JSON-LD."""
    wanted = (tag for tag in tags if tag.tag != "script" or _holds_json_ld(tag))
    return "".join(etree.tostring(tag, method="html", encoding="unicode", with_tail=False) for tag in wanted)


def _holds_json_ld(script: etree._Element) -> bool:
    return "ld+json" in str(script.get("type", "")).lower()


def decoded(body: bytes, headers: Mapping[str, str]) -> str:
    """The characters of a page: byte order mark, HTTP, then its own declaration; Windows-1252 where all are wrong."""
    mark = next((encoding for mark, encoding in _MARKS if body.startswith(mark)), "")
    declared = str(EncodingDetector.find_declared_encoding(body, is_html=True) or "")
    for encoding in (mark, _charset(headers), declared, "utf-8"):
        text = _decoded(body, encoding)
        if text is not None:
            return text
    return body.decode("windows-1252", "replace")


def absolute(address: str, base: str) -> str:
    """The address as a web URL without fragment, "" if it is none (data:, javascript:, unreadable)."""
    try:
        url = urljoin(base, address.strip()).partition("#")[0].replace(" ", "%20")
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""


def base_of(soup: BeautifulSoup, url: str) -> str:
    """What relative addresses of the page are relative to."""
    tag = soup.select_one("base[href]")
    return absolute(str(tag["href"]), url) or url if tag else url


def _decoded(body: bytes, encoding: str) -> str | None:
    """The characters in a stated encoding, None if it is unknown or wrong."""
    try:
        known = bool(encoding) and codecs.lookup(encoding).name not in _NOT_OF_PAGES
        return body.decode(encoding) if known else None
    except (LookupError, ValueError):
        return None


def _charset(headers: Mapping[str, str]) -> str:
    message = Message()
    message["content-type"] = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    return str(message.get_content_charset() or "")
