"""Strikes: measures that stand are counted for each account, unfounded notices for each notifier; counts propose."""

from collections.abc import Sequence
from datetime import timedelta

from noticedesk import store
from noticedesk.desk.actors import CHASE
from noticedesk.desk.chase.each import each, stirring
from noticedesk.desk.desk import Desk
from noticedesk.desk.misuse.conduct import Conduct, Step, Strikes, conduct, reference
from noticedesk.desk.tally import Tally
from noticedesk.model.claim import Claim
from noticedesk.model.conduct import Answer, Measure, Sanction
from noticedesk.model.ids import new_id
from noticedesk.store import chain, records
from noticedesk.store import conduct as counted
from noticedesk.store.conduct import Strike

Account = tuple[str, str]
"""A service and an account of it."""


def propose(desk: Desk) -> Tally:
    """Proposes measures about the accounts and notifiers whose counts have reached a step; it does none of them."""
    rules = conduct(desk)
    with desk.db.read() as look:
        accounts = _accounts(desk, look, rules)
        notifiers = _notifiers(desk, look, rules)
    tally = each(desk, accounts, lambda tx, account: _about_account(desk, tx, rules, account))
    tally += each(desk, notifiers, lambda tx, sender: _about_notifier(desk, tx, rules, sender))
    return tally


def strikes(desk: Desk, look: store.Look, service: str, account: str) -> list[Strike]:
    """The strikes of an account that stand in the window, oldest first; of one claim one, where so configured."""
    rules = conduct(desk).strikes
    since = desk.now() - timedelta(days=rules.window_days)
    return _counted(rules, counted.strikes(look, since, (service, account)).get((service, account), []))


def _counted(rules: Strikes, found: list[Strike]) -> list[Strike]:
    if rules.once_per == "allegation":
        return found
    firsts: dict[str, Strike] = {}
    for one in found:
        firsts.setdefault(one.claim, one)
    return list(firsts.values())


def _accounts(desk: Desk, look: store.Look, rules: Conduct) -> list[Account]:
    """The accounts about which something is to be proposed; their strikes are counted together."""
    found = counted.strikes(look, desk.now() - timedelta(days=rules.strikes.window_days))
    mine = {account: _counted(rules.strikes, some) for account, some in found.items()}
    least = min((step.at for step in rules.strikes.steps), default=1)
    hit = [account for account, some in mine.items() if len(some) >= least]
    wanted: list[Account] = []
    for start in range(0, len(hit), records.AHEAD):
        part = hit[start : start + records.AHEAD]
        records.ahead(look, Sanction, "subject", {account for _, account in part})
        wanted += stirring(part, lambda account: _proposal(desk, look, rules, account, mine[account]) is not None)
    return wanted


def unfounded(desk: Desk, look: store.Look, sender: str) -> list[str]:
    """The claims of a notifier that were dismissed as unfounded in the window, oldest first."""
    rules = conduct(desk).misuse
    since = desk.now() - timedelta(days=rules.window_days)
    return [claim for claim, _ in counted.unfounded(look, sender, since, [reason.value for reason in rules.reasons])]


def next_step(steps: Sequence[Step], count: int, taken: frozenset[Measure]) -> Step | None:
    """The mildest step that the count has reached and that was not taken yet: no step is passed over."""
    reached = sorted((step for step in steps if count >= step.at), key=lambda step: step.at)
    return next((step for step in reached if step.measure not in taken), None)


def _about_account(desk: Desk, tx: store.Transaction, rules: Conduct, about: Account) -> str:
    made = _proposal(desk, tx, rules, about, strikes(desk, tx, *about))
    return _propose(tx, made) if made else ""


def _proposal(desk: Desk, look: store.Look, rules: Conduct, about: Account, mine: Sequence[Strike]) -> Sanction | None:
    """What is to be proposed about an account with these strikes; None where there is nothing new."""
    service, account = about
    before = [one for one in records.find(look, Sanction, subject=account) if one.service == service]
    begun = desk.now() - timedelta(days=rules.strikes.window_days)
    taken = {one.measure for one in before if one.answer is Answer.ACCEPTED and one.proposed_at > begun}
    step = next_step(rules.strikes.steps, len(mine), frozenset(taken))
    if step is None or not mine:
        return None
    made = Sanction(
        id=new_id("M"),
        measure=step.measure,
        service=service,
        subject=account,
        claim=mine[-1].claim,
        allegation=mine[-1].allegation,
        grounds=tuple(one.allegation for one in mine),
        by_rule=f"strikes: {len(mine)} of {step.at} in {rules.strikes.window_days} days",
        reference=reference(desk, service, rules.strikes.duty),
        proposed_at=desk.now(),
    )
    return made if _is_new(made, before) else None


def _notifiers(desk: Desk, look: store.Look, rules: Conduct) -> list[str]:
    """The senders of whom enough claims were unfounded to be looked at."""
    since = desk.now() - timedelta(days=rules.misuse.window_days)
    return counted.unfounded_senders(look, since, [one.value for one in rules.misuse.reasons], rules.misuse.least)


def _about_notifier(desk: Desk, tx: store.Transaction, rules: Conduct, sender: str) -> str:
    """A warning first; a suspension only for what came to nothing after it."""
    before = records.find(tx, Sanction, subject=sender)
    warned = [one.answered_at for one in before if one.measure is Measure.WARN_NOTIFIER and one.answered_at]
    accepted = [at for at in warned if any(one.answered_at == at and one.answer is Answer.ACCEPTED for one in before)]
    begun = desk.now() - timedelta(days=rules.misuse.window_days)
    since = max([begun, *accepted])
    mine = [c for c, _ in counted.unfounded(tx, sender, since, [one.value for one in rules.misuse.reasons])]
    record = counted.record(tx, sender, begun)
    if len(mine) < rules.misuse.least or len(mine) < rules.misuse.share * record.decided:
        return ""
    service = records.get(tx, Claim, mine[-1]).service
    made = Sanction(
        id=new_id("M"),
        measure=Measure.SUSPEND_PROCESSING if since > begun else Measure.WARN_NOTIFIER,
        service=service,
        subject=sender,
        claim=mine[-1],
        grounds=tuple(mine),
        by_rule=f"misuse: {len(mine)} unfounded of {record.decided} decided in {rules.misuse.window_days} days",
        reference=reference(desk, service, rules.misuse.duty),
        proposed_at=desk.now(),
    )
    return _propose(tx, made) if _is_new(made, before) else ""


def _is_new(made: Sanction, before: Sequence[Sanction]) -> bool:
    """Whether the same does not wait for its answer, and was not answered on the same grounds."""
    same = [one for one in before if one.measure is made.measure]
    return not any(one.answer is None or set(made.grounds) <= set(one.grounds) for one in same)


def _propose(tx: store.Transaction, made: Sanction) -> str:
    records.add(tx, made)
    told: dict[str, chain.Detail] = {"measure": made.measure.value, "grounds": len(made.grounds)}
    chain.append(tx, CHASE, "sanction.proposed", made.id, made.claim, told)
    return f"{made.measure.value} proposed"
