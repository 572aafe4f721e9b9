"""Dispatch: the rows of the outbox that are due take effect, exactly once by their key."""

import logging
from collections.abc import Callable

from noticedesk import http, store
from noticedesk.desk import alarms, logs
from noticedesk.desk.act import webhook
from noticedesk.desk.actors import worker
from noticedesk.desk.alarms import Cause
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import effects, outcomes
from noticedesk.desk.mail import post, through
from noticedesk.desk.portal import news
from noticedesk.desk.statements import send as statements
from noticedesk.desk.tally import Tally
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.letter import Outbox, OutboxKind
from noticedesk.settings import SettingError
from noticedesk.store import outbox, records

CHUNK, LEASE_SECONDS = 8, 300
"""What is leased at once, and for how long: as many as can be asked one after the other before the lease runs out."""


def dispatch(desk: Desk) -> Tally:
    """Has every effect that is due; where a kind of them has no way out they wait, and an alarm says so once a day."""
    total = Tally()
    for kind, send_due in SENDERS.items():
        try:
            total += send_due(desk)
        except SettingError as error:
            _alarm(desk, kind, error)
    return total


def _alarm(desk: Desk, kind: OutboxKind, error: SettingError) -> None:
    logs.say("no way out", {"effects": kind.value, "why": str(error)}, logging.WARNING)
    with desk.db.write() as tx:
        alarms.raise_(desk, tx, Cause(kind=AlarmKind.NO_WAY_OUT, subject=kind.value, detail=kind.value))


def ask_platform(desk: Desk) -> Tally:
    """Asks the platform for every effect that is due, and records what it confirms, accepts or refuses."""
    owner, tally = worker("dispatch"), Tally()
    while due := _lease(desk, owner):
        for row in due:
            _attempt(desk, row, tally)
    return tally


SENDERS: dict[OutboxKind, Callable[[Desk], Tally]] = {
    OutboxKind.WEBHOOK: ask_platform,
    OutboxKind.MAIL: post.send_due,
    OutboxKind.LETTER: through.send_due,
    OutboxKind.STATEMENT: statements.send_due,
    OutboxKind.STATUS: news.send_due,
}
"""What has the due effects of each kind."""


def _lease(desk: Desk, owner: str) -> list[Outbox]:
    """The effects to be asked for now; those not confirmed in time are among them."""
    with desk.db.write() as tx:
        effects.overdue(desk, tx)
        due = outbox.lease(tx, owner, desk.now(), CHUNK, LEASE_SECONDS, OutboxKind.WEBHOOK)
        if due:
            webhook.require(desk.platform, desk.settings.webhook_secret)
    return due


def _attempt(desk: Desk, row: Outbox, tally: Tally) -> None:
    """One effect. What cannot be saved is had again under the same key, once the lease has run out."""
    try:
        with desk.db.write() as tx:
            begun = effects.begin(desk, tx, row)
        if isinstance(begun, str):
            tally.counts[begun] += 1
        else:
            _send(desk, begun, tally)
    except Exception as error:  # one effect's error never stops the others; it is told in the run's tally
        tally.failed(error)


def _send(desk: Desk, row: Outbox, tally: Tally) -> None:
    try:
        answer = webhook.send(desk.platform, desk.settings.webhook_secret, row, desk.now())
    except (http.Refused, http.Unreachable, webhook.NotConfirmed) as error:
        tally.failed(error)
        with desk.db.write() as tx:
            if _untouched(tx, row):
                final = isinstance(error, webhook.NotConfirmed) and error.final
                outcomes.fail(desk, tx, row, str(error), final=final)
        return
    with desk.db.write() as tx:
        if answer is webhook.Answer.CONFIRMED:
            tally.counts[outcomes.confirm(desk, tx, row)] += 1
        else:
            tally.counts[effects.accepted(desk, tx, row) if _untouched(tx, row) else "settled meanwhile"] += 1


def _untouched(look: store.Look, row: Outbox) -> bool:
    """Whether nobody has settled the effect since it was begun: an event of the platform, or the next holder."""
    now = records.get(look, Outbox, row.id)
    return (now.state, now.attempts) == (row.state, row.attempts)
