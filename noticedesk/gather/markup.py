"""A fetched page as a tree: its characters decoded, only the wanted tags kept, at a bounded cost."""

import codecs
from collections.abc import Iterable, Mapping
from email.message import Message
from itertools import islice
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from lxml import etree

from noticedesk.gather.rules import PageRule

# Where JSON-LD, OpenGraph, the title and the base stand; a page without own selectors needs no other tag.
_PLAIN = ("base", "meta", "script", "title")
_NEVER_READ = ("style", "svg", "template", "iframe", "object")
# BeautifulSoup takes about a second for so many.
_MOST_ELEMENTS = 20_000

_MARKS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
# Python decodes these, no browser does; punycode takes quadratic time.
_NOT_OF_PAGES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})


def tree(body: bytes, headers: Mapping[str, str], rule: PageRule | None) -> tuple[BeautifulSoup, list[str]]:
    """The tags of a page that the rule needs, and notes about what was left out.

    lxml sieves first: it bounds the depth, and what it drops costs BeautifulSoup a hundred times as much.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    text = decoded(body, headers).encode("utf-8", "replace")
    root = etree.fromstring(text, parser) if text.strip() else None
    if root is None:
        return BeautifulSoup("", "lxml"), []
    deep = any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)
    notes = ["the page nests deeper than any page does; what lies below was not read"] if deep else []
    whole = rule is not None and bool(rule.fields or rule.gone.texts or rule.gone.selectors)
    if whole and _many(root.iter()):
        whole = False
        notes.append(f"the page has more than {_MOST_ELEMENTS} elements; the selectors of its host were not applied")
    if _many(root.iter(*_PLAIN)):
        notes.append(f"the page has more than {_MOST_ELEMENTS} meta tags and scripts; the first were read")
    return BeautifulSoup(_pruned(root) if whole else _picked(root), "lxml"), notes


def _many(elements: Iterable[object]) -> bool:
    return next(islice(elements, _MOST_ELEMENTS, None), None) is not None


def _pruned(root: etree._Element) -> str:
    """The markup without what is never read."""
    etree.strip_elements(root, *_NEVER_READ, with_tail=False)
    for script in root.iter("script"):
        script.text = script.text if _holds_json_ld(script) else None
    return str(etree.tostring(root, method="html", encoding="unicode"))


def _picked(root: etree._Element) -> str:
    """The markup of the plain tags alone, of scripts only those that hold JSON-LD."""
    first = islice(root.iter(*_PLAIN), _MOST_ELEMENTS)
    tags = (tag for tag in first if tag.tag != "script" or _holds_json_ld(tag))
    return "".join(etree.tostring(tag, method="html", encoding="unicode", with_tail=False) for tag in tags)


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
