"""A fetched page as a tree: its characters decoded, only the wanted tags kept."""

import codecs
from collections.abc import Mapping
from email.message import Message
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, SoupStrainer
from bs4.dammit import EncodingDetector

from noticedesk.gather.rules import PageRule

# Where JSON-LD, OpenGraph, the title and the base stand; a page without own selectors needs no other tag.
_PLAIN = ("script", "meta", "title", "base", "link")

_MARKS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
# Python decodes these, no browser does; punycode takes quadratic time.
_NOT_OF_PAGES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})


def tree(body: bytes, headers: Mapping[str, str], rule: PageRule | None) -> BeautifulSoup:
    """The tags of a page that the rule needs."""
    whole = rule is not None and bool(rule.fields or rule.gone.texts or rule.gone.selectors)
    return BeautifulSoup(decoded(body, headers), "lxml", parse_only=None if whole else SoupStrainer(_PLAIN))


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
