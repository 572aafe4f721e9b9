"""What JSON-LD says a page offers (schema.org Product and its kind), however it is nested, listed or broken."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup

from noticedesk.gather.markup import absolute
from noticedesk.gather.rules import Field
from noticedesk.gather.sources import Told

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

_DEEPEST = 12
_WRAPPED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_SPARE_COMMA = re.compile(r",(?=\s*[}\]])")
# What a page shows beside its own product.
_OF_OTHERS = frozenset({"isRelatedTo", "isSimilarTo", "isAccessoryOrSparePartFor", "review", "hasVariant"})


def json_ld(soup: BeautifulSoup, types: Iterable[str], url: str) -> tuple[Told, list[str]]:
    """What the page's product says, and a note for each block that could not be read."""
    notes: list[str] = []
    products = [one for block in _blocks(soup, notes) for one in _products(block, frozenset(types))]
    own = [one for one in products if any(absolute(name, url) == url for name in _texts(one.get("url")))]
    chosen = (own or products or [{}])[0]
    return {field: tuple(values) for field, values in _fields(chosen).items()}, notes


def _blocks(soup: BeautifulSoup, notes: list[str]) -> Iterator[Json]:
    scripts = soup.find_all("script", type=re.compile(r"^\s*application/ld\+json", re.IGNORECASE))
    for number, script in enumerate(scripts, 1):
        text = _WRAPPED.sub("", _WRAPPED.sub("", script.get_text()))
        try:
            yield _parsed(text)
        except (ValueError, RecursionError) as error:
            notes.append(f"block {number} of JSON-LD cannot be read ({type(error).__name__}: {str(error)[:100]})")


def _parsed(text: str) -> Json:
    """The JSON, raw line breaks inside strings and spare commas forgiven."""
    try:
        return _loaded(text)
    except json.JSONDecodeError:
        return _loaded(_SPARE_COMMA.sub("", text))


def _loaded(text: str) -> Json:
    value: Json = json.loads(text, strict=False)
    return value


def _products(block: Json, types: frozenset[str]) -> Iterator[dict[str, Json]]:
    """The products of a block, the outer before the inner."""
    waiting: deque[tuple[Json, int]] = deque([(block, 0)])
    while waiting:
        value, depth = waiting.popleft()
        if isinstance(value, dict) and types & _types(value):
            yield value
        if depth < _DEEPEST:
            waiting.extend((inner, depth + 1) for inner in _inner(value))


def _inner(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return [inner for name, inner in value.items() if name not in _OF_OTHERS]
    return value if isinstance(value, list) else []


def _types(value: dict[str, Json]) -> set[str]:
    return {re.split(r"[/#:]", name)[-1] for name in _texts(value.get("@type"))}


def _fields(product: dict[str, Json]) -> dict[Field, list[str]]:
    offers = [offer for offer in _items(product.get("offers")) if isinstance(offer, dict)]
    offers += [inner for offer in offers for inner in _items(offer.get("offers")) if isinstance(inner, dict)]
    prices = [price for offer in offers for price in [offer, *_items(offer.get("priceSpecification"))]]
    sellers = [seller for offer in offers for seller in _items(offer.get("seller"))] + _items(product.get("seller"))
    makers = _items(product.get("brand")) + _items(product.get("manufacturer"))
    images = [image for name in ("image", "contentUrl", "thumbnailUrl") for image in _items(product.get(name))]
    return {
        "title": _each([product], "name", "headline"),
        "description": _each([product], "description"),
        "brand": _each(makers, "name"),
        "price": _each(prices, "price", "lowPrice"),
        "currency": _each(prices, "priceCurrency"),
        "seller": _each(sellers, "name"),
        "account": _each(sellers, "identifier", "url", "@id"),
        "images": _each(images, "contentUrl", "url", "@id"),
    }


def _each(values: Iterable[Json], *names: str) -> list[str]:
    """The first of the named texts of each value; a value that is text itself stands for its first name."""
    found: list[str] = []
    for value in values:
        texts = _texts(value)
        if isinstance(value, dict):
            texts = next((texts for name in names if (texts := _texts(value.get(name)))), [])
        found += texts
    return found


def _texts(value: Json) -> list[str]:
    scalars = (item for item in _items(value) if isinstance(item, str | int | float) and not isinstance(item, bool))
    return [str(item) for item in scalars if str(item).strip()]


def _items(value: Json) -> list[Json]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]
