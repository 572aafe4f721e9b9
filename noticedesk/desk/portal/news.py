"""News: a sender of the API is told by webhook where what they sent stands, each time that it stands elsewhere.

What is told is what the status address shows: the facts of one's own side. A message that a later one has overtaken is
not sent any more.
"""

import hashlib
import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from noticedesk import http, store
from noticedesk.desk.act import told
from noticedesk.desk.actors import DISPATCH, worker
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal.standing import Standing, standing
from noticedesk.desk.tally import Tally
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.model.submission import Sender, Submission
from noticedesk.store import chain, news, outbox, records, senders, sources

TYPE, SCHEMA = "submission.status_changed", "status/1"

CHUNK, LEASE_SECONDS = 8, 300
_GONE = 410


def send_due(desk: Desk) -> Tally:
    """Looks for news and tells them; raises SettingError where some wait and no secret is set to sign them with."""
    tally = look(desk)
    with desk.db.read() as seen:
        if not outbox.due(seen, desk.now(), 1, OutboxKind.STATUS):
            return tally
    told.require(desk.settings.sender_secret)
    owner = worker("news")
    while rows := _leased(desk, owner):
        for row in rows:
            _attempt(desk, row, tally)
    return tally


def look(desk: Desk) -> Tally:
    """Queues what is to be told of everything that happened since the last look."""
    owner, tally, now = worker("news"), Tally(), desk.now()
    with desk.db.read() as seen:
        cursor, here = sources.checkpoint(seen, news.SOURCE).cursor, news.here(seen, now)
        if not cursor:
            return tally
    with desk.db.write(logged=False) as tx:
        state = sources.lease(tx, news.SOURCE, owner, now, LEASE_SECONDS)
    if state is None:
        return tally
    with desk.db.read() as seen:
        changed = news.changed(seen, news.Place.read(state.cursor), now, desk.policy.undo_window)
    for submission in changed:
        try:
            _tell(desk, submission, tally)
        except Exception as error:  # what cannot be told of one stops nothing; it is looked at again next time
            tally.failed(error)
    with desk.db.write(logged=False) as tx:
        if tally.errors:
            sources.failed(tx, news.SOURCE, next(iter(tally.errors)), now)
        else:
            sources.advance(tx, news.SOURCE, owner, str(here), now)
        sources.release(tx, news.SOURCE, owner)
    return tally


def policy(desk: Desk) -> http.Policy:
    """What may be sent where: a sender named the address, so it is as hostile as any."""
    return replace(http.HOSTILE, exempt=desk.places.manners.origins, body=64 * 1024)


def said(stands: Standing) -> dict[str, Any]:
    """A standing as the status address shows it."""
    facts: dict[str, Any] = json.loads(json.dumps(asdict(stands), default=datetime.isoformat))
    return {"schema": SCHEMA} | facts


def _tell(desk: Desk, submission: Submission, tally: Tally) -> None:
    """Queues the standing, unless it is what was told last or belongs to no case that it could be erased with."""
    stands = standing(desk, submission)
    data = said(stands)
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    if not stands.reference or digest == submission.told:
        return
    now, id = desk.now(), new_id("X")
    row = Outbox(
        id=id,
        kind=OutboxKind.STATUS,
        key=f"{submission.id}_{id}",
        claim=stands.reference,
        body=json.dumps({"type": TYPE, "timestamp": now.isoformat(), "data": data}, ensure_ascii=False),
        send_after=now,
        created_at=now,
    )
    with desk.db.write() as tx:
        known = records.get(tx, Submission, submission.id)
        if known.told == digest:
            return
        outbox.queue(tx, row)
        records.replace(tx, replace(known, told=digest, telling=row.id))
        chain.append(tx, DISPATCH, f"{news.OURS}queued", submission.id, stands.reference, {"outbox": row.id})
    tally.counts["status to be told"] += 1


def _leased(desk: Desk, owner: str) -> list[Outbox]:
    with desk.db.write() as tx:
        return outbox.lease(tx, owner, desk.now(), CHUNK, LEASE_SECONDS, OutboxKind.STATUS)


def _attempt(desk: Desk, row: Outbox, tally: Tally) -> None:
    """One message; what fails is tried again later, and what must not be sent there is shown to a person."""
    with desk.db.write() as tx:
        sender = _hears(tx, row)
        if sender is None:
            outbox.mark(tx, row.id, OutboxState.CANCELLED, desk.now(), "overtaken, or nobody is to be told any more")
            tally.counts["status not told any more"] += 1
            return
    try:
        told.send(desk.settings.sender_secret, sender, row, desk.now(), policy(desk))
    except http.Unreachable as error:
        tally.failed(error)
        _failed(desk, row, sender, error)
    except http.Refused as error:
        tally.failed(error)
        _settle(desk, row, OutboxState.DEAD, str(error))
    else:
        _settle(desk, row, OutboxState.CONFIRMED)
        tally.counts["status told"] += 1


def _hears(look: store.Look, row: Outbox) -> Sender | None:
    """The sender to be told; None where the row is not the latest news, or its sender hears none any more."""
    submission = records.get(look, Submission, row.key.partition("_")[0])
    sender = records.get(look, Sender, submission.sender or "")
    return sender if submission.telling == row.id and sender.active and sender.webhook else None


def _failed(desk: Desk, row: Outbox, sender: Sender, error: http.Unreachable) -> None:
    """An address that says of itself that it is gone hears nothing more until another is named."""
    if error.status != _GONE:
        _settle(desk, row, OutboxState.FAILED, str(error))
        return
    with desk.db.write() as tx:
        senders.set_webhook(tx, sender.id, "", DISPATCH, now=desk.now())
        outbox.mark(tx, row.id, OutboxState.CANCELLED, desk.now(), str(error))


def _settle(desk: Desk, row: Outbox, state: OutboxState, error: str = "") -> None:
    with desk.db.write() as tx:
        outbox.mark(tx, row.id, state, desk.now(), error)
        chain.append(tx, DISPATCH, f"{news.OURS}{state.value}", row.id, row.claim, {"key": row.key})
