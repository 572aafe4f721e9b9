"""Questions about conduct that take more than equals: what came of whose messages, strikes, unfounded notices."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, func, or_, select

from noticedesk.model.action import Action
from noticedesk.model.allegation import AllegationState
from noticedesk.model.claim import ClaimState
from noticedesk.model.notice import Verified
from noticedesk.store.database import Look
from noticedesk.store.tables.claims import allegations, claims, notices
from noticedesk.store.tables.decisions import decisions, restrictions
from noticedesk.store.tables.holders import listings, parties

_MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a verified sender sent and what came of it, as far as the last thousand messages tell.

    `refused` are claims refused and allegations dismissed, `overturned` those whose measure did not last; `decided`
    are the allegations about which something was decided.
    """

    messages: int = 0
    claims: int = 0
    decided: int = 0
    refused: int = 0
    overturned: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    services: tuple[tuple[str, int], ...] = ()
    first: datetime | None = None


@dataclass(frozen=True, slots=True)
class Strike:
    """A measure that was carried out on a listing of an account, and stands."""

    allegation: str
    claim: str
    service: str
    account: str
    at: datetime
    ground: str


_DECIDED = (
    AllegationState.ACTIONED,
    AllegationState.DISMISSED,
    AllegationState.RESTORED,
    AllegationState.WITHDRAWN,
    AllegationState.KEPT_DOWN,
    AllegationState.REAPPEARED,
    AllegationState.FORWARDED,
)
_STAND = (AllegationState.ACTIONED, AllegationState.KEPT_DOWN, AllegationState.REAPPEARED)
_TAKEN = (Action.REMOVE, Action.DISABLE, Action.GEO_RESTRICT, Action.REMOVE_PART)


def record(look: Look, sender: str, since: datetime | None = None) -> Record:
    """What came of the verified messages of one address since then."""
    sent = (
        select(notices.c.id, notices.c.claim, notices.c.kind, notices.c.service, notices.c.received_at)
        .where(notices.c.sender == sender, notices.c.verified != Verified.NO.value)
        .order_by(notices.c.id.desc())
        .limit(_MOST)
    )
    if since:
        sent = sent.where(notices.c.received_at > since)
    rows = look.run(sent).all()
    mine = sorted({row.claim for row in rows if row.claim})
    states = _states(look, mine)
    overturned = sum(count for state, count in states.items() if state == AllegationState.RESTORED)
    dismissed = states.get(AllegationState.DISMISSED.value, 0)
    refused = select(func.count()).where(claims.c.id.in_(mine), claims.c.state == ClaimState.REFUSED.value)
    told_no = int(look.run(refused).scalar_one()) if mine else 0
    return Record(
        messages=len(rows),
        claims=len(mine),
        decided=sum(states.get(state.value, 0) for state in _DECIDED) + told_no,
        refused=dismissed + told_no,
        overturned=overturned,
        kinds=_counted([row.kind for row in rows]),
        services=_counted([row.service for row in rows]),
        first=min((row.received_at for row in rows), default=None),
    )


def senders(look: Look, limit: int = 100) -> list[str]:
    """The verified addresses that send most, most first."""
    query = (
        select(notices.c.sender)
        .where(notices.c.sender != "", notices.c.verified != Verified.NO.value)
        .group_by(notices.c.sender)
        .order_by(func.count().desc(), notices.c.sender)
        .limit(limit)
    )
    return list(look.run(query).scalars())


def addresses_of(look: Look, principal: str, before: str = "") -> list[str]:
    """The verified addresses from which the newest claims of a principal came, but for one claim."""
    query = select(notices.c.sender).where(
        notices.c.claim.in_(_newest(principal, before)), notices.c.verified != Verified.NO.value
    )
    return sorted(set(look.run(query).scalars()))


def agents_of(look: Look, principal: str, but: str) -> list[str]:
    """The names of the agents that stood in the newest accepted or closed claims of a principal, but for one claim."""
    accepted = claims.c.state.in_([ClaimState.ACCEPTED.value, ClaimState.CLOSED.value])
    query = (
        select(parties.c.name)
        .where(parties.c.claim.in_(_newest(principal, but).where(accepted)))
        .where(parties.c.role == "agent", parties.c.name != "")
    )
    return sorted(set(look.run(query).scalars()))


def _newest(principal: str, but: str) -> Select[tuple[str]]:
    """The newest claims of a principal but for one: who sends very much is not looked through whole each time."""
    mine = select(claims.c.id).where(claims.c.principal == principal, claims.c.id != but)
    return mine.order_by(claims.c.id.desc()).limit(_MOST)


def known_addresses(look: Look, least: int) -> list[str]:
    """The verified addresses from which at least so many messages came that opened or joined a claim."""
    query = (
        select(notices.c.sender)
        .where(notices.c.claim.is_not(None), notices.c.verified != Verified.NO.value, notices.c.sender != "")
        .group_by(notices.c.sender)
        .having(func.count(func.distinct(notices.c.claim)) >= least)
        .order_by(notices.c.sender)
    )
    return list(look.run(query).scalars())


