"""Precedents: what was decided about the same holder, mark, seller and picture; of each the newest, to a bound."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Select, Text, bindparam, select

from noticedesk.model.claim import Lane
from noticedesk.store.database import Look
from noticedesk.store.tables.claims import allegations, claims, works
from noticedesk.store.tables.decisions import decisions, evidence, findings
from noticedesk.store.tables.holders import listings

CAP: Final = 250
"""How many earlier allegations are looked at for each: the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """One standing decision about another allegation."""

    allegation: str
    claim: str
    action: str
    reason: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """What was decided about the same `by` (holder, mark, seller, picture): counts by action and reason, and the
    latest. `more` says that only the newest allegations were looked at."""

    by: str
    key: str
    total: int
    counts: tuple[tuple[str, str, int], ...]
    latest: Ruled | None
    more: bool


def precedents(look: Look, allegation: str) -> list[Precedent]:
    """The precedents of an allegation, one each for holder, mark, seller and picture that it has."""
    own = look.run(_OWN, {"of": allegation}).first()
    if own is None:
        return []
    picture = look.run(_PICTURE, {"of": allegation}).scalar() or ""
    keys = {"holder": own.principal, "mark": own.mark, "seller": own.account, "picture": picture}
    return [_precedent(look, by, key, allegation) for by, key in keys.items() if key]


_OWN: Final = (
    select(claims.c.principal, works.c.mark, listings.c.account)
    .select_from(allegations)
    .join(claims, claims.c.id == allegations.c.claim)
    .join(works, works.c.id == allegations.c.work)
    .join(listings, listings.c.id == allegations.c.listing)
    .where(allegations.c.id == bindparam("of"))
)

_PICTURE: Final = (
    select(evidence.c.sha256)
    .join(findings, findings.c.evidence == evidence.c.id)
    .where(findings.c.allegation == bindparam("of"), evidence.c.role == "media", evidence.c.sha256 != "")
    .order_by(findings.c.score.is_(None), findings.c.score.desc(), findings.c.id)
    .limit(1)
)


def _of_holder(key: BindParameter[str]) -> Select[Any]:
    newest = select(claims.c.id).where(claims.c.principal == key).order_by(claims.c.id.desc()).limit(CAP + 1)
    return select(allegations.c.id).where(allegations.c.claim.in_(newest.scalar_subquery()))


def _of_mark(key: BindParameter[str]) -> Select[Any]:
    newest = select(works.c.id).where(works.c.mark == key).order_by(works.c.id.desc()).limit(CAP + 1)
    return select(allegations.c.id).where(allegations.c.work.in_(newest.scalar_subquery()))


def _of_seller(key: BindParameter[str]) -> Select[Any]:
    theirs = select(listings.c.id).where(listings.c.account == key).limit(CAP + 1)
    return select(allegations.c.id).where(allegations.c.listing.in_(theirs.scalar_subquery()))


def _of_picture(key: BindParameter[str]) -> Select[Any]:
    shown = select(evidence.c.id).where(evidence.c.sha256 == key, evidence.c.role == "media").limit(CAP + 1)
    return select(findings.c.allegation).where(findings.c.evidence.in_(shown.scalar_subquery())).distinct()


_SAME: Final = {
    by: of(bindparam("key", type_=Text())).limit(CAP + 1)
    for by, of in {"holder": _of_holder, "mark": _of_mark, "seller": _of_seller, "picture": _of_picture}.items()
}
"""The allegations about the same, newest first."""

_RULED: Final = (
    select(decisions.c.allegation, allegations.c.claim, decisions.c.action, decisions.c.reason, decisions.c.decided_at)
    .join(allegations, allegations.c.id == decisions.c.allegation)
    .join(claims, claims.c.id == allegations.c.claim)
    # what is with the safety team is told to nobody else, not even that it was decided
    .where(claims.c.lane != Lane.SAFETY.value)
    .where(decisions.c.allegation.in_(bindparam("these", expanding=True)), decisions.c.undone_at.is_(None))
    .order_by(decisions.c.decided_at.desc(), decisions.c.id.desc())
)


def _precedent(look: Look, by: str, key: str, own: str) -> Precedent:
    same = list(look.run(_SAME[by], {"key": key}).scalars())
    others = [id for id in same if id != own]
    found = [Ruled(**row._asdict()) for row in look.run(_RULED, {"these": others})] if others else []
    counts: dict[tuple[str, str], int] = {}
    for item in found:
        counts[item.action, item.reason] = counts.get((item.action, item.reason), 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Precedent(
        by=by,
        key=key,
        total=len(found),
        counts=tuple((action, reason, many) for (action, reason), many in ordered),
        latest=found[0] if found else None,
        more=len(same) > CAP,
    )
