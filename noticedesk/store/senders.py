"""Who may send through the API, and the tokens by which they are known there."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from noticedesk.model.event import Actor
from noticedesk.model.ids import new_id
from noticedesk.model.submission import Sender, SenderToken
from noticedesk.store import news, records
from noticedesk.store.chain import append
from noticedesk.store.database import Look, Transaction
from noticedesk.store.secret import NotAccepted, carried, new_secret

__all__ = [
    "NotAccepted",
    "add_sender",
    "issue_token",
    "note_use",
    "revoke",
    "sender_of",
    "set_active",
    "set_webhook",
    "use_is_noted",
]

_PREFIX: Final = "nds"
_USE_NOTED_EVERY: Final = timedelta(minutes=5)


def add_sender(tx: Transaction, name: str, email: str, actor: Actor, *, now: datetime) -> Sender:
    """A new sender; raises Conflict when the address is another's already."""
    sender = Sender(id=new_id("S"), name=name.strip(), email=email.strip().lower(), created_at=now)
    records.add(tx, sender)
    append(tx, actor, "sender.added", sender.id, None)
    return sender


def set_active(tx: Transaction, sender: str, active: bool, actor: Actor) -> Sender:
    """The sender, allowed to send or no longer; who is not active has no working token."""
    changed = records.replace(tx, replace(records.get(tx, Sender, sender), active=active))
    append(tx, actor, "sender.activated" if active else "sender.deactivated", sender, None)
    return changed


def set_webhook(
    tx: Transaction, sender: str, url: str, actor: Actor, *, now: datetime, new_secret: bool = False
) -> Sender:
    """The sender, told from now on at an address, or nowhere; with a secret of the next turn if asked for."""
    known = records.get(tx, Sender, sender)
    changed = records.replace(tx, replace(known, webhook=url, turn=known.turn + new_secret))
    append(tx, actor, "sender.webhook_set" if url else "sender.webhook_off", sender, None, {"turn": changed.turn})
    if url:
        news.begin(tx, now)
    return changed


def issue_token(tx: Transaction, sender: str, actor: Actor, *, now: datetime) -> str:
    """A new token `nds_<id>_<secret>`, shown once: only the digest of the secret is kept."""
    secret, sha256 = new_secret()
    token = SenderToken(id=new_id("T"), sender=records.get(tx, Sender, sender).id, sha256=sha256, created_at=now)
    records.add(tx, token)
    append(tx, actor, "sender_token.issued", token.id, None, {"sender": sender})
    return f"{_PREFIX}_{token.id}_{secret}"


def sender_of(look: Look, token: str) -> Sender:
    """The active sender whose token this is; raises NotAccepted, which does not say why."""
    known = _token(look, token)
    sender = records.get(look, Sender, known.sender) if known else None
    if known is None or sender is None or known.revoked_at or not sender.active:
        raise NotAccepted("this token is not accepted; ask the desk for a new one")
    return sender


def use_is_noted(look: Look, token: str, *, now: datetime) -> bool:
    """Whether a use of the token was noted a moment ago, so that there is nothing to write."""
    known = _token(look, token)
    return known is not None and known.last_used_at is not None and now - known.last_used_at < _USE_NOTED_EVERY


def note_use(tx: Transaction, token: str, *, now: datetime) -> None:
    """Notes that a token was used, at most once in five minutes."""
    known = _token(tx, token)
    if known and not use_is_noted(tx, token, now=now):
        records.replace(tx, replace(known, last_used_at=now))


def revoke(tx: Transaction, token_id: str, actor: Actor, *, now: datetime) -> None:
    """Ends a token, given by its id (the middle part)."""
    token = records.get(tx, SenderToken, token_id)
    if token.revoked_at is None:
        records.replace(tx, replace(token, revoked_at=now))
        append(tx, actor, "sender_token.revoked", token_id, None, {"sender": token.sender})


def _token(look: Look, text: str) -> SenderToken | None:
    prefix, _, shown = text.strip().partition("_")
    return carried(look, SenderToken, shown) if prefix == _PREFIX else None