def without_claim(look: Look, since: datetime, least: int, kinds: Collection[str]) -> list[str]:
    """Of each known sender the first notice since then that says nothing to a case, by id; of `kinds` or unreadable."""
    nothing = or_(notices.c.kind.in_(list(kinds)), notices.c.state == "unreadable")
    recent = (
        select(notices.c.sender, func.min(notices.c.id).label("first"))
        .where(notices.c.ingested_at > since, notices.c.claim.is_(None), notices.c.sender != "", nothing)
        .where(notices.c.verified != Verified.NO.value)
        .group_by(notices.c.sender)
        .subquery("recent")
    )
    yielded = select(func.count(func.distinct(notices.c.claim))).where(
        notices.c.sender == recent.c.sender, notices.c.claim.is_not(None), notices.c.verified != Verified.NO.value
    )
    query = select(recent.c.first).where(yielded.correlate(recent).scalar_subquery() >= least)
    return sorted(look.run(query).scalars())


def strikes(look: Look, since: datetime, of: tuple[str, str] | None = None) -> dict[tuple[str, str], list[Strike]]:
    """The measures that were carried out since then and stand, by service and account (of one, if given), oldest first.

    Restored, withdrawn and contested ones are none.
    """
    query = _STRIKES_OF if of else _STRIKES
    named = dict(zip(("service", "account"), of, strict=True)) if of else {}
    found: dict[tuple[str, str], list[Strike]] = {}
    for row in look.run(query, {"since": since} | named):
        one = Strike(row.id, row.claim, row.service, row.account, row.at, row.regime)
        found.setdefault((row.service, row.account), []).append(one)
    return found


_STRIKES = (
    select(
        allegations.c.id,
        allegations.c.claim,
        listings.c.service,
        listings.c.account,
        func.min(restrictions.c.since).label("at"),
        claims.c.regime,
    )
    .join(listings, listings.c.id == allegations.c.listing)
    .join(restrictions, restrictions.c.allegation == allegations.c.id)
    .join(claims, claims.c.id == allegations.c.claim)
    .where(listings.c.account != "", allegations.c.state.in_([state.value for state in _STAND]))
    .where(restrictions.c.action.in_([action.value for action in _TAKEN]), restrictions.c.lifted_at.is_(None))
    .group_by(allegations.c.id, allegations.c.claim, listings.c.service, listings.c.account, claims.c.regime)
    .having(func.min(restrictions.c.since) > bindparam("since"))
    .order_by("at", allegations.c.id)
)
_STRIKES_OF = _STRIKES.where(listings.c.service == bindparam("service"), listings.c.account == bindparam("account"))


def unfounded(look: Look, sender: str, since: datetime, reasons: Collection[str]) -> list[tuple[str, datetime]]:
    """The claims of a verified sender dismissed since then for one of the reasons, by a decision that stands."""
    query = (
        select(allegations.c.claim, func.min(decisions.c.decided_at).label("at"))
        .distinct()
        .join(decisions, decisions.c.allegation == allegations.c.id)
        .join(notices, notices.c.claim == allegations.c.claim)
        .where(notices.c.sender == sender, notices.c.verified != Verified.NO.value)
        .where(allegations.c.state == AllegationState.DISMISSED.value)
        .where(decisions.c.undone_at.is_(None), decisions.c.reason.in_(list(reasons)), decisions.c.decided_at > since)
        .group_by(allegations.c.claim)
        .order_by("at", allegations.c.claim)
    )
    return [(row.claim, row.at) for row in look.run(query)]


def unfounded_senders(look: Look, since: datetime, reasons: Collection[str], least: int) -> list[str]:
    """The verified senders of whom at least so many claims were dismissed since then for one of the reasons."""
    query = (
        select(notices.c.sender)
        .join(allegations, allegations.c.claim == notices.c.claim)
        .join(decisions, decisions.c.allegation == allegations.c.id)
        .where(notices.c.verified != Verified.NO.value, notices.c.sender != "")
        .where(allegations.c.state == AllegationState.DISMISSED.value)
        .where(decisions.c.undone_at.is_(None), decisions.c.reason.in_(list(reasons)), decisions.c.decided_at > since)
        .group_by(notices.c.sender)
        .having(func.count(func.distinct(notices.c.claim)) >= least)
        .order_by(notices.c.sender)
    )
    return list(look.run(query).scalars())


def _states(look: Look, of: Collection[str]) -> dict[str, int]:
    query = select(allegations.c.state, func.count().label("size")).where(allegations.c.claim.in_(list(of)))
    return {row.state: row.size for row in look.run(query.group_by(allegations.c.state))} if of else {}


def _counted(values: Sequence[str]) -> tuple[tuple[str, int], ...]:
    found = {value: values.count(value) for value in set(values)}
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))
