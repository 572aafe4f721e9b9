"""The rows of the queue, made from what is saved: for any number of allegations or notices, in a few queries."""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Row, Select, and_, bindparam, exists, func, or_, select

from noticedesk.model.allegation import AllegationState
from noticedesk.model.claim import Lane
from noticedesk.model.notice import NoticeState
from noticedesk.store.database import Look
from noticedesk.store.tables.casework import custody
from noticedesk.store.tables.claims import allegations, claims, notices, works
from noticedesk.store.tables.conduct import fingerprints
from noticedesk.store.tables.decisions import evidence, findings, proposals, restrictions
from noticedesk.store.tables.holders import listings, rights
from noticedesk.store.waiting.risk import weigh

FOR_SPECIALISTS: Final = frozenset(
    {AllegationState.IN_REVIEW, AllegationState.ACTION_FAILED, AllegationState.REAPPEARED}
)
FOR_LEGAL: Final = frozenset({AllegationState.COUNTERED, AllegationState.WITHDRAWN})
SET_ASIDE: Final = frozenset({NoticeState.UNREADABLE, NoticeState.QUARANTINED})

NEVER_DUE: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""The hour in which that is due which has no date."""

NO_SCORE: Final = -1
"""The tenth of what has no score; others are 0 (below 0.1) to 10 (1.0)."""

_LANES: Final = {lane.value: rank for rank, lane in enumerate(Lane)}
_WORD: Final = re.compile(r"\w[\w'-]*")
_WORDS: Final = 40

Fact = dict[str, Any]

# what was withdrawn before anything was done is over
STILL_MATTERS: Final[ColumnElement[bool]] = or_(
    allegations.c.state.in_(sorted(FOR_SPECIALISTS | FOR_LEGAL - {AllegationState.WITHDRAWN})),
    and_(
        allegations.c.state == AllegationState.WITHDRAWN.value,
        exists().where(restrictions.c.allegation == allegations.c.id, restrictions.c.lifted_at.is_(None)),
    ),
)

_CASES: Final[Select[Any]] = (
    select(
        allegations.c.id.label("subject"), allegations.c.claim, allegations.c.state, allegations.c.version,
        allegations.c.due_at.label("own_due"), allegations.c.flags.label("own_flags"), allegations.c.listing,
        claims.c.lane, claims.c.service, claims.c.received_at, claims.c.due_at, claims.c.principal.label("holder"),
        claims.c.language, claims.c.flags, claims.c.linked,
        listings.c.title, listings.c.url, listings.c.account.label("seller"),
        works.c.mark, works.c.title.label("work_title"), rights.c.kind.label("right_kind"),
        custody.c.holder.label("held_by"), custody.c.held_until, custody.c.assignee, custody.c.snoozed_until,
        custody.c.snoozed_why,
    )
    .join(claims, claims.c.id == allegations.c.claim)
    .join(listings, listings.c.id == allegations.c.listing)
    .join(works, works.c.id == allegations.c.work)
    .outerjoin(rights, rights.c.id == allegations.c.right)
    .outerjoin(custody, custody.c.id == allegations.c.claim)
)  # fmt: skip

# built once: building a query costs more than asking it
_THESE: Final[BindParameter[Any]] = bindparam("these", expanding=True)
_THESE_CASES: Final = _CASES.where(allegations.c.id.in_(_THESE), STILL_MATTERS)
_ASIDE: Final = select(notices).where(notices.c.id.in_(_THESE), notices.c.state.in_(sorted(SET_ASIDE)))

# oldest first: of several the last one stays
_PROPOSALS: Final = (
    select(proposals).where(proposals.c.allegation.in_(_THESE)).order_by(proposals.c.made_at, proposals.c.id)
)
_SCORES: Final = (
    select(findings.c.allegation, func.max(findings.c.score).label("score"))
    .where(findings.c.allegation.in_(_THESE))
    .group_by(findings.c.allegation)
)

# worst match first: the digest of the picture of the best one stays
_PICTURES: Final = (
    select(findings.c.allegation, evidence.c.sha256)
    .join(evidence, evidence.c.id == findings.c.evidence)
    .where(findings.c.allegation.in_(_THESE), evidence.c.role == "media", evidence.c.sha256 != "")
    .order_by(func.coalesce(findings.c.score, -1.0), findings.c.id)
)
_NOTICES: Final = (
    select(notices.c.claim, notices.c.kind, notices.c.sender, fingerprints.c.campaign.label("template"))
    .outerjoin(fingerprints, fingerprints.c.id == notices.c.id)
    .where(notices.c.claim.in_(_THESE))
    .order_by(notices.c.received_at, notices.c.id)
)


def of_allegations(look: Look, ids: Sequence[str]) -> list[Fact]:
    """The rows of those allegations that wait for a person."""
    found = look.run(_THESE_CASES, {"these": ids}).all()
    if not found:
        return []
    mine = [row.subject for row in found]
    of_claims = list({row.claim for row in found})
    proposed = {row.allegation: row for row in look.run(_PROPOSALS, {"these": mine})}
    scores = {row.allegation: row.score for row in look.run(_SCORES, {"these": mine})}
    pictures = {row.allegation: row.sha256 for row in look.run(_PICTURES, {"these": mine})}
    asked = {row.claim: row for row in reversed(look.run(_NOTICES, {"these": of_claims}).all())}
    return [
        _case(row, proposed.get(row.subject), asked.get(row.claim))
        | _matched(scores.get(row.subject), pictures.get(row.subject, ""))
        for row in found
    ]


def of_notices(look: Look, ids: Sequence[str]) -> list[Fact]:
    """The rows of those notices that are set aside until a person reads them."""
    return [_notice(row) for row in look.run(_ASIDE, {"these": ids})] if ids else []


def finished(fact: Fact) -> Fact:
    """A row with what follows from its facts: its place in the queue, and why."""
    risk, why = weigh(fact)
    due = fact["due_at"]
    return {name: value for name, value in fact.items() if name not in _ONLY_FACTS} | {
        "lane_rank": _LANES[fact["lane"]],
        "due_hour": due.replace(minute=0, second=0, microsecond=0) if due else NEVER_DUE,
        "risk": risk,
        "calm": 100 - risk,
        "risk_why": why,
    }


_ONLY_FACTS: Final = frozenset({"notice_kind", "linked"})


def words_of(row: Fact) -> set[str]:
    """The words by which a row is found, and its flags; what is with safety is found by nothing."""
    if row["desk"] == "safety":
        return set()
    spoken = words_in(f"{row['about']} {row['mark']} {row['holder']}")
    return {*spoken[:_WORDS], *(f"flag:{flag}" for flag in row["flags"])}


def words_in(text: str) -> list[str]:
    """The words of a text in lower case, each once, at most 64 letters of each."""
    return list(dict.fromkeys(word[:64] for word in _WORD.findall(text.lower())))


def _case(row: Row[Any], proposal: Row[Any] | None, notice: Row[Any] | None) -> Fact:
    template = (notice.template or "") if notice else ""
    campaign = f"{notice.sender if notice else ''}\n{(row.mark or row.work_title).lower()}"
    return {
        "subject": row.subject,
        "kind": "allegation",
        "claim": row.claim,
        "desk": _desk(row),
        "lane": row.lane,
        "state": row.state,
        "version": row.version,
        "service": row.service,
        "received_at": row.received_at,
        "due_at": row.own_due or row.due_at,
        "right_kind": row.right_kind or "",
        "holder": row.holder,
        "mark": row.mark or row.work_title,
        "language": row.language,
        "flags": sorted({*row.flags, *row.own_flags}),
        "band": proposal.band if proposal else "",
        "proposal": (proposal.action or proposal.question) if proposal else "",
        "reason": (proposal.reason or "") if proposal else "",
        # what is with the safety team is shown to nobody else, not even its title
        "about": "" if row.lane == Lane.SAFETY else row.title or row.url,
        "listing": row.listing,
        "seller": row.seller,
        # letters of one template; without a fingerprint whoever wrote from one address about one work, as a digest
        "campaign": template or (hashlib.sha256(campaign.encode()).hexdigest()[:16] if campaign.strip() else ""),
        "assignee": row.assignee or "",
        "snoozed_until": row.snoozed_until,
        "snoozed_why": row.snoozed_why or "",
        "held_by": row.held_by or "",
        "held_until": row.held_until,
        "notice_kind": notice.kind if notice else "",
        "linked": row.linked,
    }


def _matched(score: float | None, picture: str) -> Fact:
    tenth = NO_SCORE if score is None else int(score * 10 + 1e-9)
    return {"score": score, "tenth": tenth, "picture": picture}


def _desk(row: Row[Any]) -> str:
    if row.lane == Lane.SAFETY:
        return "safety"
    return "legal" if AllegationState(row.state) in FOR_LEGAL else "specialist"


def _notice(row: Row[Any]) -> Fact:
    safety = row.problem == "" and row.state == NoticeState.QUARANTINED and row.claim is not None
    return {
        "subject": row.id,
        "kind": "notice",
        "claim": row.claim,
        "desk": "safety" if safety else "specialist",
        "lane": (Lane.SAFETY if safety else Lane.NORMAL).value,
        "state": row.state,
        "version": row.version,
        "service": row.service,
        "received_at": row.received_at,
        "due_at": None,
        "language": row.language,
        "reason": row.problem,
        "proposal": "read it by hand",
        "about": "" if safety else row.subject,
        "notice_kind": row.kind,
        **_BARE,
    }


_BARE: Final[Fact] = {
    **dict.fromkeys(("right_kind", "holder", "mark", "band", "listing", "seller", "picture", "campaign"), ""),
    **dict.fromkeys(("assignee", "snoozed_why", "held_by"), ""),
    **dict.fromkeys(("snoozed_until", "held_until", "score", "linked")),
    "tenth": NO_SCORE,
    "flags": [],
}
