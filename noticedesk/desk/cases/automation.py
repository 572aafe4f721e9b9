"""Deciding by a policy: where a person proposed it, another of legal confirmed it, and nothing is odd.

Nothing is in force as the desk ships. What a policy decides is marked and can be taken back like any decision, and a
sample of it is put before a person afterwards.
"""

import hashlib
from dataclasses import dataclass, replace

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.cases.deciding import Ruling, decision
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import effects
from noticedesk.desk.enforcement.measures import ON_THE_LISTING
from noticedesk.desk.mail import correspondence
from noticedesk.desk.staff.permits import NotPermitted, require
from noticedesk.model.action import REASONS, Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.automation import Automation, Sample
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.decision import Band, Decision, Proposal
from noticedesk.model.event import Actor
from noticedesk.model.ids import new_id
from noticedesk.model.notice import Verified
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.person import Act, Person
from noticedesk.model.right import Right, RightKind
from noticedesk.model.verdict import Verdict
from noticedesk.store import chain, moves, records

LEAST_SAMPLE = 1
"""Of a hundred automatic decisions: a policy of which nobody ever looks at anything is refused."""

_LANES = frozenset({Lane.NORMAL, Lane.TRUSTED_FLAGGER, Lane.STATUTORY})


class BadPolicy(ValueError):
    """A policy that must not be proposed, confirmed or revoked as it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a policy is for, and what it decides."""

    service: str
    band: Band
    claimant: str
    sender: str
    right: RightKind
    action: Action
    reason: Reason
    sample: int
    note: str = ""


def propose(desk: Desk, person: Person, terms: Terms) -> Automation:
    """A policy that decides nothing yet; raises NotPermitted and BadPolicy."""
    require(person, Act.DECIDE)
    _sensible(desk, terms)
    made = Automation(
        id=new_id("U"),
        service=terms.service,
        band=terms.band,
        claimant=terms.claimant.strip(),
        sender=terms.sender.strip().lower(),
        right=terms.right,
        action=terms.action,
        reason=terms.reason,
        sample=terms.sample,
        note=terms.note,
        proposed_by=person.id,
        proposed_at=desk.now(),
    )
    with desk.db.write() as tx:
        records.add(tx, made)
        chain.append(tx, acting(person), "policy.proposed", made.id, None, _told(made))
    return made


def confirm(desk: Desk, person: Person, policy: str) -> Automation:
    """Puts a policy in force: by legal, and by another than who proposed it. Raises NotPermitted and BadPolicy."""
    require(person, Act.CONFIRM_POLICY)
    with desk.db.write() as tx:
        known = records.get(tx, Automation, policy)
        if known.proposed_by == person.id:
            raise NotPermitted(f"{person.name} proposed {policy}; another person of legal confirms it")
        if known.confirmed_at or known.revoked_at:
            raise BadPolicy(f"{policy} is {standing(known)} already; propose a new one")
        chain.append(tx, acting(person), "policy.confirmed", policy, None, _told(known))
        return records.replace(tx, replace(known, confirmed_by=person.id, confirmed_at=desk.now()))


def revoke(desk: Desk, person: Person, policy: str) -> Automation:
    """Ends a policy at once, for good; whoever may decide may stop it. Raises NotPermitted and BadPolicy."""
    require(person, Act.DECIDE)
    with desk.db.write() as tx:
        known = records.get(tx, Automation, policy)
        if known.revoked_at:
            raise BadPolicy(f"{policy} is revoked already")
        chain.append(tx, acting(person), "policy.revoked", policy, None)
        return records.replace(tx, replace(known, revoked_by=person.id, revoked_at=desk.now()))


def standing(policy: Automation) -> str:
    """Where a policy stands, in a word."""
    if policy.revoked_at:
        return "revoked"
    return "in force" if policy.confirmed_at else "proposed"


def decide(desk: Desk, tx: store.Transaction, allegation: Allegation, proposal: Proposal) -> Decision | None:
    """Decides as proposed where a policy in force says so; None, and nothing changed, everywhere else."""
    policy = _policy_for(tx, allegation, proposal)
    if policy is None:
        return None
    ruling = Ruling(action=policy.action, reason=policy.reason, territories=proposal.territories, parts=proposal.parts)
    made = decision(desk, tx, allegation, ruling, policy.id, automatic=True)
    records.add(tx, made)
    actor = Actor(name=policy.id)
    told = {"decision": made.id, "action": made.action.value, "reason": made.reason.value, "policy": policy.id}
    decided = moves.move(tx, allegation, AllegationState.APPROVED, actor, **told)
    effects.request(desk, tx, decided, made)
    correspondence.decided(desk, tx, decided, made)
    if drawn(made.id, policy.sample):
        _draw(desk, tx, made, policy)
    return made


