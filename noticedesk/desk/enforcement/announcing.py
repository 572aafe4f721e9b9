"""Announcing: a measure about an account that a law wants told a time before it, and that waits for that time."""

from collections.abc import Iterator
from datetime import datetime

from noticedesk import store
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.deadlines import beside, clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import window
from noticedesk.desk.escalation import routes
from noticedesk.desk.mail import writing
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock, ClockState
from noticedesk.model.decision import Decision
from noticedesk.model.letter import LetterState
from noticedesk.model.listing import Listing
from noticedesk.regime import Duty, InForce
from noticedesk.store import records


def announce(desk: Desk, tx: store.Transaction, about: Allegation, decision: Decision) -> None:
    """Queues what has to be told before the measure, starts the time that it waits for, and asks legal."""
    claim = records.get(tx, Claim, about.claim)
    for law, duty in _owed(desk, tx, claim, about, decision):
        clocks.start(desk, tx, claim, dict.fromkeys(duty.done, window.leaves_at(desk, tx, decision)), about)
        ends = waits_until(desk, tx, about, decision)
        told = About(allegation=about, decision=decision, law=law, until=ends)
        for letter in writing.write(desk, tx, claim, duty.letter or "", told):
            if letter.state is LetterState.DRAFT:
                writing.queue(desk, tx, letter, decision)
        routes.ask(desk, tx, "account_announced", claim, about=about.id)


def waits_until(desk: Desk, look: store.Look, about: Allegation, decision: Decision) -> datetime | None:
    """Until when a measure waits for what was announced; None where nothing has to be, or its time is over."""
    claim = records.get(look, Claim, about.claim)
    rules = [duty.announces.timer for _, duty in _owed(desk, look, claim, about, decision) if duty.announces]
    running = records.find(look, Clock, allegation=about.id, rule=rules, state=ClockState.RUNNING) if rules else []
    ends = (clock.earliest or clock.due for clock in running)
    return max((end for end in ends if end > desk.now()), default=None)


def _owed(
    desk: Desk, look: store.Look, claim: Claim, about: Allegation, decision: Decision
) -> Iterator[tuple[InForce, Duty]]:
    """The duties to announce the measure, for a reason that excuses from none of them."""
    for law in beside.laws(desk, claim, records.get(look, Listing, about.listing)):
        for duty in beside.duties(law):
            rule = duty.announces
            if rule and rule.measure is decision.action and decision.reason not in rule.unless:
                yield law, duty
