"""Secrets that somebody carries and of which the store keeps only the digest."""

import hashlib
import hmac
import secrets
from typing import Final, TypeVar

from noticedesk.model.person import Session, Token
from noticedesk.model.submission import SenderToken, Submission
from noticedesk.store.database import Look
from noticedesk.store.records import find

_BYTES: Final = 32


class NotAccepted(PermissionError):
    """What was shown is not one of ours, has ended, or belongs to somebody who is no longer active."""


K = TypeVar("K", Token, Session, SenderToken, Submission)


def new_secret() -> tuple[str, str]:
    """A secret of 256 bits, and the digest to keep of it."""
    secret = secrets.token_hex(_BYTES)
    return secret, digest(secret)


def digest(secret: str) -> str:
    """The sha256 of a secret; of no use without it, because 256 bits cannot be guessed."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def carried(look: Look, kind: type[K], shown: str) -> K | None:
    """The noun whose `<id>_<secret>` is shown; None for anything else."""
    id, _, secret = shown.strip().partition("_")
    kept = find(look, kind, id=id)
    return next((one for one in kept if hmac.compare_digest(one.sha256, digest(secret))), None)