def drawn(decision_id: str, of_a_hundred: int) -> bool:
    """Whether the decision is in the sample: chance, from the random part of its id, and the same whenever asked."""
    digest = hashlib.sha256(decision_id.encode()).digest()
    return int.from_bytes(digest[:8]) % 10_000 < of_a_hundred * 100


def _draw(desk: Desk, tx: store.Transaction, made: Decision, policy: Automation) -> None:
    sample = Sample(
        id=new_id("G"), decision=made.id, allegation=made.allegation, automation=policy.id, drawn_at=desk.now()
    )
    records.add(tx, sample)
    claim = records.get(tx, Allegation, made.allegation).claim
    chain.append(tx, Actor(name=policy.id), "policy.sampled", sample.id, claim, {"decision": made.id})


def _policy_for(look: store.Look, allegation: Allegation, proposal: Proposal) -> Automation | None:
    """The policy that covers the proposal, if nothing of the case asks for a person."""
    claim = records.get(look, Claim, allegation.claim)
    right = records.get(look, Right, allegation.right) if allegation.right else None
    if right is None or not _plain(look, allegation, claim, proposal):
        return None
    known = records.find(look, Automation, service=claim.service, band=proposal.band, right=right.kind)
    return next((one for one in known if one.in_force and _covers(look, one, claim, proposal)), None)


def _plain(look: store.Look, allegation: Allegation, claim: Claim, proposal: Proposal) -> bool:
    """Whether the case is complete and in no way odd, and is decided for the first time."""
    odd = (*claim.flags, *allegation.flags, *proposal.flags, proposal.question)
    complete = claim.verdict == Verdict.EFFECTIVE and claim.lane in _LANES and not any(odd)
    before = records.count(look, Decision, allegation=allegation.id, cap=1)
    return complete and allegation.state is AllegationState.IN_REVIEW and not before


def _covers(look: store.Look, policy: Automation, claim: Claim, proposal: Proposal) -> bool:
    same = (policy.action, policy.reason) == (proposal.action, proposal.reason)
    return same and policy.claimant.casefold() == claim.principal.strip().casefold() and _from(look, policy, claim)


def _from(look: store.Look, policy: Automation, claim: Claim) -> bool:
    """Whether every sender of the claim verifiably writes from the domain that the policy names."""
    senders = records.find(look, Party, claim=claim.id, role=PartyRole.SENDER)
    known = [one.verified is not Verified.NO and one.email.rpartition("@")[2].lower() for one in senders]
    return bool(known) and all(domain == policy.sender for domain in known)


def _sensible(desk: Desk, terms: Terms) -> None:
    desk.service(terms.service)
    if terms.action not in ON_THE_LISTING:
        names = ", ".join(ON_THE_LISTING)
        raise BadPolicy(f"no policy decides to {terms.action}; it may {names}")
    if terms.action in (Action.GEO_RESTRICT, Action.REMOVE_PART):
        raise BadPolicy(f"where and what to {terms.action} is for a person to say")
    if terms.reason not in REASONS[terms.action]:
        raise BadPolicy(f"{terms.reason} is no reason to {terms.action}")
    if terms.band is not Band.STRONG:
        raise BadPolicy(f"findings that are {terms.band} are for a person; a policy decides on strong ones only")
    if not terms.claimant.strip() or "." not in terms.sender:
        raise BadPolicy("a policy names one claimant, and the domain that its notices verifiably come from")
    if not LEAST_SAMPLE <= terms.sample <= 100:
        raise BadPolicy(f"the sample is between {LEAST_SAMPLE} and 100 of a hundred decisions")


def _told(policy: Automation) -> dict[str, chain.Detail]:
    """What the log says of a policy: codes only; the claimant's name stands in the policy."""
    return {
        "band": policy.band.value,
        "right": policy.right.value,
        "action": policy.action.value,
        "reason": policy.reason.value,
        "sample": policy.sample,
    }
