"""Proposing: findings and law into a band, a proposal with its reasons, and the letters that would go with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from noticedesk import regime, store
from noticedesk.compare import USE
from noticedesk.decide import Answer, Question, decide
from noticedesk.desk.actors import PROCESS
from noticedesk.desk.cases import automation
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import measures
from noticedesk.desk.escalation import routes
from noticedesk.desk.mail import correspondence
from noticedesk.desk.mail.forwarding import only_forwards
from noticedesk.desk.registry.permitted import permissions
from noticedesk.desk.stages import circumstances
from noticedesk.desk.stages.stage import Stage
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.decision import Band, Proposal
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.model.notice import NoticeKind
from noticedesk.model.right import Permission, Right, RightKind
from noticedesk.model.verdict import Verdict
from noticedesk.store import AttachedFinding, moves, records


@dataclass(frozen=True, slots=True)
class Docket:
    """An allegation with all that deciding about it needs."""

    allegation: Allegation
    claim: Claim
    right: RightKind
    law: regime.InForce
    findings: tuple[AttachedFinding, ...]
    permissions: tuple[Permission, ...]
    doubts: tuple[str, ...] = ()
    taken_down: bool = False

    @property
    def flags(self) -> tuple[str, ...]:
        """Every flag of the claim and of the allegation."""
        return tuple(sorted({*self.claim.flags, *self.allegation.flags, *self.doubts}))


def load(desk: Desk, look: store.Look, ids: Sequence[str]) -> list[Docket]:
    """The leased allegations with claim, right, law, findings and the permissions that cover the listing."""
    return [_docket(desk, look, records.get(look, Allegation, one)) for one in ids]


def _docket(desk: Desk, look: store.Look, allegation: Allegation) -> Docket:
    claim = records.get(look, Claim, allegation.claim)
    right = records.get(look, Right, allegation.right or "")
    listing = records.get(look, Listing, allegation.listing)
    permitted = permissions(look, right.id, listing, desk.now().date())
    law = clocks.law_of(desk, claim)
    findings = _new_findings(look, allegation)
    doubts = circumstances.flags_of_listing(desk, look, claim, allegation)
    ours = bool(measures.live(look, listing)) if allegation.state is AllegationState.GONE else False
    return Docket(allegation, claim, right.kind, law, findings, tuple(permitted), doubts, ours)


def _new_findings(look: store.Look, allegation: Allegation) -> tuple[AttachedFinding, ...]:
    """The findings since the last proposal: those before it are about the listing as it was, and stay on file."""
    before = max((one.made_at for one in records.find(look, Proposal, allegation=allegation.id)), default=None)
    found = records.find(look, AttachedFinding, allegation=allegation.id)
    # none is newer where the clock was put back: then all are shown rather than none
    return tuple([one for one in found if before and one.made_at > before] or found)


def work(desk: Desk, docket: Docket) -> Answer:
    """The band and what follows; a listing that is gone or not ours needs no findings."""
    if docket.taken_down:
        return Answer(band=Band.UNMATCHABLE, action=None, reason=None, question=_DOWN, why=(_WHY_DOWN,), thresholds=())
    if docket.allegation.state in _PLAIN:
        reason, why = _PLAIN[docket.allegation.state]
        return Answer(band=Band.NONE, action=Action.NONE, reason=reason, question="", why=(why,), thresholds=())
    asked = Question(
        right=docket.right,
        counterfeit=NoticeKind.COUNTERFEIT_NOTICE in docket.law.regime.kinds,
        duty_from_notice=duty_follows_from_notice(docket.law),
        effective=docket.claim.verdict == Verdict.EFFECTIVE,
        findings=tuple(item.finding for item in docket.findings),
        use=next(
            (step.removeprefix(USE) for item in docket.findings for step in item.steps if step.startswith(USE)), ""
        ),
        permissions=docket.permissions,
        flags=tuple(flag for flag in docket.flags if flag not in routes.routes(desk).shown),
    )
    answer = decide(asked, desk.bands)
    if only_forwards(docket.law) and not asked.flags:
        # the rules ask to pass the notice on and for nothing more, whatever the findings say
        return replace(answer, action=Action.FORWARD_ONLY, reason=Reason.FORWARDED_BY_LAW, question="")
    return answer


_WHY_DOWN = "The reported listing is down by a measure of ours for another notice."
_DOWN = "Does this notice stand too? If so, decide a measure for it: else the listing comes back when the other ends."

_PLAIN = {
    AllegationState.NOT_OURS: (Reason.NOT_OURS, "The reported address is on no service of ours."),
    AllegationState.GONE: (Reason.GONE, "The reported listing is no longer there."),
}


def duty_follows_from_notice(law: regime.InForce) -> bool:
    """Whether the law itself, and not only policy, asks for removal on an effective notice."""
    return any(duty.id == "remove_or_disable" and duty.tag != "policy" for duty in law.version.duties)


def save(desk: Desk, tx: store.Transaction, docket: Docket, answer: Answer) -> str:
    """Saves the proposal, drafts its letters, and puts the allegation before a person."""
    proposal = Proposal(
        id=new_id("O"),
        allegation=docket.allegation.id,
        band=answer.band,
        action=answer.action,
        reason=answer.reason,
        question=answer.question,
        why=answer.why,
        regime=docket.law.id,
        regime_version=docket.law.version.version,
        thresholds=answer.thresholds,
        flags=docket.flags,
        made_at=desk.now(),
    )
    records.add(tx, proposal)
    flagged = replace(docket.allegation, flags=tuple(sorted({*docket.allegation.flags, *docket.doubts})))
    queued = moves.move(tx, flagged, AllegationState.IN_REVIEW, PROCESS, proposal=proposal.id)
    routes.ask_about(desk, tx, docket.claim, queued, docket.doubts)
    correspondence.propose(desk, tx, queued, proposal.action, proposal.reason)
    if decided := automation.decide(desk, tx, queued, proposal):
        return f"{answer.band.value}: {decided.action.value} by policy"
    return f"{answer.band.value}: {answer.action.value if answer.action else 'asks'}"


STAGE = Stage(
    name="propose",
    noun=Allegation,
    states=(AllegationState.COMPARED, AllegationState.NOT_OURS, AllegationState.GONE),
    claim_states=(ClaimState.ACCEPTED,),
    load=load,
    work=work,
    save=save,
    id_of=lambda docket: docket.allegation.id,
)
