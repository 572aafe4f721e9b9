"""Senders: rights holders and agents who may send through the API; an admin lets them in and takes tokens back."""

from dataclasses import dataclass, field
from datetime import datetime

from noticedesk import http, store
from noticedesk.desk.act import told
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal import news
from noticedesk.desk.staff.permits import require
from noticedesk.model.person import Act, Person
from noticedesk.model.submission import Sender, SenderToken
from noticedesk.store import records
from noticedesk.store import senders as kept


class UnknownSender(ValueError):
    """No sender or token has that id or address."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sender with the secret by which they know that a webhook comes from the desk."""

    sender: Sender
    secret: str = field(repr=False)


def add(db: store.Database, by: Person, name: str, email: str, now: datetime) -> Sender:
    """Lets somebody send through the API; raises NotPermitted, or UnknownSender where the address is none."""
    require(by, Act.MANAGE_PEOPLE)
    if "@" not in email.strip().strip("@"):
        raise UnknownSender(f"{email} is no e-mail address; letters to the sender go to it")
    with db.write() as tx:
        return kept.add_sender(tx, name, email, acting(by), now=now)


def token(db: store.Database, by: Person, sender: str, now: datetime) -> str:
    """A new token for the sender with that id or address, shown once; raises NotPermitted or UnknownSender."""
    require(by, Act.MANAGE_PEOPLE)
    with db.write() as tx:
        return kept.issue_token(tx, _known(tx, sender).id, acting(by), now=now)


def revoke(db: store.Database, by: Person, token: str, now: datetime) -> None:
    """Takes a token back, given by its id (the middle part); raises NotPermitted or UnknownSender."""
    require(by, Act.MANAGE_PEOPLE)
    with db.write() as tx:
        if not records.find(tx, SenderToken, id=token):
            raise UnknownSender(f"no token has the id {token}; it is the part between the two underscores")
        kept.revoke(tx, token, acting(by), now=now)


def webhook(desk: Desk, by: Person, sender: str, url: str | None = None, *, new_secret: bool = False) -> Told:
    """Where the sender is told by webhook, and the secret that signs it; at another address, or with another secret.

    An empty `url` ends it, None changes nothing. With a new secret, messages are signed with the one before as well.
    Raises NotPermitted, UnknownSender, or SettingError where there is no secret to make theirs from.
    """
    require(by, Act.MANAGE_PEOPLE)
    told.require(desk.settings.sender_secret)
    with desk.db.write() as tx:
        known = _known(tx, sender)
        if url is not None or new_secret:
            try:
                address = told.address(url, news.policy(desk)) if url else known.webhook if url is None else ""
            except http.Refused as error:
                raise UnknownSender(f"nobody can be told there: {error.why}") from None
            known = kept.set_webhook(tx, known.id, address, acting(by), now=desk.now(), new_secret=new_secret)
    return Told(known, told.secret_of(desk.settings.sender_secret, known, known.turn))


def _known(look: store.Look, sender: str) -> Sender:
    known = records.find(look, Sender, id=sender) or records.find(look, Sender, email=sender.strip().lower())
    if not known:
        raise UnknownSender(f"no sender has the id or address {sender}; see noticedesk senders list")
    return known[0]
