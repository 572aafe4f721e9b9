"""Circumstances: what is on file around a claim, gathered for the flags that follow from it."""

from noticedesk import store
from noticedesk.desk.actors import PROCESS
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.misuse.conduct import conduct
from noticedesk.desk.stages import doubts
from noticedesk.desk.stages.doubts import Circumstances
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.conduct import Answer, Measure, Sanction
from noticedesk.model.decision import Decision
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice, Verified
from noticedesk.model.party import Mandate, Party, PartyRole
from noticedesk.model.right import Right
from noticedesk.store import chain, records, search
from noticedesk.store import conduct as counted

ANSWERED = (Reason.COUNTER_NOTICE_LAPSE, Reason.APPEAL_UPHELD, Reason.PERIOD_ENDED, Reason.ACTION_DISMISSED)
"""Why a listing came back against the will of who had notified it."""

_CLAIMANTS = (PartyRole.PRINCIPAL, PartyRole.AGENT, PartyRole.SENDER, PartyRole.SUBMITTER)


def known(desk: Desk, look: store.Look) -> tuple[str, ...]:
    """The addresses of all senders that are known by now, for whom another may be taken."""
    return tuple(counted.known_addresses(look, conduct(desk).known_claims))


def of_claim(desk: Desk, look: store.Look, claim: Claim, notice: Notice, known: tuple[str, ...]) -> Circumstances:
    """What is known around a claim, with the notice by which it is judged. What is not verified has no record."""
    rules, verified = conduct(desk), notice.verified is not Verified.NO
    record = counted.record(look, notice.sender, rules.since(desk.now())) if verified else counted.Record()
    parties = records.find(look, Party, claim=claim.id)
    rights = search.through_claim(look, Right, claim.id)
    return Circumstances(
        now=desk.now(),
        principal=claim.principal,
        sender=notice.sender,
        right=rights[0].kind if rights else None,
        agent=next((one.name for one in parties if one.role is PartyRole.AGENT and one.name), ""),
        mandates=tuple(records.find(look, Mandate, principal=claim.principal)) if claim.principal else (),
        agents=tuple(counted.agents_of(look, claim.principal, claim.id)) if claim.principal else (),
        rights=tuple(rights),
        addresses=tuple(counted.addresses_of(look, claim.principal, claim.id)) if claim.principal else (),
        # who is known is taken for nobody else
        known=() if record.claims >= rules.known_claims else known,
        record=record,
        lands=clocks.law_of(desk, claim).regime.countries,
        suspended=verified and suspended(desk, look, notice.sender),
        verified=verified,
        names=tuple(one.name for one in parties if one.name),
    )


def of_listing(desk: Desk, look: store.Look, claim: Claim, allegation: Allegation) -> Circumstances:
    """Who claims and who sells, as far as the platform has told who sells."""
    parties = records.find(look, Party, claim=claim.id)
    account = records.get(look, Listing, allegation.listing).account
    return Circumstances(
        now=desk.now(),
        principal=claim.principal,
        sender="",
        claimants=tuple(one for one in parties if one.role in _CLAIMANTS),
        sellers=tuple(one for one in parties if one.role is PartyRole.SELLER and account and one.account == account),
        put_back=_put_back(look, claim, allegation),
    )


def _put_back(look: store.Look, claim: Claim, allegation: Allegation) -> bool:
    """Whether the listing came back because an earlier notice of this principal was answered, or its time ran out."""
    same = records.find(look, Allegation, listing=allegation.listing, state=AllegationState.RESTORED)
    earlier = [one.id for one in same if one.claim != claim.id and _principal(look, one) == claim.principal != ""]
    decided = records.find(look, Decision, allegation=earlier, action=Action.RESTORE, undone_at=None) if earlier else []
    return any(decision.reason in ANSWERED for decision in decided)


def _principal(look: store.Look, allegation: Allegation) -> str:
    return records.get(look, Claim, allegation.claim).principal


def flag(desk: Desk, tx: store.Transaction, claim: Claim, notice: Notice, known: tuple[str, ...]) -> set[str]:
    """The flags of a claim's circumstances; those that are new on it are noted in its log."""
    raised = set(doubts.flags(of_claim(desk, tx, claim, notice, known), conduct(desk)))
    if new := sorted(raised - set(claim.flags)):
        chain.append(tx, PROCESS, "claim.flagged", claim.id, claim.id, {"flags": ",".join(new)})
    return raised


def flags_of_listing(desk: Desk, look: store.Look, claim: Claim, allegation: Allegation) -> tuple[str, ...]:
    """The flags of who claims and who sells."""
    return doubts.flags(of_listing(desk, look, claim, allegation), conduct(desk))


def suspended(desk: Desk, look: store.Look, sender: str) -> bool:
    """Whether a person has suspended the processing of a sender's notices, and the time still runs."""
    measures = records.find(look, Sanction, subject=sender, measure=Measure.SUSPEND_PROCESSING, answer=Answer.ACCEPTED)
    return any(one.until is None or one.until > desk.now() for one in measures)
