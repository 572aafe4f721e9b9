"""Senders: rights holders and agents who may send through the API; an admin lets them in and takes tokens back."""

from datetime import datetime

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.permits import require
from noticedesk.model.person import Act, Person
from noticedesk.model.submission import Sender, SenderToken
from noticedesk.store import records
from noticedesk.store import senders as kept


class UnknownSender(ValueError):
    """No sender or token has that id or address."""


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


def _known(look: store.Look, sender: str) -> Sender:
    known = records.find(look, Sender, id=sender) or records.find(look, Sender, email=sender.strip().lower())
    if not known:
        raise UnknownSender(f"no sender has the id or address {sender}; see noticedesk senders list")
    return known[0]
