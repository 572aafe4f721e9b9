"""Cases that wait, made in one line."""

from datetime import timedelta
from typing import Any

from matchers.finding import Finding
from noticedesk import store
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Band, Decision, Proposal
from noticedesk.model.evidence import Evidence, EvidenceRole, Outcome
from noticedesk.model.right import AssetKind, Right, RightKind, Work
from noticedesk.store import records
from tests.noticedesk.store.factory import NOON, claim, fresh, listing

HOUR = timedelta(hours=1)


def waiting_case(tx: store.Transaction, **given: Any) -> Allegation:
    """An allegation in review; `due` hours from noon, `score`, `band`, `picture`, `mark`, `seller`, `title`, `right`
    of the match and its things, the rest are fields of the claim (principal, lane, language, flags)."""
    due, score, band = given.pop("due", None), given.pop("score", None), given.pop("band", None)
    picture, mark = given.pop("picture", ""), given.pop("mark", "")
    seller, title = given.pop("seller", ""), given.pop("title", "")
    state, right = given.pop("state", AllegationState.IN_REVIEW), given.pop("right", RightKind.COPYRIGHT)
    of = claim(due_at=NOON + due * HOUR if due is not None else None, **given)
    work = Work(id=fresh("W"), claim=of.id, kind=AssetKind.PHOTO, mark=mark)
    on = listing(account=seller, title=title)
    owned = Right(id=fresh("R"), kind=right, holder=of.principal)
    made = Allegation(
        id=fresh("A"), claim=of.id, work=work.id, listing=on.id, right=owned.id, url=on.url, state=state
    )  # fmt: skip
    records.add(tx, [of, work, on, owned, made])
    if band:
        records.add(tx, proposal(made, band))
    if score is not None:
        matched(tx, of, made, score, picture)
    return made


def proposal(of: Allegation, band: Band) -> Proposal:
    return Proposal(
        id=fresh("O"), allegation=of.id, band=band, action=Action.DISABLE, reason=Reason.COPY, why=(), regime="us",
        regime_version=1, made_at=NOON,
    )  # fmt: skip


def matched(tx: store.Transaction, of: Claim, about: Allegation, score: float, picture: str = "") -> None:
    shown = Evidence(
        id=fresh("V"), claim=of.id, listing=about.listing, role=EvidenceRole.MEDIA, url="https://shop.example/p.png",
        fetched_at=NOON, outcome=Outcome.FETCHED, sha256=picture,
    )  # fmt: skip
    finding = Finding(matcher="image", ours="a", theirs="b", reason="same", score=score)
    attached = store.attach(finding, store.About(allegation=about.id, evidence=shown.id), id=fresh("F"), made_at=NOON)
    records.add(tx, [shown, attached])


def decided(of: Allegation, by: str = "P-1", action: Action = Action.DISABLE, **given: Any) -> Decision:
    bare = {"id": fresh("D"), "allegation": of.id, "action": action, "reason": Reason.COPY, "decided_by": by}
    return Decision(**bare | {"decided_at": NOON} | given)
