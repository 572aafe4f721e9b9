"""A decision as it is saved, whoever or whatever made it: with the law, the cuts and the facts of its moment."""

from dataclasses import dataclass
from datetime import UTC, datetime

from noticedesk import store
from noticedesk.desk.cases.casefacts import NOTICE
from noticedesk.desk.deadlines.clocks import law_of
from noticedesk.desk.desk import Desk
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision, Proposal
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.store import records


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What is ruled: action and reason, where it applies, until when, and a note for the file."""

    action: Action
    reason: Reason
    territories: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    until: datetime | None = None
    note: str = ""


def decision(
    desk: Desk, look: store.Look, at_stake: Allegation, ruling: Ruling, by: str, *, automatic: bool = False
) -> Decision:
    """The ruling as a decision by a person, or with `automatic=True` by a policy; not saved yet."""
    claim = records.get(look, Claim, at_stake.claim)
    proposals = records.find(look, Proposal, allegation=at_stake.id)
    latest = max(proposals, key=lambda item: item.made_at, default=None)
    return Decision(
        id=new_id("D"),
        allegation=at_stake.id,
        action=ruling.action,
        reason=ruling.reason,
        decided_by=by,
        decided_at=desk.now(),
        automatic=automatic,
        note=ruling.note,
        territories=ruling.territories,
        parts=ruling.parts,
        until=ruling.until,
        regime=claim.regime,
        regime_version=claim.regime_version,
        thresholds=latest.thresholds if latest else (),
        basis=law_of(desk, claim).regime.basis,
        ground=claim.regime,
        content_date=_content_date(look, at_stake),
        automated_detection=False,
        source=NOTICE,
    )


def _content_date(look: store.Look, at_stake: Allegation) -> str:
    """The day since which the listing is up, in UTC; empty where the platform has not told it."""
    created = records.get(look, Listing, at_stake.listing).created_at
    return created.astimezone(UTC).date().isoformat() if created else ""
