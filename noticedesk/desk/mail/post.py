"""The post: the letters of the outbox that are due leave, at least once, always with the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from noticedesk import store
from noticedesk.desk.act import smtp
from noticedesk.desk.actors import DISPATCH, worker
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import bounces, silence, told
from noticedesk.desk.mail.tokens import reply_address
from noticedesk.desk.tally import Tally
from noticedesk.model.claim import Claim
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxKind, OutboxState
from noticedesk.store import chain, outbox, records

LEASE_SECONDS: Final = 600
"""Longer than one letter can take with every step of it at the end of its patience."""

PATIENCE: Final = store.queue.Patience(attempts=12)
"""Growing pauses for about a day: a server that asks to come back later is believed that long."""

OUTAGE: Final = timedelta(minutes=2)
"""How long all letters wait when the mail server is not there; no attempt is counted."""

_SENDABLE = frozenset({LetterState.QUEUED, LetterState.BOUNCED})
"""What a due row may send: a letter in the queue, or one that came back and that a person has queued anew."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A letter that this process alone may send now."""

    row: Outbox
    letter: Letter
    sender: str


_Ending = Callable[[Desk, store.Transaction, _Taken, str], str]
"""What is saved of how the sending of one letter went; its name for the tally."""


def send_due(desk: Desk) -> Tally:
    """Sends up to a chunk of the letters that are due; raises SettingError where no mail server is set to send by."""
    tally, owner = Tally(), worker("post")
    with desk.db.read() as look:
        if not outbox.due(look, desk.now(), 1, OutboxKind.MAIL):
            return tally
    chosen = desk.settings
    server = smtp.server(chosen.smtp, chosen.smtp_password, chosen.smtp_authorities)
    try:
        while tally.taken < desk.policy.chunk and _over_one_line(desk, server, owner, tally):
            pass
    except smtp.NoServer as error:
        tally.failed(error)
        with desk.db.write(logged=False) as tx:
            outbox.postpone(tx, OutboxKind.MAIL, owner, desk.now(), desk.now() + OUTAGE, str(error))
    return tally


def _over_one_line(desk: Desk, server: smtp.Server, owner: str, tally: Tally) -> bool:
    """Sends until nothing is due or the line is of no more use; whether there may be more to send."""
    with smtp.line(server) as line:
        while tally.taken < desk.policy.chunk:
            taken = _take(desk, owner)
            if taken is None:
                return False
            if not _send(desk, line, taken, tally):
                return True
    return False


def _take(desk: Desk, owner: str) -> _Taken | None:
    """Leases the next letter, one at a time, so that a crash leaves at most one in doubt."""
    while True:
        with desk.db.write() as tx:
            rows = outbox.lease(tx, owner, desk.now(), 1, LEASE_SECONDS, OutboxKind.MAIL)
            if not rows:
                return None
            row, letter = rows[0], records.get(tx, Letter, rows[0].letter or "")
            if letter.state not in _SENDABLE:
                outbox.mark(tx, row.id, OutboxState.CANCELLED, desk.now(), f"the letter is {letter.state}")
                continue
            if row.last_error == outbox.SILENT:
                _in_doubt(tx, letter, "the sender stopped without saying how it went")
            agent = desk.service(records.get(tx, Claim, letter.claim).service).agent
        return _Taken(row, letter, reply_address(agent, letter.message_id))


def _send(desk: Desk, line: smtp.Line, taken: _Taken, tally: Tally) -> bool:
    """Sends one letter and saves how it went; whether the line can be used for the next one."""
    ended: _Ending
    try:
        line.send(desk.blobs.get(taken.letter.sha256), taken.sender, taken.letter.to)
        said, ended = "", _sent
    except tuple(_ENDINGS) as error:
        said, ended = str(error), _ENDINGS[type(error)]
    with desk.db.write() as tx:
        letter = records.get(tx, Letter, taken.letter.id)
        tally.counts[ended(desk, tx, replace(taken, letter=letter), said)] += 1
    return ended in (_sent, _refused)


def _sent(desk: Desk, tx: store.Transaction, taken: _Taken, said: str) -> str:
    outbox.mark(tx, taken.row.id, OutboxState.SENT, desk.now())
    return left(desk, tx, taken.letter, taken.row.id)


def left(desk: Desk, tx: store.Transaction, letter: Letter, row: str) -> str:
    """What changes when a letter has left: its state, the wait for an answer, and the clocks that hang on it."""
    now = desk.now()
    letter = records.replace(tx, replace(letter, state=LetterState.SENT, sent_at=now, undelivered=""))
    chain.append(tx, DISPATCH, "letter.sent", letter.id, letter.claim, {"outbox": row})
    silence.begin(desk, tx, letter, now)
    told.sent(desk, tx, letter, now)
    return "letter sent"


def _refused(desk: Desk, tx: store.Transaction, taken: _Taken, said: str) -> str:
    outbox.mark(tx, taken.row.id, OutboxState.DEAD, desk.now(), said)
    bounces.undelivered(desk, tx, DISPATCH, taken.letter, said, outbox=taken.row.id, code=said[:3])
    return "letter refused for good"


def _try_again(desk: Desk, tx: store.Transaction, taken: _Taken, said: str) -> str:
    row = outbox.mark(tx, taken.row.id, OutboxState.FAILED, desk.now(), said, PATIENCE)
    if row.state is OutboxState.DEAD:
        bounces.undelivered(desk, tx, DISPATCH, taken.letter, f"given up: {said}", outbox=row.id, code=said[:3])
        return "letter given up"
    return "letter to be tried again"


def _uncertain(desk: Desk, tx: store.Transaction, taken: _Taken, said: str) -> str:
    _in_doubt(tx, taken.letter, "no answer came after it was handed over")
    _try_again(desk, tx, taken, said)
    return "letter perhaps sent, to be repeated"


def _in_doubt(tx: store.Transaction, letter: Letter, why: str) -> None:
    """Notes on the timeline that whoever gets the letter may get it twice, in the same bytes."""
    chain.append(tx, DISPATCH, "letter.uncertain", letter.id, letter.claim, {"why": why})


_ENDINGS: dict[type[Exception], _Ending] = {
    smtp.RefusedForGood: _refused,
    smtp.TryAgain: _try_again,
    smtp.Uncertain: _uncertain,
    store.Missing: _try_again,
    store.Erased: _refused,
    store.Corrupt: _try_again,
}
"""How the sending of one letter may fail, and what is saved of it."""
