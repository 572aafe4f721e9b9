"""Review: every act of a person about an allegation. Decide, and take back inside the window; roles are held here."""

from dataclasses import replace

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.answer import answered, appeal
from noticedesk.desk.answer import ruling as ruling_of_answers
from noticedesk.desk.cases import deciding
from noticedesk.desk.cases.deciding import Ruling
from noticedesk.desk.chase import putback
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import announcing, effects
from noticedesk.desk.mail import correspondence, forwarding
from noticedesk.desk.staff.permits import NotPermitted, require, require_other_than_decider
from noticedesk.model.action import REASONS, Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.decision import Decision
from noticedesk.model.letter import Outbox
from noticedesk.model.person import Act, Person
from noticedesk.model.transitions import judge
from noticedesk.store import chain, moves, outbox, records

__all__ = ["BadDecision", "Ruling", "decide", "undo"]


class BadDecision(ValueError):
    """A decision that the table of actions and reasons, or the state of the case, does not allow."""


def decide(desk: Desk, person: Person, allegation: str, ruling: Ruling, version: int) -> Decision:
    """Decides about one allegation as it stood at `version`.

    Raises NotPermitted (role, or one's own earlier decision), BadDecision (reason does not go with action) and
    store.Stale (somebody changed the allegation since).
    """
    _fitting(ruling)
    with desk.db.write() as tx:
        at_stake = records.get(tx, Allegation, allegation)
        if at_stake.version != version:
            store.stale.refuse_stale(tx, replace(at_stake, version=version), at_stake)
        claim = records.get(tx, Claim, at_stake.claim)
        _permitted(tx, person, at_stake, claim)
        if ruling.action is Action.TERMINATE_ACCOUNT:
            require(person, Act.TERMINATE)
        at_stake = ruling_of_answers.reopen(tx, person, at_stake)
        decision = deciding.decision(desk, tx, at_stake, ruling, person.id)
        records.add(tx, decision)
        _move(desk, tx, person, at_stake, decision)
    return decision


def undo(desk: Desk, person: Person, allegation: str) -> Decision:
    """Takes back the latest decision while nothing of it has left; also another's, and visibly. Raises BadDecision."""
    require(person, Act.UNDO)
    with desk.db.write() as tx:
        at_stake = records.get(tx, Allegation, allegation)
        decisions = [item for item in records.find(tx, Decision, allegation=allegation) if item.undone_at is None]
        if undone := putback.take_back(desk, tx, person, at_stake):
            return undone
        if not decisions or at_stake.state not in (AllegationState.APPROVED, AllegationState.DISMISSED):
            raise BadDecision(f"{allegation} is {at_stake.state}: there is no decision to take back")
        last = max(decisions, key=lambda item: (item.decided_at, item.id))
        if desk.now() > last.decided_at + desk.policy.undo_window:
            raise BadDecision(
                f"the window of {desk.policy.undo_minutes} minutes has passed; reverse it by a new decision"
            )
        undone = replace(last, undone_at=desk.now(), undone_by=person.id)
        records.replace(tx, undone)
        stopped = outbox.cancel_unsent(tx, at_stake.id, desk.now())
        left = [id for id in stopped.uncertain + stopped.too_late if _followed(tx, id, last)]
        if left:
            raise BadDecision(f"part of it has left already ({', '.join(left)})")
        correspondence.withdraw(tx, at_stake)
        moves.move(tx, at_stake, AllegationState.IN_REVIEW, acting(person), why="decision taken back", decision=last.id)
    return undone


def _followed(look: store.Look, row: str, decision: Decision) -> bool:
    """Whether an effect was queued for this decision, and not for what was decided or written before it."""
    return records.get(look, Outbox, row).created_at >= decision.decided_at


def _fitting(ruling: Ruling) -> None:
    allowed = REASONS[ruling.action]
    if ruling.reason not in allowed:
        names = ", ".join(sorted(allowed))
        raise BadDecision(f"{ruling.reason} is no reason to {ruling.action}; the reasons for it are {names}")
    if ruling.action is Action.GEO_RESTRICT and not ruling.territories:
        raise BadDecision("geo_restrict needs at least one --territory")
    if ruling.action is Action.REMOVE_PART and not ruling.parts:
        raise BadDecision("remove_part needs at least one --part")


def _permitted(tx: store.Transaction, person: Person, at_stake: Allegation, claim: Claim) -> None:
    if claim.lane is Lane.SAFETY:
        raise NotPermitted(f"{claim.id} is with the safety team")
    contested = appeal.open_side(tx, at_stake.id)
    replied = at_stake.state in ruling_of_answers.ANSWERED
    require(person, Act.DECIDE_COUNTER_NOTICE if replied and not contested else Act.DECIDE)
    if replied or contested:
        require_other_than_decider(tx, person, at_stake)


def _move(desk: Desk, tx: store.Transaction, person: Person, at_stake: Allegation, decision: Decision) -> None:
    """Moves the allegation by its decision, and queues what follows for when the window to take it back has passed."""
    actor = acting(person)
    details = {"decision": decision.id, "action": decision.action.value, "reason": decision.reason.value}
    if decision.action is Action.RESTORE:
        if decision.reason is Reason.COUNTER_NOTICE_LAPSE and not answered.by_counter_notice(tx, at_stake):
            raise BadDecision(f"{at_stake.id} is {at_stake.state}: no counter-notice about it is open")
        judge(at_stake.state, AllegationState.RESTORED, accountable=True)
        chain.append(tx, actor, "restore.decided", at_stake.id, at_stake.claim, details)
        if not putback.waits(at_stake, decision):
            effects.request(desk, tx, at_stake, decision)
        clocks.start(desk, tx, records.get(tx, Claim, at_stake.claim), {"putback_approved": desk.now()}, at_stake)
        correspondence.restoring(desk, tx, at_stake, decision)
        ruling_of_answers.close_appeal(desk, tx, at_stake, decision)
        return
    try:
        if ruling_of_answers.rule(desk, tx, person, at_stake, decision):
            return
    except ruling_of_answers.NoGround as error:
        raise BadDecision(str(error)) from None
    to = AllegationState.DISMISSED if decision.action is Action.NONE else AllegationState.APPROVED
    decided = moves.move(tx, at_stake, to, actor, **details)
    if decision.action is Action.FORWARD_ONLY:
        forwarding.approved(desk, tx, decided, decision)
        return
    if decision.action is not Action.NONE:
        effects.request(desk, tx, decided, decision)
        announcing.announce(desk, tx, decided, decision)
    correspondence.decided(desk, tx, decided, decision)
    ruling_of_answers.close_appeal(desk, tx, decided, decision)
