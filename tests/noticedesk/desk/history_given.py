"""What a history is given: a fresh desk with its configuration, and what lies beyond it."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import yaml

from noticedesk import http
from noticedesk.desk.act import lookup, smtp, webhook
from noticedesk.desk.desk import Desk
from noticedesk.model.action import Reason
from tests.noticedesk.desk.factory import CONFIG, Time, Web, opened
from tests.noticedesk.desk.history import World


@contextmanager
def world(home: Path, given: dict[str, Any]) -> Iterator[World]:
    """A fresh desk for one history."""
    zone = ZoneInfo(given.get("timezone", "America/New_York"))
    web, time = Web(), Time()
    time.now = datetime.fromisoformat(str(given["at"])).replace(tzinfo=zone).astimezone(time.now.tzinfo)
    with ExitStack() as stack:
        desk = stack.enter_context(opened(home, web, time))
        service = desk.services[0]
        there = replace(
            service,
            countries=tuple(given.get("countries", ("US",))),
            agent=replace(service.agent, timezone=zone.key),
        )
        desk = _configured(replace(desk, services=(there,)), home, given)
        made = World(desk, home, web, time, zone, listings=tuple(given.get("listings", ())))
        made.sellers, made.country = dict(given.get("sellers", {})), given.get("country", "")
        _outside(stack, made)
        yield made


def _configured(desk: Desk, home: Path, given: dict[str, Any]) -> Desk:
    """The desk with the configuration that the history asks for, in a folder of its own."""
    if not {"trusted", "transparency", "says", "strikes"} & set(given):
        return desk
    folder = home / "config"
    shutil.copytree(CONFIG, folder)
    if "trusted" in given:
        entry = {"id": "flagger", "name": "Flagger", "coordinator": "Coordinator", "since": date(2026, 1, 1)}
        (folder / "trusted_flaggers.yaml").write_text(yaml.safe_dump([entry | given["trusted"]]), encoding="utf-8")
    rules = folder / "transparency.yaml"
    said = yaml.safe_load(rules.read_text(encoding="utf-8")) | given.get("transparency", {})
    rules.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    if "strikes" in given:
        conduct = yaml.safe_load((folder / "conduct.yaml").read_text(encoding="utf-8"))
        conduct["strikes"]["steps"] = [{"measure": name, "at": at} for name, at in given["strikes"].items()]
        (folder / "conduct.yaml").write_text(yaml.safe_dump(conduct), encoding="utf-8")
    reasons = desk.reasons | {Reason(name): words for name, words in given.get("says", {}).items()}
    return replace(desk, settings=replace(desk.settings, config=folder), reasons=reasons)


class _Line:
    """A mail server that takes every letter."""

    def send(self, raw: bytes, sender: str, to: str) -> str:
        return "250 taken"


def _outside(stack: ExitStack, made: World) -> None:
    """What lies beyond the desk: the platform and the mail server, which say yes unless the history says otherwise."""

    def account(desk: Desk, item: str) -> lookup.Account:
        name = made.sellers.get(item, "pat")
        return lookup.Account(
            account=f"seller-{name}",
            name=name.title(),
            contact=f"{name}@seller.example",
            country=made.country,
            created_at=datetime(2026, 10, 1, tzinfo=UTC),
        )

    def send(*said: object) -> webhook.Answer:
        if not made.platform_answers:
            raise http.Unreachable("https://platform.example", "no answer", again=True)
        made.carry_out(said[2])
        return webhook.Answer.CONFIRMED

    @contextmanager
    def line(to: object) -> Iterator[_Line]:
        yield _Line()

    stack.enter_context(patch.object(lookup, "account", account))
    stack.enter_context(patch.object(webhook, "require", lambda *said: None))
    stack.enter_context(patch.object(webhook, "send", send))
    stack.enter_context(patch.object(smtp, "server", lambda *said: None))
    stack.enter_context(patch.object(smtp, "line", line))
