"""Sending statements: a hundred a call; one that is at fault is taken out and shown, the others go on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from noticedesk import http, store
from noticedesk.desk.act import dsa
from noticedesk.desk.actors import DISPATCH, worker
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.statements.build import build, case_of, is_due
from noticedesk.desk.statements.rows import decision_of
from noticedesk.desk.statements.rules import require
from noticedesk.desk.tally import Tally
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.settings import SettingError
from noticedesk.store import chain, outbox, records

LEASE_SECONDS = 300

_USED = "the database knows the identifier from elsewhere: set another `puid` in transparency.yaml, and retry"
_GONE = "no statement is due any more"


@dataclass(frozen=True, slots=True)
class _Ready:
    """A row that this process alone may send now, with its statement."""

    row: Outbox
    statement: dsa.Statement


def send_due(desk: Desk) -> Tally:
    """Sends every statement that is due; raises SettingError where they wait and the way out is not set."""
    tally, owner = Tally(), worker("statements")
    with desk.db.read() as look:
        if not outbox.due(look, desk.now(), 1, OutboxKind.STATEMENT):
            return tally
    known = require(desk)
    while ready := _take(desk, owner, tally):
        try:
            _send(desk, known.database or "", ready, tally)
        except SettingError as error:
            with desk.db.write(logged=False) as tx:
                until = desk.now() + outbox.PATIENCE.longest
                outbox.postpone(tx, OutboxKind.STATEMENT, owner, desk.now(), until, str(error))
            raise
    return tally


def _take(desk: Desk, owner: str, tally: Tally) -> list[_Ready]:
    """The next statements that may go, as they stand now; those that may not are shown with the reason."""
    with desk.db.write() as tx:
        rows = outbox.lease(tx, owner, desk.now(), dsa.AT_ONCE, LEASE_SECONDS, OutboxKind.STATEMENT)
        ready = [made for row in rows if (made := _made(desk, tx, row, tally))]
    return ready if ready or not rows else _take(desk, owner, tally)


def _made(desk: Desk, tx: store.Transaction, row: Outbox, tally: Tally) -> _Ready | None:
    case = case_of(tx, records.get(tx, Decision, decision_of(row)))
    if not is_due(desk, case):
        outbox.mark(tx, row.id, OutboxState.CANCELLED, desk.now(), _GONE)
        tally.counts["statement no longer due"] += 1
        return None
    built = build(desk, tx, case)
    if built.problems:
        _hold(desk, tx, row, "; ".join(built.problems))
        tally.counts["statement held"] += 1
        return None
    body = json.dumps({"data": {"id": decision_of(row), "statement": built.fields}})
    return _Ready(records.replace(tx, replace(row, body=body)), built.fields)


def _send(desk: Desk, base: str, ready: list[_Ready], tally: Tally) -> None:
    """Sends what is ready, each round without those that the round before has taken out."""
    while ready:
        try:
            answer = dsa.submit(base, desk.settings.transparency_token, [one.statement for one in ready])
        except (http.Unreachable, http.Refused, dsa.Strange) as error:
            tally.failed(error)
            with desk.db.write() as tx:
                for one in ready:
                    _again(desk, tx, one.row, str(error))
            return
        with desk.db.write() as tx:
            ready = _settled(desk, tx, ready, answer, tally)


def _settled(desk: Desk, tx: store.Transaction, ready: list[_Ready], answer: dsa.Answer, tally: Tally) -> list[_Ready]:
    """Saves what the answer says of each; those that are still to be sent."""
    left = []
    for place, one in enumerate(ready):
        key = one.row.key
        if key in answer.created:
            tally.counts[_taken(desk, tx, one.row, answer.created)] += 1
        elif place in answer.wrong:
            _hold(desk, tx, one.row, f"the database refused it: {answer.wrong[place]}")
            tally.counts["statement refused"] += 1
        elif key in answer.known and one.row.attempts:
            tally.counts[_taken(desk, tx, one.row, {})] += 1
        elif key in answer.known:
            _hold(desk, tx, one.row, _USED)
            tally.counts["statement identifier in use"] += 1
        elif answer.created:
            _again(desk, tx, one.row, "the database took the call and does not name this statement")
            tally.counts["statement to be sent again"] += 1
        else:
            left.append(one)
    if len(left) == len(ready):
        # nothing was settled: the answer names only what was not in the call, and the next would be the same
        for one in left:
            _again(desk, tx, one.row, "the database refused the call for a statement that was not in it")
        return []
    return left


def _taken(desk: Desk, tx: store.Transaction, row: Outbox, created: Mapping[str, str]) -> str:
    """The database has the statement: its clock ends. One sent before without an answer is found there by its name."""
    outbox.mark(tx, row.id, OutboxState.CONFIRMED, desk.now())
    told: dict[str, chain.Detail] = {"puid": row.key, "uuid": created.get(row.key, "")}
    chain.append(tx, DISPATCH, "statement.accepted", row.id, row.claim, told)
    claim, about = records.get(tx, Claim, row.claim or ""), records.get(tx, Allegation, row.allegation or "")
    clocks.start(desk, tx, claim, {"statement_submitted": desk.now()}, about)
    return "statement sent" if created else "statement was there"


def _hold(desk: Desk, tx: store.Transaction, row: Outbox, why: str) -> None:
    outbox.mark(tx, row.id, OutboxState.DEAD, desk.now(), why)
    chain.append(tx, DISPATCH, "statement.held", row.id, row.claim, {"puid": row.key})


def _again(desk: Desk, tx: store.Transaction, row: Outbox, why: str) -> None:
    outbox.mark(tx, row.id, OutboxState.FAILED, desk.now(), why)
