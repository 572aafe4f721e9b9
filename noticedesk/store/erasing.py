"""Erasing: which columns hold what somebody said or is called, which rows and bytes are a claim's own.

Ids, codes, instants and digests stay, so that the log and the figures still hold; everything else is blanked.
"""

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, Text, and_, cast, delete, exists, func, literal, or_, select, update

from noticedesk.model.alarm import Alarm
from noticedesk.model.claim import Claim
from noticedesk.model.letter import Outbox, OutboxKind
from noticedesk.model.notice import Notice
from noticedesk.model.person import Session
from noticedesk.store import campaigns, records, waiting
from noticedesk.store.database import Look, Transaction
from noticedesk.store.mapping import mapper
from noticedesk.store.tables import casework, claims, conduct, decisions, effects, holders, keeping, submissions, titles
from noticedesk.store.tables.automations import samples

DIGEST: Final = re.compile(r"\b[0-9a-f]{64}\b")

Where = Callable[[Table, str], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Scrub:
    """The columns of a table that are blanked, and which of its rows belong to a claim. `keyed` must stay unique."""

    table: Table
    columns: tuple[str, ...]
    where: Where
    keyed: tuple[str, ...] = ()


def _by_id(table: Table, claim: str) -> ColumnElement[bool]:
    return table.c.id == claim


def _by_claim(table: Table, claim: str) -> ColumnElement[bool]:
    return table.c.claim == claim


def _by_allegation(table: Table, claim: str) -> ColumnElement[bool]:
    return table.c.allegation.in_(_allegations(claim))


def _by_notice(table: Table, claim: str) -> ColumnElement[bool]:
    return table.c.notice.in_(select(claims.notices.c.id).where(claims.notices.c.claim == claim))


def _by_either(table: Table, claim: str) -> ColumnElement[bool]:
    return or_(table.c.id == claim, table.c.id.in_(_allegations(claim)))


def _about(table: Table, claim: str) -> ColumnElement[bool]:
    parties = select(holders.parties.c.id).where(holders.parties.c.claim == claim)
    return or_(table.c.about == claim, table.c.about.in_(parties))


def _by_body(table: Table, claim: str) -> ColumnElement[bool]:
    return table.c.body.in_(select(claims.notices.c.sha256).where(claims.notices.c.claim == claim))


def _own_listing(table: Table, claim: str) -> ColumnElement[bool]:
    """Only listings that no other claim is about."""
    mine = select(claims.allegations.c.listing).where(claims.allegations.c.claim == claim)
    return and_(table.c.id.in_(mine), ~_others(claims.allegations.c.listing == table.c.id, claim))


def _free_listing(table: Table, claim: str) -> ColumnElement[bool]:
    """Of these only the ones on which nothing lies: who is restricted must be found when the measure ends."""
    measure = decisions.restrictions
    lies = exists().where(measure.c.listing == table.c.id, measure.c.lifted_at.is_(None))
    return and_(_own_listing(table, claim), ~lies)


def _own_right(table: Table, claim: str) -> ColumnElement[bool]:
    mine = select(claims.allegations.c.right).where(claims.allegations.c.claim == claim)
    return and_(table.c.id.in_(mine), ~_others(claims.allegations.c.right == table.c.id, claim))


def _of_own_right(table: Table, claim: str) -> ColumnElement[bool]:
    return table.c.right.in_(select(holders.rights.c.id).where(_own_right(holders.rights, claim)))


def _own_mandate(table: Table, claim: str) -> ColumnElement[bool]:
    """The mandates of a principal who has no other claim; asked before the claim itself is blanked."""
    one, other = claims.claims.alias(), claims.claims.alias()
    mine = select(one.c.principal).where(one.c.id == claim, one.c.principal != "")
    return and_(
        func.lower(table.c.principal).in_(mine),
        ~exists().where(other.c.principal.in_(mine), other.c.id != claim, other.c.id.not_in(erased())),
    )


def _others(same: ColumnElement[bool], claim: str) -> ColumnElement[bool]:
    of = claims.allegations.c.claim
    return exists().where(same, of != claim, of.not_in(erased()))


def _allegations(claim: str) -> Any:
    return select(claims.allegations.c.id).where(claims.allegations.c.claim == claim)


def erased() -> Any:
    """The ids of what was erased as a whole."""
    return select(keeping.tombstones.c.about).where(keeping.tombstones.c.sha256 == "")


_SUBMISSION: Final = Scrub(submissions.submissions, ("email", "problem"), _by_body, keyed=("key",))
_INQUIRY: Final = Scrub(claims.inquiries, ("partner", "question", "answer"), _by_notice)
_NOTICE: Final = ("name", "sender", "message_id", "subject", "problem", "last_error")

SCRUBS: Final[tuple[Scrub, ...]] = (
    Scrub(holders.mandates, ("principal", "agent", "proof", "document", "rights"), _own_mandate),
    _SUBMISSION,
    Scrub(holders.permissions, ("holder", "account", "listing", "note"), _of_own_right),
    Scrub(holders.rights, ("holder", "number"), _own_right),
    Scrub(titles.title_keys, ("title", "key"), _own_listing),
    Scrub(holders.listings, ("account", "title"), _own_listing),
    Scrub(holders.listings, ("url",), _free_listing, keyed=("item",)),
    _INQUIRY,
    Scrub(decisions.findings, ("ours", "theirs", "reason", "where", "steps"), _by_allegation),
    Scrub(decisions.proposals, ("question", "why", "parts"), _by_allegation),
    Scrub(decisions.decisions, ("note", "parts"), _by_allegation),
    Scrub(decisions.restrictions, ("parts",), _by_allegation),
    Scrub(decisions.evidence, ("url", "final_url", "problem"), _by_claim),
    Scrub(effects.letters, ("to", "subject", "facts", "problem", "undelivered"), _by_claim),
    Scrub(effects.outbox, ("last_error",), _by_claim),
    Scrub(claims.escalations, ("question", "answer", "outcome"), _by_claim),
    Scrub(casework.notes, ("text",), _by_claim),
    Scrub(samples, ("note",), _by_allegation),
    Scrub(casework.custody, ("snoozed_why",), _by_either),
    Scrub(conduct.fingerprints, ("sketch",), _by_claim),
    Scrub(conduct.sanctions, ("subject", "note"), _by_claim),
    Scrub(keeping.holds, ("why", "lifted_why"), _about),
    Scrub(claims.works, ("title", "description", "mark", "aliases", "registration", "urls", "media"), _by_claim),
    Scrub(holders.parties, ("name", "email", "address", "phone", "account"), _by_claim),
    Scrub(claims.allegations, ("url", "last_error"), _by_claim),
    Scrub(claims.notices, _NOTICE, _by_claim, keyed=("delivery",)),
    Scrub(claims.claims, ("principal", "last_error"), _by_id),
)
"""What is blanked for a claim, in an order in which each can still find its rows."""


def scrub(tx: Transaction, claim: str) -> None:
    """Blanks everything personal in the rows of a claim; what another claim still needs stays with that claim."""
    _overwrite(tx)
    campaigns.drop_bands(tx, [notice.id for notice in records.find(tx, Notice, claim=claim)])
    for one in SCRUBS:
        tx.run(update(one.table).where(one.where(one.table, claim)).values(_blanks(one)))
    for row in records.find(tx, Outbox, claim=claim):
        records.replace(tx, replace(row, body=_order(row)))
    for noun in (records.get(tx, Claim, claim), *records.find(tx, Notice, claim=claim)):
        waiting.touch(tx, noun)


def scrub_notice(tx: Transaction, notice: str) -> None:
    """The same for a notice that belongs to no claim."""
    _overwrite(tx)
    tx.run(update(claims.inquiries).where(claims.inquiries.c.notice == notice).values(_blanks(_INQUIRY)))
    table = claims.notices
    digest = select(table.c.sha256).where(table.c.id == notice).scalar_subquery()
    tx.run(update(submissions.submissions).where(submissions.submissions.c.body == digest).values(_blanks(_SUBMISSION)))
    tx.run(update(table).where(table.c.id == notice).values(_blanks(Scrub(table, _NOTICE, _by_id, ("delivery",)))))
    waiting.touch(tx, records.get(tx, Notice, notice))


def drop_ended(tx: Transaction, kind: type[Alarm] | type[Session], field: str, end: datetime) -> int:
    """Deletes the rows whose instant lies before the end; how many they were."""
    table = mapper(kind).table
    return int(tx.run(delete(table).where(table.c[field] < end)).rowcount)


def digests(look: Look, claim: str) -> set[str]:
    """Every digest that the rows and the log of a claim name: its notices, evidence, letters, pictures and mandates."""
    notices, letters, log = claims.notices, effects.letters, effects.events
    mine = select(notices.c.id).where(notices.c.claim == claim)
    said = [
        *look.run(select(notices.c.sha256).where(notices.c.claim == claim)).scalars(),
        *look.run(select(decisions.evidence.c.sha256).where(decisions.evidence.c.claim == claim)).scalars(),
        *look.run(select(letters.c.sha256).where(letters.c.claim == claim)).scalars(),
        *look.run(select(letters.c.edited_from).where(letters.c.claim == claim)).scalars(),
        *look.run(select(cast(claims.works.c.media, Text)).where(claims.works.c.claim == claim)).scalars(),
        *look.run(select(holders.mandates.c.document).where(_own_mandate(holders.mandates, claim))).scalars(),
        *look.run(select(log.c.details).where(or_(log.c.claim == claim, log.c.subject.in_(mine)))).scalars(),
    ]
    return {found for text in said for found in DIGEST.findall(text or "")}


def used_elsewhere(look: Look, digest: str, but: Collection[str]) -> bool:
    """Whether a record that is not erased, and not one of these claims and notices, still needs the bytes."""
    notices, works = claims.notices, claims.works
    mine = [*but]
    whole = and_(notices.c.id.not_in(mine), notices.c.id.not_in(erased()))
    queries = [
        select(literal(1)).where(
            notices.c.sha256 == digest, whole, or_(notices.c.claim.is_(None), _not(notices.c.claim, mine))
        ),
        select(literal(1)).where(decisions.evidence.c.sha256 == digest, _not(decisions.evidence.c.claim, mine)),
        select(literal(1)).where(
            or_(effects.letters.c.sha256 == digest, effects.letters.c.edited_from == digest),
            _not(effects.letters.c.claim, mine),
        ),
        select(literal(1)).where(
            holders.mandates.c.document == digest, *(~_own_mandate(holders.mandates, one) for one in mine)
        ),
        select(literal(1)).where(cast(works.c.media, Text).contains(digest), _not(works.c.claim, mine)),
        select(literal(1)).where(
            submissions.submissions.c.body == digest,
            submissions.submissions.c.taken_at.is_(None),
            submissions.submissions.c.email != "",
        ),
    ]
    return any(look.run(query.limit(1)).first() is not None for query in queries)


def _not(claim: ColumnElement[str], mine: Collection[str]) -> ColumnElement[bool]:
    return and_(claim.not_in(mine), claim.not_in(erased()))


def _blanks(one: Scrub) -> dict[str, Any]:
    kept_apart: dict[str, Any] = {name: literal("erased:") + one.table.c.id for name in one.keyed}
    return kept_apart | {name: _blank(one.table, name) for name in one.columns}


def _blank(table: Table, name: str) -> Any:
    if table.c[name].nullable:
        return None
    return "" if isinstance(table.c[name].type, Text) else []


def _order(row: Outbox) -> str:
    """The body of an effect with nothing but the id of its decision, by which it is still known."""
    data = json.loads(row.body).get("data", {}) if row.kind in _OF_A_DECISION and row.body else {}
    return json.dumps({"data": {"id": data["id"]}}) if "id" in data else ""


_OF_A_DECISION: Final = frozenset({OutboxKind.WEBHOOK, OutboxKind.STATEMENT})
"""The effects whose body names the decision that they carry out."""


def _overwrite(tx: Transaction) -> None:
    """SQLite leaves what was replaced in its file unless told to overwrite it."""
    if not tx.on_postgres:
        tx.connection.exec_driver_sql("PRAGMA secure_delete=ON").close()
