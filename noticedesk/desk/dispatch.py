"""Dispatch: the rows of the outbox that are due take effect, exactly once by their key."""

from noticedesk import http, store
from noticedesk.desk import effects
from noticedesk.desk.act import webhook
from noticedesk.desk.actors import DISPATCH, worker
from noticedesk.desk.desk import Desk
from noticedesk.desk.tally import Tally
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.store import moves, outbox, records


def dispatch(desk: Desk) -> Tally:
    """Asks the platform for every effect that is due, and records what it confirms or refuses."""
    owner = worker("dispatch")
    with desk.db.write() as tx:
        due = outbox.lease(tx, owner, desk.now(), kind=OutboxKind.WEBHOOK)
        for row in due:
            _begin(tx, row)
    tally = Tally()
    for row in due:
        tally += _send(desk, row)
    return tally


def _begin(tx: store.Transaction, row: Outbox) -> None:
    allegation = records.get(tx, Allegation, row.allegation or "")
    if allegation.state in (AllegationState.APPROVED, AllegationState.ACTION_FAILED):
        moves.move(tx, allegation, AllegationState.DISPATCHING, DISPATCH, outbox=row.id)


def _send(desk: Desk, row: Outbox) -> Tally:
    tally = Tally()
    try:
        webhook.send(desk.platform, desk.settings.webhook_secret, row, desk.now())
    except (http.Refused, http.Unreachable, webhook.NotConfirmed) as error:
        tally.failed(error)
        with desk.db.write() as tx:
            failed = outbox.mark(tx, row.id, OutboxState.FAILED, desk.now(), str(error))
            if failed.state is OutboxState.DEAD:
                _give_up(tx, row)
        return tally
    with desk.db.write() as tx:
        outbox.mark(tx, row.id, OutboxState.CONFIRMED, desk.now())
        tally.counts[effects.confirm(desk, tx, row)] += 1
    return tally


def _give_up(tx: store.Transaction, row: Outbox) -> None:
    """A dead effect is shown with its allegation, until a person retries it or hands it over."""
    allegation = records.get(tx, Allegation, row.allegation or "")
    if allegation.state is AllegationState.DISPATCHING:
        moves.move(tx, allegation, AllegationState.ACTION_FAILED, DISPATCH, outbox=row.id)
