"""Letters that did not arrive: refused by the mail server, given up, or sent back; each is a letter to look at."""

from dataclasses import replace

from noticedesk import store
from noticedesk.desk import alarms
from noticedesk.desk.actors import INGEST
from noticedesk.desk.alarms import Cause
from noticedesk.desk.arrival import threads
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import silence
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.document import Delivery, Document
from noticedesk.model.event import Actor
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.notice import Notice
from noticedesk.store import chain, outbox, records

_OUT = frozenset({LetterState.SENT, LetterState.QUEUED, LetterState.BOUNCED})
"""The letters that a report may be about: those that left, or whose leaving was uncertain."""


def bounced(look: store.Look) -> list[Letter]:
    """The letters that did not arrive and that nobody has looked after yet, oldest first."""
    return records.find(look, Letter, state=LetterState.BOUNCED)


def undelivered(
    desk: Desk, tx: store.Transaction, actor: Actor, letter: Letter, why: str, **told: chain.Detail
) -> Letter:
    """The letter as one that did not arrive: shown with the reason, on the chain, and no silence runs from it."""
    if letter.state is LetterState.BOUNCED:
        return letter
    chain.append(tx, actor, "letter.bounced", letter.id, letter.claim, {"template": letter.template, **told})
    alarms.raise_(desk, tx, Cause(kind=AlarmKind.LETTER_BOUNCED, subject=letter.id, claim=letter.claim))
    silence.end(desk, tx, letter)
    return records.replace(tx, replace(letter, state=LetterState.BOUNCED, undelivered=why[:500]))


def reported(desk: Desk, tx: store.Transaction, notice: Notice, document: Document) -> str | None:
    """Lets a delivery report count for the letter that it is about; the letter's claim, None where it is about none.

    A report is believed as far as it can harm nobody: it stops what runs against a silent recipient, and asks a person.
    """
    about = [item for item in threads.letters_of(tx, document) if item.state in _OUT]
    for letter in about:
        _count(desk, tx, notice, document, letter)
    return about[0].claim if about else None


def _count(desk: Desk, tx: store.Transaction, notice: Notice, document: Document, letter: Letter) -> None:
    report = document.delivery or Delivery(action="failed")
    told: dict[str, chain.Detail] = {"notice": notice.id, "status": report.status}
    if report.action != "failed":
        chain.append(tx, INGEST, f"letter.{report.action}", letter.id, letter.claim, told)
        return
    # A letter that came back has left, whatever its sender saw of it: it must not be sent again.
    outbox.cancel_letter(tx, letter.id, desk.now())
    why = " ".join(filter(None, (report.status, report.diagnostic))) or "it was sent back without a reason"
    undelivered(desk, tx, INGEST, letter, why, **told)
