"""Telling a sender of the API by signed webhook (Standard Webhooks), at an address that the sender named."""

import base64
import hashlib
import hmac
from datetime import datetime

from standardwebhooks.webhooks import Webhook

from noticedesk import http
from noticedesk.model.letter import Outbox
from noticedesk.model.submission import Sender
from noticedesk.settings import SettingError

_LEAST = 24
"""The least bytes of the secret that all others are made from (Standard Webhooks: 24 to 64)."""


def require(secret: str) -> None:
    """Raises SettingError unless there is a secret from which those of the senders can be made."""
    if len(secret.encode()) < _LEAST:
        raise SettingError(
            f"senders are told by webhook: set NOTICEDESK_SENDER_SECRET, at least {_LEAST} bytes that nobody can guess"
        )


def secret_of(secret: str, sender: Sender, turn: int) -> str:
    """The secret of one sender in one turn, made from the desk's: none is stored, and none tells another."""
    require(secret)
    made = hmac.new(secret.encode(), f"webhook {sender.id} {turn}".encode(), hashlib.sha256).digest()
    return f"whsec_{base64.b64encode(made).decode()}"


def address(url: str, policy: http.Policy) -> str:
    """The address as it may be told: https, on the public Internet; raises http.Refused."""
    given = http.legible(url)
    origin = http.admit(given, policy)
    if origin[0] != "https" and origin not in policy.exempt:
        raise http.Refused(url, "what is sent there would not be encrypted; give an https address")
    return given


def send(secret: str, sender: Sender, row: Outbox, now: datetime, policy: http.Policy) -> None:
    """Sends what the row holds, signed with the secret of this turn and of the one before, so that either verifies.

    The id of the message is the row's key. Raises http.Refused or http.Unreachable for anything but 2xx.
    """
    turns = (sender.turn, sender.turn - 1) if sender.turn else (sender.turn,)
    signed = (Webhook(secret_of(secret, sender, turn)).sign(row.key, now, row.body) for turn in turns)
    headers = {
        "content-type": "application/json",
        "webhook-id": row.key,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signed),
    }
    http.post(address(sender.webhook, policy), row.body.encode(), headers, policy)
