"""Signed webhooks (Standard Webhooks): requests to the platform with its answers, and the check of its events."""

import binascii
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from noticedesk import http
from noticedesk.desk.act import contract
from noticedesk.desk.policy import Platform
from noticedesk.model.letter import Outbox
from noticedesk.settings import SettingError


class Answer(StrEnum):
    """What the platform says to a request: done, or that it will say later."""

    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"


class NotConfirmed(ValueError):
    """The platform answered, and did not confirm that it acted; `final` where asking again is of no use."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


class BadSignature(ValueError):
    """A message that does not come from the platform, or cannot be shown to."""


def require(platform: Platform, secret: str) -> None:
    """Raises SettingError unless there is a platform to act on, and a usable secret to sign with."""
    if not platform.webhook or not secret:
        raise SettingError("no platform to act on: set `webhook` in platform.yaml and NOTICEDESK_WEBHOOK_SECRET")
    _signer(secret, "NOTICEDESK_WEBHOOK_SECRET")


def send(platform: Platform, secret: str, row: Outbox, now: datetime) -> Answer:
    """Sends one request and returns what the platform says: confirmed at once (200, 201) or accepted (202).

    The id of the message is the row's idempotency key, so a repeat has no second effect. Raises NotConfirmed,
    http.Refused or http.Unreachable; SettingError where no platform is configured.
    """
    require(platform, secret)
    headers = {
        "content-type": "application/json",
        "webhook-id": row.key,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(row.key, now, row.body),
    }
    url = platform.webhook or ""
    answer = http.post(url, row.body.encode(), headers, http.CONFIGURED)
    if answer.status == 202:
        return Answer.ACCEPTED
    if answer.status not in (200, 201):
        raise NotConfirmed(f"{url} answered {answer.status}: {answer.body[:200].decode(errors='replace')}")
    return _judged(url, row, answer.body)


def _judged(url: str, row: Outbox, body: bytes) -> Answer:
    try:
        said = contract.read("answer", body)
    except contract.NotConforming as error:
        raise NotConfirmed(f"{url} answered what confirms nothing: {error}") from None
    if said.get("idempotency_key", row.key) != row.key:
        raise NotConfirmed(f"{url} answered about {said['idempotency_key']}, and {row.key} was asked for")
    if str(said["type"]).endswith(".failed"):
        raise NotConfirmed(f"{url} answered {said['type']}: {said['why']}", final=said.get("final") is True)
    return Answer.CONFIRMED


def verify(secrets: str, headers: Mapping[str, str], body: bytes) -> str:
    """The id of a message that one of the secrets (separated by spaces) signed within five minutes; or BadSignature.

    Several secrets are for the time in which one is exchanged for another.
    """
    if not secrets.split():
        raise BadSignature("no event is taken before NOTICEDESK_PLATFORM_SECRET is set")
    signers = [_signer(secret, "NOTICEDESK_PLATFORM_SECRET") for secret in secrets.split()]
    given = {name.lower(): value for name, value in headers.items()}
    why = ""
    for signer in signers:
        try:
            signer.verify(body, given, json_parse=False)
            return given["webhook-id"]
        except (WebhookVerificationError, ValueError) as error:
            # a signature or body that cannot be decoded at all raises ValueError
            why = str(error)
    raise BadSignature(f"the signature is not good: {why}")


def _signer(secret: str, name: str) -> Webhook:
    try:
        return Webhook(secret)
    except (binascii.Error, ValueError, RuntimeError) as error:
        raise SettingError(f"{name} is no secret of Standard Webhooks (whsec_ and base64): {error}") from None
