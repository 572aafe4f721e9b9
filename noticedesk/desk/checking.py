"""Checking: a claim's notice against the law, element by element; on, or a letter that asks for what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from noticedesk import store
from noticedesk.desk import clocks, correspondence, escalate
from noticedesk.desk.actors import PROCESS
from noticedesk.desk.casefacts import About
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import judge
from noticedesk.desk.stage import Stage
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.notice import OPENING, Notice, NoticeKind
from noticedesk.model.verdict import Check, Verdict
from noticedesk.store import moves, records


@dataclass(frozen=True, slots=True)
class File:
    """A claim with the notices that opened or completed it, newest last."""

    claim: Claim
    notices: tuple[Notice, ...]


def load(desk: Desk, look: store.Look, ids: Sequence[str]) -> list[File]:
    """The leased claims with their notices."""
    return [_file(look, records.get(look, Claim, one)) for one in ids]


def _file(look: store.Look, claim: Claim) -> File:
    notices = records.find(look, Notice, claim=claim.id)
    telling = [item for item in notices if item.kind in OPENING or item.kind is NoticeKind.CURE_REPLY]
    return File(claim, tuple(sorted(telling, key=lambda item: (item.received_at, item.id))))


def work(desk: Desk, file: File) -> Check:
    """The newest notice of the claim, read again from its raw bytes and judged under the law of today."""
    notice = file.notices[-1]
    return judge(desk, desk.document(notice), notice.service)


def save(desk: Desk, tx: store.Transaction, file: File, found: Check) -> str:
    """Moves the claim on by its verdict; what is not sure is accepted for a person to look at, and says so."""
    flags = {flag.id for flag in found.flags}
    if found.primary.verdict is Verdict.NEEDS_REVIEW:
        flags.add("elements_need_review")
    claim = replace(
        file.claim,
        verdict=found.primary.verdict.value,
        regime=found.primary.regime,
        regime_version=found.primary.version,
        flags=tuple(sorted(flags)),
    )
    if claim.state is ClaimState.RECEIVED:
        claim = moves.move(tx, claim, ClaimState.IN_CHECK, PROCESS)
    return _AFTER[found.primary.verdict](desk, tx, claim, file.notices[-1], found)


def _accept(desk: Desk, tx: store.Transaction, claim: Claim, notice: Notice, found: Check) -> str:
    accepted = moves.move(tx, claim, ClaimState.ACCEPTED, PROCESS, verdict=claim.verdict)
    clocks.start(desk, tx, accepted, {"notice_received": notice.received_at})
    return "accepted" if found.primary.verdict is Verdict.EFFECTIVE else "accepted, elements to look at"


def _ask_for_cure(desk: Desk, tx: store.Transaction, claim: Claim, notice: Notice, found: Check) -> str:
    asked = moves.move(tx, claim, ClaimState.NEEDS_CURE, PROCESS, verdict=claim.verdict)
    clocks.start(desk, tx, asked, {"deficient_notice_received": notice.received_at, "cure_requested": desk.now()})
    correspondence.on_event(desk, tx, asked, "deficient_notice_received", About(notice=notice, found=found))
    return "asked for cure"


def _to_a_person(desk: Desk, tx: store.Transaction, claim: Claim, notice: Notice, found: Check) -> str:
    rerouted = moves.move(tx, claim, ClaimState.REROUTED, PROCESS, verdict=claim.verdict)
    if found.primary.verdict is Verdict.SAFETY:
        escalate.to_safety(desk, tx, rerouted)
    return f"rerouted: {found.primary.verdict.value}"


_AFTER = {
    Verdict.EFFECTIVE: _accept,
    Verdict.NEEDS_REVIEW: _accept,
    Verdict.DEFICIENT_CURABLE: _ask_for_cure,
    Verdict.INEFFECTIVE: _ask_for_cure,
    Verdict.NOT_A_CLAIM: _to_a_person,
    Verdict.WRONG_REGIME: _to_a_person,
    Verdict.SAFETY: _to_a_person,
}
"""What follows from each verdict. The sender of an ineffective notice is told what it lacks, whether owed or not."""


STAGE = Stage(
    name="check",
    noun=Claim,
    states=(ClaimState.RECEIVED, ClaimState.IN_CHECK),
    load=load,
    work=work,
    save=save,
    id_of=lambda file: file.claim.id,
)
