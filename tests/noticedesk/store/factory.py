"""Short makers of nouns, with what a test does not care about filled in."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.event import Actor
from noticedesk.model.letter import Outbox, OutboxKind
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice
from noticedesk.model.person import Person, Role
from noticedesk.model.right import AssetKind, Work
from noticedesk.store.database import Transaction
from noticedesk.store.records import add

BOTH = pytest.mark.parametrize("db", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
"""The same test on both databases."""

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DESK = Actor(name="process")
_numbers = count(1)


def fresh(prefix: str) -> str:
    return f"{prefix}-{next(_numbers):08}"


def claim(**given: Any) -> Claim:
    return Claim(**{"id": fresh("C"), "service": "shop", "received_at": NOON} | given)


def notice(**given: Any) -> Notice:
    id = fresh("N")
    bare = {"id": id, "service": "shop", "channel": "mail", "delivery": id, "sha256": "0" * 64}
    return Notice(**bare | {"received_at": NOON, "ingested_at": NOON} | given)


def listing(**given: Any) -> Listing:
    item = fresh("item")
    return Listing(**{"id": fresh("L"), "service": "shop", "item": item, "url": f"https://shop.example/{item}"} | given)


def effect(claim: str, **given: Any) -> Outbox:
    bare = {"id": fresh("O"), "kind": OutboxKind.WEBHOOK, "key": fresh("key"), "send_after": NOON, "created_at": NOON}
    return Outbox(**bare | {"claim": claim} | given)


def person(**given: Any) -> Person:
    id = fresh("P")
    bare = {"id": id, "name": "Ann", "email": f"{id}@desk.example", "roles": (Role.SPECIALIST,), "created_at": NOON}
    return Person(**bare | given)


def saved_allegation(tx: Transaction, **given: Any) -> Allegation:
    """An allegation with all that it points to."""
    of = claim()
    work = Work(id=fresh("W"), claim=of.id, kind=AssetKind.PHOTO)
    on = listing()
    made = Allegation(**{"id": fresh("A"), "claim": of.id, "work": work.id, "listing": on.id, "url": on.url} | given)
    add(tx, [made, of, work, on])
    return made
