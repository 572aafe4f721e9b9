"""Statements as rows: queued once for a decision that was carried out, and listed with where each stands."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.desk.statements.build import Built, Case, build, case_of, ended, is_due, puid
from noticedesk.desk.statements.rules import require, rules
from noticedesk.model.decision import Decision
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox, OutboxKind
from noticedesk.store import outbox, records

__all__ = ["UNSENT", "Row", "decision_of", "listed", "queue", "queue_all", "require"]

UNSENT = "not queued"
"""Shown where a statement is due and nothing sends statements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A statement that is due: what it says, where it stands, why it cannot go, and when its measure ended.

    `after_sending` says that the measure ended when the database had the statement already, which takes no corrections.
    """

    built: Built
    decision: Decision
    claim: str
    state: str
    problem: str
    ended_at: datetime | None
    after_sending: bool


def queue(desk: Desk, tx: store.Transaction, decision: Decision) -> Outbox | None:
    """Queues the statement of a decision that the platform has carried out, once; None where none is due or sent."""
    case = case_of(tx, decision)
    if not rules(desk).database or not is_due(desk, case):
        return None
    row = Outbox(
        id=new_id("X"),
        kind=OutboxKind.STATEMENT,
        key=puid(desk, decision),
        claim=case.claim.id,
        allegation=case.allegation.id,
        body=json.dumps({"data": {"id": decision.id}}),
        send_after=desk.now(),
        created_at=desk.now(),
    )
    return outbox.queue(tx, row)


def queue_all(desk: Desk) -> int:
    """Queues what is due and was not queued, as when statements were switched on later; how many."""
    with desk.db.read() as look:
        missing = [row.decision for row in listed(desk, look) if row.state == UNSENT]
    queued = 0
    for decision in missing:
        with desk.db.write() as tx:
            queued += queue(desk, tx, decision) is not None
    return queued


def decision_of(row: Outbox) -> str:
    """The id of the decision whose statement a row sends."""
    return str(json.loads(row.body)["data"]["id"])


def listed(desk: Desk, look: store.Look) -> Iterator[Row]:
    """Every statement that is due, oldest decision first."""
    for decision in records.find(look, Decision, action=tuple(rules(desk).actions), undone_at=None):
        case = case_of(look, decision)
        if is_due(desk, case):
            yield _row(desk, look, case)


def _row(desk: Desk, look: store.Look, case: Case) -> Row:
    built, end = build(desk, look, case), ended(case)
    sent = next(iter(records.find(look, Outbox, key=built.puid, kind=OutboxKind.STATEMENT)), None)
    had = sent is not None and sent.state.value == "confirmed"
    return Row(
        built=built,
        decision=case.decision,
        claim=case.claim.id,
        state=sent.state.value if sent else UNSENT,
        problem="" if had else "; ".join(built.problems) or (sent.last_error if sent else ""),
        ended_at=end,
        after_sending=had and end is not None and not _told(sent, built),
    )


def _told(sent: Outbox | None, built: Built) -> bool:
    """Whether what was sent says the same as would be said now."""
    return sent is not None and json.loads(sent.body)["data"].get("statement") == built.fields
