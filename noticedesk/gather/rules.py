"""The form of config/gather.yaml: which item a URL names, what a page tells, what is taken as a picture."""

import re
from collections.abc import Iterable
from dataclasses import field, replace
from typing import Annotated, Literal

from pydantic import AfterValidator

from noticedesk.gather.markup import xpath
from noticedesk.http import Origin, Policy
from noticedesk.model.service import Service
from noticedesk.settings import shape

Field = Literal["title", "description", "brand", "price", "currency", "seller", "account", "images"]

_ATTRIBUTE = re.compile(r"@([\w-]+)$")


def split_selector(selector: str) -> tuple[str, str]:
    """A selector and the attribute that is read from what it selects: `img.main@src`; "" reads the text."""
    found = _ATTRIBUTE.search(selector)
    return (selector[: found.start()], found[1]) if found else (selector, "")


def _selects(selector: str) -> str:
    xpath(split_selector(selector)[0])
    return selector


def _names_item(pattern: re.Pattern[str]) -> re.Pattern[str]:
    if "item" not in pattern.groupindex:
        raise ValueError(f"{pattern.pattern} has no group named item: (?P<item>...)")
    return pattern


def _takes_item(template: str) -> str:
    if template and "{item}" not in template:
        raise ValueError(f"{template} does not say where {{item}} stands")
    return template


Selector = Annotated[str, AfterValidator(_selects)]
ItemPattern = Annotated[re.Pattern[str], AfterValidator(_names_item)]
Template = Annotated[str, AfterValidator(_takes_item)]


@shape
class ItemRule:
    """How URLs of a service name an item. No hosts: every host of the service. Patterns see `/path?query`."""

    service: str
    hosts: tuple[str, ...] = ()
    patterns: tuple[ItemPattern, ...]
    canonical: Template = ""


@shape
class Gone:
    """What tells that a page answers 200 for an item that is no longer there."""

    texts: tuple[str, ...] = ()
    selectors: tuple[Selector, ...] = ()
    paths: tuple[re.Pattern[str], ...] = ()


@shape
class PageRule:
    """What the pages of some hosts tell beyond JSON-LD and OpenGraph: CSS selectors by field, best first."""

    hosts: tuple[str, ...]
    fields: dict[Field, tuple[Selector, ...]] = field(default_factory=dict)
    gone: Gone = Gone()


@shape
class MediaRule:
    """Which media are taken: their types by signature, the most pixels, and how many of one listing or work."""

    types: tuple[str, ...]
    pixels: int
    most: int


@shape
class Exempt:
    """An origin that may be asked although it is private or on an unusual port."""

    scheme: Literal["http", "https"]
    host: str
    port: int


@shape
class Manners:
    """How hosts are asked: the pauses between two requests to one host in seconds, and the origins that are exempt."""

    interval: float
    own_interval: float
    robots: bool
    exempt: tuple[Exempt, ...] = ()

    @property
    def origins(self) -> frozenset[Origin]:
        """The exempt origins, as a policy takes them."""
        return frozenset((one.scheme, one.host.lower(), one.port) for one in self.exempt)

    def admit(self, policy: Policy, services: Iterable[Service]) -> Policy:
        """The policy (PAGES, MEDIA) with these manners, the hosts of the services being our own."""
        return replace(
            policy,
            exempt=self.origins,
            interval=self.interval,
            own_interval=self.own_interval,
            robots=self.robots,
            own=tuple(host.partition(":")[0].lower() for service in services for host in service.hosts),
        )


@shape
class GatherRules:
    """config/gather.yaml."""

    tracking: tuple[str, ...]
    product_types: tuple[str, ...]
    of_others: tuple[str, ...]
    items: tuple[ItemRule, ...] = ()
    pages: tuple[PageRule, ...] = ()
    media: MediaRule
    manners: Manners
