"""The daily round: what has been kept long enough is erased, what is held waits, the chain is verified."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from noticedesk import store
from noticedesk.desk import alarms
from noticedesk.desk.actors import RETAIN
from noticedesk.desk.alarms import Cause
from noticedesk.desk.chase.each import each
from noticedesk.desk.desk import Desk
from noticedesk.desk.retain import holds, periods, unclaimed
from noticedesk.desk.retain.erase import Order, claim_erased, notice_erased, sender_erased, submission_erased, tombstone
from noticedesk.desk.retain.periods import FOREVER, Periods
from noticedesk.desk.retain.unfinished import unfinished
from noticedesk.desk.tally import Tally
from noticedesk.model.alarm import Alarm, AlarmKind
from noticedesk.model.claim import Claim
from noticedesk.model.keeping import Tombstone
from noticedesk.model.notice import Notice
from noticedesk.model.person import Session
from noticedesk.store import erasing, lapsed, proof, records, search

CHAIN = "audit-chain"
"""What the alarm of a broken chain is about."""


class ChainBroken(ValueError):
    """The audit log is not what was written."""


def date_claims(desk: Desk) -> Tally:
    """Gives every claim that is old enough the date until which it is kept."""
    rules = periods.load(desk)
    shortest = min(rule.length for rule in rules if rule.record == "claim")
    with desk.db.read() as look:
        old = search.past(look, Claim, "received_at", desk.now() - shortest, retain_until=None, limit=desk.policy.chunk)
    return each(desk, old, lambda tx, claim: _date(tx, rules, claim))


def erase_claims(desk: Desk) -> Tally:
    """Erases the claims whose time is over, unless a hold or a duty needs them."""
    rules = periods.load(desk)
    with desk.db.read() as look:
        over = search.past(look, Claim, "retain_until", desk.now(), limit=desk.policy.chunk)
    return each(desk, over, lambda tx, claim: _erase(desk, tx, rules, records.get(tx, Claim, claim.id)))


def erase_notices(desk: Desk) -> Tally:
    """Erases the messages that never became part of a claim."""
    rule = periods.rule_for(periods.load(desk), "notice")
    end = desk.now() - rule.length
    with desk.db.read() as look:
        old = search.past(look, Notice, "received_at", end, claim=None, retain_until=None, limit=desk.policy.chunk)
    return each(desk, old, lambda tx, notice: _erase_notice(desk, tx, rule.id, notice))


def erase_submissions(desk: Desk) -> Tally:
    """Erases what came in and was never confirmed or taken over."""
    rule = periods.rule_for(periods.load(desk), "submission")
    with desk.db.read() as look:
        old = lapsed.never_taken(look, desk.now() - rule.length, desk.policy.chunk)
    order = Order(actor=RETAIN, why="retention period over", rule=rule.id)
    return each(desk, old, lambda tx, one: _named(submission_erased(desk, tx, one, order), "submission erased"))


def erase_senders(desk: Desk) -> Tally:
    """Erases name and address of senders who are not let in any more."""
    rule = periods.rule_for(periods.load(desk), "sender")
    with desk.db.read() as look:
        old = lapsed.retired(look, desk.now() - rule.length, desk.policy.chunk)
    order = Order(actor=RETAIN, why="retention period over", rule=rule.id)
    return each(desk, old, lambda tx, one: _named(sender_erased(desk, tx, one, order), "sender erased"))


def drop_what_ended(desk: Desk) -> Tally:
    """Drops old alarms and sessions that are over."""
    rules, tally = periods.load(desk), Tally()
    with desk.db.write(logged=False) as tx:
        alarms_end, sessions_end = (desk.now() - periods.rule_for(rules, one).length for one in ("alarm", "session"))
        tally.counts["alarm dropped"] += erasing.drop_ended(tx, Alarm, "ended_at", alarms_end)
        tally.counts["session dropped"] += erasing.drop_ended(tx, Session, "expires_at", sessions_end)
    tally.counts = +tally.counts
    return tally


def verify_chain(desk: Desk) -> Tally:
    """Verifies the whole audit chain; a break is alarmed, and the alarm ends when the chain holds again."""
    tally, breaks = Tally(), proof.verify(desk.db)
    with desk.db.write() as tx:
        if breaks:
            detail = f"first at row {breaks[0].seq}; run noticedesk audit verify"
            tally.failed(ChainBroken(detail))
            alarms.raise_(desk, tx, Cause(kind=AlarmKind.AUDIT_BROKEN, subject=CHAIN, detail=detail))
        else:
            for alarm in records.find(tx, Alarm, kind=AlarmKind.AUDIT_BROKEN, ended_at=None):
                alarms.end(desk, tx, alarm)
    return tally


def count_rows(desk: Desk) -> Tally:
    """Lets the database count its rows, by which it chooses how to find them."""
    store.analyze(desk.db)
    return Tally()


STEPS: dict[str, Callable[[Desk], Tally]] = {
    "date": date_claims,
    "claims": erase_claims,
    "messages": erase_notices,
    "submissions": erase_submissions,
    "senders": erase_senders,
    "ended": drop_what_ended,
    "bytes": unclaimed.drop_bytes,
    "count": count_rows,
    "verify": verify_chain,
}
"""The steps in their order."""


def run(desk: Desk, step: str) -> Tally:
    """Runs one step over one chunk."""
    return STEPS[step](desk)


def run_all(desk: Desk) -> Tally:
    """Runs every step once."""
    total = Tally()
    for step in STEPS:
        total += run(desk, step)
    return total


def _date(tx: store.Transaction, rules: Periods, claim: Claim) -> str:
    known = records.get(tx, Claim, claim.id)
    records.replace(tx, replace(known, retain_until=periods.kept_until(tx, rules, known)))
    return "claim dated"


def _erase(desk: Desk, tx: store.Transaction, rules: Periods, claim: Claim) -> str:
    until = periods.kept_until(tx, rules, claim)
    if tombstone(tx, claim.id):
        until = FOREVER
    elif holds.on_claim(tx, claim.id) or unfinished(tx, claim.id):
        until = max(until, desk.now() + timedelta(days=desk.policy.chase.held_again_days))
    if until > desk.now():
        records.replace(tx, replace(claim, retain_until=until))
        return "erased before" if until == FOREVER else "kept longer"
    rule = periods.rule_for(rules, "claim", claim.state)
    records.replace(tx, replace(claim, retain_until=FOREVER))
    claim_erased(desk, tx, claim.id, Order(actor=RETAIN, why="retention period over", rule=rule.id))
    return "claim erased"


def _erase_notice(desk: Desk, tx: store.Transaction, rule: str, notice: Notice) -> str:
    known = records.get(tx, Notice, notice.id)
    if known.claim is not None or known.hold:
        return ""
    records.replace(tx, replace(known, retain_until=FOREVER))
    notice_erased(desk, tx, known, Order(actor=RETAIN, why="retention period over", rule=rule))
    return "message erased"


def _named(_stone: Tombstone, done: str) -> str:
    """What was done, for the tally."""
    return done
