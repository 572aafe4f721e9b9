"""What JSON-LD says a page offers (schema.org Product and its kind), however it is nested, listed or broken."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup

from noticedesk.gather.markup import absolute
from noticedesk.gather.rules import Field, GatherRules
from noticedesk.gather.sources import Told

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

_DEEPEST = 12
_LONGEST = 1_000_000
_WRAPPED = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$")
_SPARE_COMMA = re.compile(r",(?=\s*[}\]])")
Product = dict[str, Json]


def json_ld(soup: BeautifulSoup, rules: GatherRules, url: str) -> tuple[Told, list[str]]:
    """What the page's product says, and a note for each block that could not be read.

    Of several products it is the one that names the page's URL, then the best type, then the least nested.
    """
    notes: list[str] = []
    products = [one for block in _blocks(soup, notes) for one in _products(block, rules, url)]
    _, chosen = min(products, key=lambda one: one[0], default=((), {}))
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
    if len(text) > _LONGEST:
        raise ValueError(f"{len(text)} characters, more than {_LONGEST}")
    # NaN and Infinity are no JSON, and no price.
    value: Json = json.loads(text, strict=False, parse_constant=lambda _: None)
    return value


def _products(block: Json, rules: GatherRules, url: str) -> Iterator[tuple[tuple[int, ...], Product]]:
    """The products of a block, each with its rank: lower is better."""
    ranks = {name: rank for rank, name in enumerate(rules.product_types)}
    waiting: deque[tuple[Json, int]] = deque([(block, 0)])
    while waiting:
        value, depth = waiting.popleft()
        known = [ranks[name] for name in _types(value) if name in ranks]
        if known and isinstance(value, dict):
            other = all(absolute(name, url) != url for name in _texts(value.get("url")))
            yield (int(other), min(known), depth), value
        if depth < _DEEPEST:
            waiting.extend((inner, depth + 1) for inner in _inner(value, rules.of_others))


def _inner(value: Json, of_others: tuple[str, ...]) -> list[Json]:
    if isinstance(value, dict):
        return [inner for name, inner in value.items() if name not in of_others]
    return value if isinstance(value, list) else []


def _types(value: Json) -> list[str]:
    if not isinstance(value, dict) or "@type" not in value:
        return []
    return [re.split(r"[/#:]", name)[-1] for name in _texts(value["@type"])]


def _fields(product: Product) -> dict[Field, list[str]]:
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
        "account": _each([one for one in sellers if isinstance(one, dict)], "identifier", "url", "@id"),
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
