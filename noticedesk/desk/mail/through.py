"""Letters through the platform: where only it reaches the holder of an account, it is asked to deliver them.

The words are those of the letter, fixed once they have begun to leave; the request is made from them each time anew,
always the same to the byte, so that no copy of them lies anywhere else.
"""

import json
from dataclasses import replace
from datetime import timedelta

from noticedesk import draft, http, store
from noticedesk.desk.act import contract, webhook
from noticedesk.desk.actors import DISPATCH, worker
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import bounces, letters, post
from noticedesk.desk.mail.addressing import ACCOUNT
from noticedesk.desk.mail.tokens import reply_address
from noticedesk.desk.tally import Tally
from noticedesk.model.claim import Claim
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxKind, OutboxState
from noticedesk.store import chain, outbox, records

CHUNK, LEASE_SECONDS = 8, 300


def send_due(desk: Desk) -> Tally:
    """Asks the platform for every letter that is due; raises SettingError where letters wait and there is none."""
    owner, tally = worker("through"), Tally()
    while due := _lease(desk, owner):
        for row in due:
            _attempt(desk, row, tally)
    return tally


def confirm(desk: Desk, tx: store.Transaction, row: Outbox) -> str:
    """The platform has delivered the letter: it has left, with all that follows from that. The first time counts."""
    row = records.get(tx, Outbox, row.id)
    if row.state is OutboxState.CONFIRMED:
        return "confirmed before"
    outbox.mark(tx, row.id, OutboxState.CONFIRMED, desk.now())
    letter = records.get(tx, Letter, row.letter or "")
    if letter.state is LetterState.CANCELLED:
        chain.append(tx, DISPATCH, "letter.delivered_late", letter.id, letter.claim, {"outbox": row.id})
        return "letter delivered after it was taken back"
    return post.left(desk, tx, letter, row.id)


def fail(desk: Desk, tx: store.Transaction, row: Outbox, why: str, *, final: bool = False) -> str:
    """The letter was not delivered: it is tried again, or, in the end, before a person as one that came back."""
    row = records.get(tx, Outbox, row.id)
    if row.state is OutboxState.CANCELLED:
        return "failed, and was cancelled before"
    if row.state not in (OutboxState.CONFIRMED, OutboxState.DEAD):
        row = outbox.mark(tx, row.id, OutboxState.DEAD if final else OutboxState.FAILED, desk.now(), why)
    if row.state is OutboxState.FAILED:
        return "letter to be tried again"
    bounces.undelivered(desk, tx, DISPATCH, records.get(tx, Letter, row.letter or ""), why, outbox=row.id)
    return "letter not delivered"


def request(desk: Desk, look: store.Look, row: Outbox, letter: Letter) -> str:
    """The body of `letter.requested`, held against the contract."""
    claim = records.get(look, Claim, letter.claim)
    words = letters.text(desk, letter)
    data = {
        "idempotency_key": row.key,
        "id": letter.id,
        "claim": letter.claim,
        "service": claim.service,
        "account": letter.to.removeprefix(ACCOUNT),
        "language": letter.language,
        "subject": letter.subject,
        "text": words,
        "html": draft.html(words, letter.subject, letter.language),
        "reply_to": reply_address(desk.service(claim.service).agent, letter.message_id),
    }
    said = {"type": "letter.requested", "timestamp": row.created_at.isoformat(), "data": data}
    return json.dumps(contract.conform("letter.requested", said), sort_keys=True)


def _lease(desk: Desk, owner: str) -> list[Outbox]:
    """The letters to be asked for now; those that were accepted and not confirmed in time are among them."""
    with desk.db.write() as tx:
        for late in records.find(tx, Outbox, kind=OutboxKind.LETTER, state=OutboxState.SENT):
            if late.next_attempt_at and late.next_attempt_at <= desk.now():
                fail(desk, tx, late, f"accepted, and not confirmed within {desk.policy.confirmation_hours} hours")
        due = outbox.lease(tx, owner, desk.now(), CHUNK, LEASE_SECONDS, OutboxKind.LETTER)
        if due:
            webhook.require(desk.platform, desk.settings.webhook_secret)
    return due


def _attempt(desk: Desk, leased: Outbox, tally: Tally) -> None:
    """One letter. What cannot be saved is asked again under the same key, once the lease has run out."""
    try:
        with desk.db.write() as tx:
            begun = _begin(desk, tx, leased)
        if isinstance(begun, str):
            tally.counts[begun] += 1
            return
        answer = webhook.send(desk.platform, desk.settings.webhook_secret, begun, desk.now())
    except (http.Refused, http.Unreachable, webhook.NotConfirmed) as error:
        tally.failed(error)
        with desk.db.write() as tx:
            final = isinstance(error, webhook.NotConfirmed) and error.final
            tally.counts[fail(desk, tx, leased, str(error), final=final)] += 1
        return
    except Exception as error:  # one letter's error never stops the others; it is told in the run's tally
        tally.failed(error)
        return
    with desk.db.write() as tx:
        confirmed = answer is webhook.Answer.CONFIRMED
        tally.counts[confirm(desk, tx, leased) if confirmed else _accepted(desk, tx, leased)] += 1


def _begin(desk: Desk, tx: store.Transaction, leased: Outbox) -> Outbox | str:
    """The row with its body, as it is to be sent now; or, in words, why nothing is sent."""
    row, letter = records.get(tx, Outbox, leased.id), records.get(tx, Letter, leased.letter or "")
    if row.state not in (OutboxState.QUEUED, OutboxState.FAILED):
        return "settled meanwhile"
    if letter.state not in (LetterState.QUEUED, LetterState.BOUNCED):
        outbox.mark(tx, row.id, OutboxState.CANCELLED, desk.now(), f"the letter is {letter.state}")
        return "letter taken back"
    return replace(row, body=request(desk, tx, row, letter))


def _accepted(desk: Desk, tx: store.Transaction, leased: Outbox) -> str:
    """The platform will say later: asked again when that takes too long."""
    if records.get(tx, Outbox, leased.id).state not in (OutboxState.QUEUED, OutboxState.FAILED):
        return "settled meanwhile"
    sent = outbox.mark(tx, leased.id, OutboxState.SENT, desk.now())
    records.replace(tx, replace(sent, next_attempt_at=desk.now() + timedelta(hours=desk.policy.confirmation_hours)))
    return "letter accepted, to be confirmed"
