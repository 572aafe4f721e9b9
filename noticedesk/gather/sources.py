"""What a page tells about its listing, by source: JSON-LD, OpenGraph, configured selectors, the plain page."""

from bs4 import BeautifulSoup
from lxml import etree

from noticedesk.gather.markup import Markup
from noticedesk.gather.rules import Field, PageRule, split_selector

Told = dict[Field, tuple[str, ...]]
"""Values by field, best first; images as they stand on the page."""

# Properties of OpenGraph and its product extension (ogp.me), best first.
_OPEN_GRAPH: dict[Field, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title"),
    "description": ("og:description", "twitter:description"),
    "brand": ("product:brand", "og:brand"),
    "price": ("product:price:amount", "og:price:amount"),
    "currency": ("product:price:currency", "og:price:currency"),
    "seller": ("product:retailer_title",),
    "account": ("product:retailer", "product:retailer_part_no"),
    "images": ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"),
}


def open_graph(soup: BeautifulSoup) -> Told:
    """What the meta tags of OpenGraph and Twitter say."""
    said: dict[str, list[str]] = {}
    for tag in soup.find_all("meta", content=True):
        name = str(tag.get("property") or tag.get("name") or "").strip().lower()
        said.setdefault(name, []).append(str(tag["content"]))
    return {
        field: tuple(value for name in names for value in said.get(name, ())) for field, names in _OPEN_GRAPH.items()
    }


def selected(page: Markup, rule: PageRule | None) -> Told:
    """What the configured selectors find."""
    fields = rule.fields if rule else {}
    return {
        field: tuple(value for selector in selectors for value in _read(page, selector, field))
        for field, selectors in fields.items()
    }


def plain(soup: BeautifulSoup) -> Told:
    """What every page says: its title and its description."""
    title = soup.find("title")
    described = soup.select_one('meta[name="description" i][content]')
    return {
        "title": (title.get_text(),) if title else (),
        "description": (str(described["content"]),) if described else (),
    }


def refresh(soup: BeautifulSoup) -> str:
    """Where a meta refresh would send the visitor, "" if there is none."""
    for tag in soup.find_all("meta", content=True):
        if str(tag.get("http-equiv", "")).lower() == "refresh":
            _, _, target = str(tag["content"]).partition(";")
            return target.strip().partition("=")[2].strip("'\" ") if target else ""
    return ""


def _read(page: Markup, selector: str, field: Field) -> list[str]:
    """What the selected elements hold: the named attribute, a picture's source, a meta tag's content, else the text."""
    css, attribute = split_selector(selector)
    attribute = attribute or ("src" if field == "images" else "")
    return [_value(element, attribute) for element in page.select(css)]


def _value(element: etree._Element, attribute: str) -> str:
    attribute = attribute or ("content" if element.tag == "meta" else "")
    return str(element.get(attribute, "")) if attribute else " ".join(element.itertext())
