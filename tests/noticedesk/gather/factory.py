"""Short makers: rules, services, pages, and a fetch that answers from a dictionary."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from noticedesk.gather import GatherRules
from noticedesk.http import Hop, Page, Refused, Unreachable
from noticedesk.model.service import Agent, Service
from noticedesk.settings import conform

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
URL = "https://shop.example/item/7"

_SHIPPED = yaml.safe_load((ROOT / "config" / "gather.yaml").read_text(encoding="utf-8"))
_AGENT = Agent(name="Agent", address="1 Street", email="agent@shop.example", timezone="America/New_York")


def rules(**changes: Any) -> GatherRules:
    """The rules that are shipped, with changes."""
    return conform(_SHIPPED | changes, GatherRules, "gather.yaml")


def service(id: str = "shop", *hosts: str) -> Service:
    return Service(id=id, name=id.title(), hosts=hosts or ("shop.example",), agent=_AGENT)


def page(
    body: bytes | str, media_type: str = "text/html", status: int = 200, url: str = URL, hops: tuple[Hop, ...] = ()
) -> Page:
    content = body.encode() if isinstance(body, str) else body
    return Page(url, status, {"Content-Type": media_type} if media_type else {}, content, hops, "93.184.215.14")


def fetching(*answers: Page | Refused | Unreachable) -> Callable[[str], Page]:
    """A fetch that gives its answers in turn, the last one for ever."""
    waiting = list(answers)

    def fetch(url: str) -> Page:
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Page):
            return answer
        raise answer

    return fetch
