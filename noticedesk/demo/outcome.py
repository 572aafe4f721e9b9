"""What came of a complaint, beside the truth about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from noticedesk import store
from noticedesk.demo.complaint import Complaint
from noticedesk.demo.mailed import Mailed
from noticedesk.desk.cases.waiting import latest_proposal
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import judge
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.notice import OPENING, Notice, NoticeState
from noticedesk.store import records


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the demo's table: what the desk made of a complaint, and what it should have made."""

    complaint: Complaint
    verdict: str
    band: str
    outcome: str
    decided: str
    differences: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether everything that the truth says came true."""
        return not self.differences


def outcome(desk: Desk, complaint: Complaint, arrived: Mailed) -> Outcome:
    """What came of the complaint, compared with its truth; and its letters, compared with what arrived of them."""
    with desk.db.read() as look:
        notices = [n for file in complaint.files for n in records.find(look, Notice, name=file.name)]
        if not notices:
            return Outcome(complaint, "", "", "lost", "", ("no notice was saved",))
        found = _found(desk, look, notices)
        unlike = arrived.differences(desk, look, {item.claim for item in notices if item.claim})
    level = "allegation" if complaint.truth.allegation else "claim" if complaint.truth.claim else "notice"
    return Outcome(
        complaint=complaint,
        verdict=found["verdict"],
        band=found["band"],
        outcome=found[level],
        decided=f"{found['action']} ({found['reason']})" if found["action"] else "",
        differences=(*_differences(complaint, found), *unlike),
    )


def _found(desk: Desk, look: store.Look, notices: list[Notice]) -> dict[str, str]:
    """What is saved about the complaint, by the names that its truth uses."""
    notice = notices[0]
    claim = records.get(look, Claim, notice.claim) if notice.claim else None
    allegations = records.find(look, Allegation, claim=claim.id) if claim else []
    proposals = [found for item in allegations if (found := latest_proposal(look, item.id))]
    decisions = [one for item in allegations for one in records.find(look, Decision, allegation=item.id)]
    last = max(decisions, key=lambda one: one.decided_at, default=None)
    return {
        "verdict": _verdict(desk, notice, claim),
        "band": _all(proposal.band for proposal in proposals),
        "allegation": _all(item.state for item in allegations),
        "claim": claim.state.value if claim else "",
        "notice": _all(item.state for item in notices),
        "action": last.action.value if last else "",
        "reason": last.reason.value if last else "",
        "claims": str(len({item.claim for item in notices if item.claim})),
    }


def _all(values: Iterable[StrEnum]) -> str:
    return " ".join(sorted({value.value for value in values}))


def _verdict(desk: Desk, notice: Notice, claim: Claim | None) -> str:
    """The verdict on the claim that the notice opened, or on the notice itself where it opened none."""
    if notice.state is NoticeState.UNREADABLE:
        return ""
    if claim and claim.verdict and notice.kind in OPENING:
        return claim.verdict
    return judge(desk, desk.document(notice), notice.service).primary.verdict.value


_TOLD = ("verdict", "band", "allegation", "claim", "notice", "action", "reason")


def _differences(complaint: Complaint, found: dict[str, str]) -> tuple[str, ...]:
    """Where what was found is not what is true; what the truth leaves open is not compared."""
    wanted = {name: str(value) for name in _TOLD if (value := getattr(complaint.truth, name)) is not None}
    wanted |= {"claims": "1"} if wanted.get("allegation") else {}
    return tuple(
        f"{name}: {found[name] or 'nothing'}, not {value}" for name, value in wanted.items() if found[name] != value
    )
