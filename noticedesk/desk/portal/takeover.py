"""Takeover: what was sent in through the API or a form becomes a notice, each exactly once, with its sender."""

from dataclasses import replace

from noticedesk import intake
from noticedesk.desk import ingest
from noticedesk.desk.actors import worker
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal import confirming
from noticedesk.desk.tally import Tally
from noticedesk.model.document import Document, Envelope
from noticedesk.model.notice import Notice, Verified
from noticedesk.model.submission import Submission, SubmissionState
from noticedesk.store import records, sources

CHANNEL = "api"
"""The channel of the notices that come through the API and its forms."""

LEASE_SECONDS = 900
_CHUNK = 250


def take_over(desk: Desk) -> Tally:
    """Takes over all that waits; what fails says so in its `problem`, is tried again next time, and stops nothing."""
    owner, total = worker(CHANNEL), Tally()
    tried: set[str] = set()
    while _leased(desk, owner) and (due := _due(desk, tried)):
        tried |= {one.id for one in due}
        for submission in due:
            total += _attempt(desk, submission)
    with desk.db.write(logged=False) as tx:
        if total.errors:
            sources.failed(tx, CHANNEL, next(iter(total.errors)), desk.now())
        else:
            sources.advance(tx, CHANNEL, owner, desk.now().isoformat(), desk.now())
        sources.release(tx, CHANNEL, owner)
    return total


def _leased(desk: Desk, owner: str) -> bool:
    with desk.db.write() as tx:
        return sources.lease(tx, CHANNEL, owner, desk.now(), LEASE_SECONDS) is not None


def _due(desk: Desk, tried: set[str]) -> list[Submission]:
    """A chunk of what waits, first what has not failed yet; and what asked for a confirmation that never came."""
    with desk.db.read() as look:
        fresh = records.find(look, Submission, state=SubmissionState.WAITING, problem="", limit=_CHUNK)
        waiting = records.find(look, Submission, state=SubmissionState.WAITING, limit=_CHUNK)
        asked = records.find(look, Submission, state=SubmissionState.ASKED)
    silent = [one for one in asked if one.confirm_until and one.confirm_until <= desk.now()]
    due = {one.id: one for one in (*fresh, *silent, *waiting) if one.id not in tried}
    return list(due.values())[:_CHUNK]


def _attempt(desk: Desk, submission: Submission) -> Tally:
    tally = Tally()
    try:
        tally.counts[_take(desk, submission)] += 1
    except Exception as error:  # whatever it is, it is told in the submission and the run's tally
        tally.failed(error)
        with desk.db.write(logged=False) as tx:
            now = records.get(tx, Submission, submission.id)
            records.replace(tx, replace(now, problem=f"{type(error).__name__}: {error}"[:300]))
    return tally


def _take(desk: Desk, submission: Submission) -> str:
    """One submission: read, and saved as a notice with everything that follows from it, in one transaction."""
    raw = desk.blobs.get(submission.body)
    name = f"{submission.id}.json"
    documents = desk.documents(raw, name, CHANNEL)
    if confirming.due(submission) and confirming.ask(desk, submission, documents[0]):
        return "asked to confirm an address"
    source = intake.Source(id=CHANNEL, kind="folder", path="", service=submission.service)
    delivery = intake.Delivery(submission.id, raw, name, submission.received_at)
    with desk.db.write() as tx:
        now = records.get(tx, Submission, submission.id)
        if now.state is SubmissionState.TAKEN or records.find(tx, Notice, channel=CHANNEL, delivery=now.id):
            return "duplicate delivery"
        outcomes = [
            ingest.save(desk, tx, source, ingest.Arrived(delivery, now.body, _sent(document, now)))
            for document in documents
        ]
        records.replace(tx, replace(now, state=SubmissionState.TAKEN, taken_at=desk.now(), problem=""))
    return outcomes[0]


def _sent(document: Document, submission: Submission) -> Document:
    """The document in an envelope that says who sent it: by the token's party, or by an address, confirmed or not."""
    verified = Verified.LOGIN if submission.sender else Verified.ADDRESS if submission.confirmed_at else Verified.NO
    envelope = Envelope(sender=submission.email, received=submission.received_at, verified=verified)
    return replace(document, envelope=envelope)
