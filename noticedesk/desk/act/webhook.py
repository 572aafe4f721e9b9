"""Signed webhooks to the platform (Standard Webhooks), and its confirmation."""

import json
from datetime import datetime

from standardwebhooks.webhooks import Webhook

from noticedesk import http
from noticedesk.desk.policy import Platform
from noticedesk.model.letter import Outbox
from noticedesk.settings import SettingError


class NotConfirmed(ValueError):
    """The platform answered, and did not confirm that it acted."""


def send(platform: Platform, secret: str, row: Outbox, now: datetime) -> None:
    """Sends one request and returns when the platform has confirmed it.

    The id of the message is the row's idempotency key, so a repeat has no second effect. Raises NotConfirmed,
    http.Refused or http.Unreachable; SettingError where no platform is configured.
    """
    if not platform.webhook or not secret:
        raise SettingError("no platform to act on: set `webhook` in platform.yaml and NOTICEDESK_WEBHOOK_SECRET")
    headers = {
        "content-type": "application/json",
        "webhook-id": row.key,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(row.key, now, row.body),
    }
    answer = http.post(platform.webhook, row.body.encode(), headers, http.CONFIGURED)
    if answer.status not in (200, 201):
        raise NotConfirmed(f"{platform.webhook} answered {answer.status}: {answer.body[:200].decode(errors='replace')}")
    said = _parsed(answer.body)
    if said.get("type") != "action.confirmed":
        raise NotConfirmed(f"{platform.webhook} answered {said.get('type')}: {said.get('why', 'no reason given')}")


def _parsed(body: bytes) -> dict[str, object]:
    try:
        said = json.loads(body)
    except ValueError as error:
        raise NotConfirmed(f"the platform's answer is no JSON: {error}") from None
    if not isinstance(said, dict):
        raise NotConfirmed("the platform's answer is no JSON object")
    return said
