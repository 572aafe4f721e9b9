"""A listing page, fetched and read: its state, its fields with the source of each, its pictures' addresses."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from noticedesk.gather.capture import Capture, captured, failed
from noticedesk.gather.json_ld import json_ld
from noticedesk.gather.markup import Markup, absolute, base_of, markup
from noticedesk.gather.place import same_item
from noticedesk.gather.rules import Field, GatherRules, PageRule
from noticedesk.gather.sources import Told, open_graph, plain, refresh, selected
from noticedesk.http import Page, Refused, Unreachable
from noticedesk.model.evidence import EvidenceRole, Outcome

Fetch = Callable[[str], Page]

_LONGEST: dict[Field, int] = {"description": 50_000}
_LONGEST_OTHER = 1_000
_MOST_IMAGES = 200
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a listing page told. `origins` says for each field where it stood; `notes` what a reviewer should know.

    `outcome` other than fetched comes with a `problem` and no fields. `price` is the text as the page states it.
    """

    outcome: Outcome
    title: str = ""
    description: str = ""
    brand: str = ""
    price: str = ""
    currency: str = ""
    seller: str = ""
    account: str = ""
    images: tuple[str, ...] = ()
    captures: tuple[Capture, ...] = ()
    problem: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def gather_listing(url: str, rules: GatherRules, fetch: Fetch, now: datetime) -> Gathered:
    """What the listing at a URL shows, with the capture of its page; never raises for what a server may do."""
    try:
        page = fetch(url)
    except (Refused, Unreachable) as error:
        attempt = failed(url, error, EvidenceRole.PAGE, now)
        return Gathered(outcome=attempt.outcome, captures=(attempt,), problem=attempt.problem)
    capture = captured(url, page, EvidenceRole.PAGE, now)
    if page.status >= 400:
        return _without(capture, Outcome.GONE, f"the server answered {page.status}")
    rule = _rule(page.url, rules)
    read = markup(page.body, page.headers)
    gone = _gone(page, read, rule)
    if gone:
        return _without(capture, Outcome.GONE, gone)
    if not same_item(url, page.url, rules):
        return _without(capture, Outcome.UNREACHABLE, f"the server sent on to {page.url}, which is not this item")
    return replace(_read(page, read, rules), captures=(capture,))


def _without(capture: Capture, outcome: Outcome, problem: str) -> Gathered:
    return Gathered(outcome=outcome, captures=(replace(capture, outcome=outcome, problem=problem),), problem=problem)


def _rule(url: str, rules: GatherRules) -> PageRule | None:
    host = urlsplit(url).netloc.lower()
    names = (host, host.partition(":")[0])
    fits = (
        rule
        for rule in rules.pages
        if any(name == one or name.endswith(f".{one}") for one in rule.hosts for name in names)
    )
    return next(fits, None)


def _gone(page: Page, read: Markup, rule: PageRule | None) -> str:
    """Why the page says, with status 200, that its item is gone; "" if it does not."""
    if rule is None:
        return ""
    path = urlsplit(page.url).path
    if any(pattern.search(path) for pattern in rule.gone.paths):
        return f"the server sent on to {page.url}"
    for selector in rule.gone.selectors:
        if read.select(selector):
            return f"the page holds {selector}"
    text = read.text().casefold() if rule.gone.texts else ""
    return next((f'the page says "{said}"' for said in rule.gone.texts if said.casefold() in text), "")


def _read(page: Page, read: Markup, rules: GatherRules) -> Gathered:
    """The fields of a page, each from the first source that has it: JSON-LD, OpenGraph, selectors, the plain page."""
    soup = read.soup
    product, unread = json_ld(soup, rules, page.url)
    notes = [*read.notes, *unread]
    told: list[tuple[str, Told]] = [
        ("json-ld", product),
        ("opengraph", open_graph(soup)),
        ("selector", selected(read, _rule(page.url, rules))),
        ("html", plain(soup)),
    ]
    values, origins = _best(told, notes)
    images, origin = _images(told, base_of(soup, page.url), notes)
    target = refresh(soup)
    if target:
        notes.append(f"the page would send a visitor on to {target[:300]}; that was not followed")
    if not values and not images:
        notes.append("the page shows no title, no text and no picture that could be read")
    return Gathered(
        outcome=Outcome.FETCHED,
        title=values.get("title", ""),
        description=values.get("description", ""),
        brand=values.get("brand", ""),
        price=values.get("price", ""),
        currency=values.get("currency", ""),
        seller=values.get("seller", ""),
        account=values.get("account", ""),
        images=images,
        origins=origins | origin,
        notes=tuple(notes),
    )


def _best(told: list[tuple[str, Told]], notes: list[str]) -> tuple[dict[Field, str], dict[str, str]]:
    """For each field the first text that any source has, and the source."""
    values: dict[Field, str] = {}
    origins: dict[str, str] = {}
    for origin, fields in told:
        for name, found in fields.items():
            text = next((text for text in map(_tidy, found) if text), "")
            if text and name != "images" and name not in values:
                values[name], origins[name] = _shortened(name, text, notes), origin
    return values, origins


def _images(told: list[tuple[str, Told]], base: str, notes: list[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The addresses of all pictures in the order of the sources, each once; `origins` names the first source."""
    found: dict[str, str] = {}
    for origin, address in _addresses(told):
        url = absolute(_tidy(address), base)
        if url:
            found.setdefault(url, origin)
        else:
            notes.append(f"a picture's address is not of the web: {address[:60]}")
    if len(found) > _MOST_IMAGES:
        notes.append(f"the page names {len(found)} pictures; the first {_MOST_IMAGES} are kept")
    images = tuple(found)[:_MOST_IMAGES]
    return images, {"images": found[images[0]]} if images else {}


def _addresses(told: list[tuple[str, Told]]) -> Iterator[tuple[str, str]]:
    for origin, fields in told:
        yield from ((origin, address) for address in fields.get("images", ()) if address.strip())


def _tidy(text: str) -> str:
    """The text in one line, without characters that no text holds (half surrogates, controls)."""
    return " ".join(_UNFIT.sub("\ufffd", text).split())


def _shortened(name: Field, text: str, notes: list[str]) -> str:
    most = _LONGEST.get(name, _LONGEST_OTHER)
    if len(text) > most:
        notes.append(f"the {name} has {len(text)} characters; the first {most} are kept")
    return text[:most]
