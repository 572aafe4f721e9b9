"""Ingest: take in what a source holds. Raw bytes first; acknowledged after the commit; nothing is taken in twice."""

from dataclasses import dataclass, replace
from datetime import datetime

from noticedesk import check, intake, settings, store
from noticedesk.desk.actors import INGEST, worker
from noticedesk.desk.arrival import inthread
from noticedesk.desk.arrival.opening import completes, open_claim
from noticedesk.desk.arrival.repeats import open_or_join
from noticedesk.desk.arrival.threads import answers_letter, by_thread
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import escalate
from noticedesk.desk.mail import bounces
from noticedesk.desk.tally import Tally
from noticedesk.model.claim import ClaimState
from noticedesk.model.document import Document
from noticedesk.model.escalation import Inquiry
from noticedesk.model.ids import new_id
from noticedesk.model.notice import ANSWERS, OPENING, Notice, NoticeKind, NoticeState
from noticedesk.model.verdict import Check, Verdict
from noticedesk.store import chain, moves, records, sources

LEASE_SECONDS = 600
"""How long a reader that died is waited for; one that works renews it with every delivery."""

ANSWERING = ANSWERS | {NoticeKind.AUTHORITY_ORDER, NoticeKind.SUBPOENA, NoticeKind.INQUIRY}
"""The kinds that answer a claim: they stay `received` until the answer flow has linked them."""

SILENT = frozenset({NoticeKind.DELIVERY_REPORT, NoticeKind.AUTO_REPLY})
"""The kinds that are read and linked, and never answered."""


class LeaseLost(RuntimeError):
    """Another process has begun to read the source: what was not saved is left to it."""


@dataclass(slots=True)
class Reading:
    """One reading of a source. `steady` until something fails: the cursor must not pass what is to be read again."""

    source: intake.Source
    owner: str
    cursor: str
    steady: bool = True


def ingest(desk: Desk, source: intake.Source) -> Tally:
    """Takes in every delivery that the source holds, one source at a time; a busy source is left to its holder."""
    owner = worker("ingest")
    with desk.db.write() as tx:
        state = sources.lease(tx, source.id, owner, desk.now(), LEASE_SECONDS)
    if state is None:
        return Tally()
    tally, reading = Tally(), Reading(source, owner, state.cursor)
    try:
        with intake.opened(source, intake.Start(state.cursor, desk.settings.secret(source.id))) as inbox:
            for delivery in inbox.deliveries():
                tally += _attempt(desk, reading, inbox, delivery)
    except (OSError, settings.SettingError, LeaseLost) as error:
        tally.failed(error)
    with desk.db.write(logged=False) as tx:
        _note(tx, reading, desk.now(), tally)
    return tally


def _note(tx: store.Transaction, reading: Reading, now: datetime, tally: Tally) -> None:
    """Notes how reading the source went, and lets the next reader have it."""
    if tally.errors:
        sources.failed(tx, reading.source.id, next(iter(tally.errors)), now)
    else:
        sources.advance(tx, reading.source.id, reading.owner, reading.cursor, now)
    sources.release(tx, reading.source.id, reading.owner)


def _attempt(desk: Desk, reading: Reading, inbox: intake.Inbox, delivery: intake.Delivery) -> Tally:
    """One delivery; what fails is not acknowledged, is delivered again, and does not stop the ones behind it."""
    try:
        tally = _take_in(desk, reading, delivery)
        inbox.acknowledge(delivery)
        return tally
    except LeaseLost:
        raise
    except Exception as error:  # whatever it is, it is told in the source's state and the run's tally
        reading.steady = False
        tally = Tally()
        tally.failed(error)
        return tally


def _take_in(desk: Desk, reading: Reading, delivery: intake.Delivery) -> Tally:
    """One delivery: bytes kept, documents read and saved with the cursor in one transaction."""
    tally = Tally()
    sha256 = desk.blobs.put(delivery.raw)
    with desk.db.read() as look:
        before = records.find(look, Notice, channel=reading.source.id, delivery=delivery.key)
    if before:
        tally.counts["duplicate delivery"] += 1
        with desk.db.write(logged=False) as tx:
            _hold(tx, reading, delivery, desk.now())
        return tally
    documents = desk.documents(delivery.raw, delivery.name, reading.source.id)
    for picture in desk.pictures(delivery.raw).values() if any(item.attachments for item in documents) else ():
        desk.blobs.put(picture)
    with desk.db.write() as tx:
        _hold(tx, reading, delivery, desk.now())
        for document in documents:
            tally.counts[save(desk, tx, reading.source, Arrived(delivery, sha256, document))] += 1
    return tally


def _hold(tx: store.Transaction, reading: Reading, delivery: intake.Delivery, now: datetime) -> None:
    """Renews the lease and moves the cursor, in the transaction that saves the delivery; raises LeaseLost."""
    if sources.lease(tx, reading.source.id, reading.owner, now, LEASE_SECONDS) is None:
        raise LeaseLost(f"another process reads {reading.source.id} by now")
    if delivery.cursor and reading.steady:
        sources.advance(tx, reading.source.id, reading.owner, delivery.cursor, now)
        reading.cursor = delivery.cursor


@dataclass(frozen=True, slots=True)
class Arrived:
    """A document with the delivery that brought it, and the digest of its bytes."""

    delivery: intake.Delivery
    sha256: str
    document: Document


def save(desk: Desk, tx: store.Transaction, source: intake.Source, arrived: Arrived) -> str:
    """Saves one document that arrived and what follows from it; what became of it, for the tally."""
    document = arrived.document
    found = judge(desk, document, source.service)
    notice = _notice(desk, source, arrived, found)
    records.add(tx, notice)
    chain.append(tx, INGEST, "notice.received", notice.id, None, {"sha256": notice.sha256, "kind": notice.kind.value})
    if document.problem and not document.text.strip() and notice.kind is not NoticeKind.DELIVERY_REPORT:
        moves.move(tx, notice, NoticeState.UNREADABLE, INGEST, why="nothing in it can be read")
        return "unreadable"
    if found.primary.verdict is Verdict.SAFETY:
        return _stop_for_safety(desk, tx, notice, found)
    if notice.kind is NoticeKind.DELIVERY_REPORT:
        return _report(desk, tx, notice, document)
    if notice.kind in OPENING and document.envelope.automatic and answers_letter(tx, document.envelope):
        return _from_a_robot(tx, notice, document)
    if notice.kind in OPENING and completes(tx, document):
        notice = records.replace(tx, replace(notice, kind=NoticeKind.CURE_REPLY))
    notice = inthread.as_reply(desk, tx, notice, document, found)
    if notice.kind in OPENING:
        return open_or_join(desk, tx, notice, document, found)
    if notice.kind in ANSWERING:
        return notice.kind.value
    return _set_down(desk, tx, notice, document)


def judge(
    desk: Desk, document: Document, service: str, *, kind: NoticeKind | None = None, primary: str | None = None
) -> Check:
    """The document checked under the law of today, on the hosts of the service; as of a kind, or by rules, if given."""
    law, hosts = desk.in_force(desk.now(), service), desk.service(service).hosts
    return check.check(document, law, desk.reading, hosts, primary=primary, kind=kind)


def _notice(desk: Desk, source: intake.Source, arrived: Arrived, found: Check) -> Notice:
    document, now = arrived.document, desk.now()
    return Notice(
        id=new_id("N"),
        service=source.service,
        channel=source.id,
        delivery=arrived.delivery.key,
        name=arrived.delivery.name,
        sha256=arrived.sha256,
        part=document.part,
        received_at=intake.received_at(document, arrived.delivery, now),
        ingested_at=now,
        kind=found.kind,
        sender=document.envelope.sender.lower(),
        verified=document.envelope.verified,
        message_id=document.envelope.message_id,
        subject=document.envelope.subject,
        reader=document.reader,
        language=found.language,
        problem=document.problem,
    )


def _stop_for_safety(desk: Desk, tx: store.Transaction, notice: Notice, found: Check) -> str:
    """Nothing is fetched, shown or exported; the safety team is asked at once, with its own due time."""
    claim = open_claim(desk, tx, notice, found)
    moves.move(tx, claim, ClaimState.REROUTED, INGEST, why="flagged for safety")
    moves.move(tx, replace(notice, claim=claim.id), NoticeState.QUARANTINED, INGEST, why="flagged for safety")
    escalate.to_safety(desk, tx, claim)
    return "stopped for safety"


def _report(desk: Desk, tx: store.Transaction, notice: Notice, document: Document) -> str:
    """A delivery report counts for the letter that it is about; it opens nothing and is never answered."""
    claim = bounces.reported(desk, tx, notice, document)
    moves.move(tx, replace(notice, claim=claim), NoticeState.READ, INGEST)
    return notice.kind.value


def _from_a_robot(tx: store.Transaction, notice: Notice, document: Document) -> str:
    """An automatic answer that repeats our own words can read like a notice: nothing follows until a person looks."""
    linked = by_thread(tx, document.envelope)
    why = "an automatic answer to a letter of ours reads like a notice"
    seen = replace(notice, claim=linked.claims[0] if linked.sure else None, problem=why)
    moves.move(tx, seen, NoticeState.QUARANTINED, INGEST, why="set aside for a person")
    return "set aside for a person"


def _set_down(desk: Desk, tx: store.Transaction, notice: Notice, document: Document) -> str:
    """What opens and answers nothing: linked by its thread, or put before a person as an inquiry."""
    linked = by_thread(tx, document.envelope)
    claim = linked.claims[0] if linked.sure else None
    moves.move(tx, replace(notice, claim=claim), NoticeState.READ, INGEST)
    if notice.kind not in SILENT and claim is None:
        records.add(
            tx,
            Inquiry(
                id=new_id("I"),
                notice=notice.id,
                partner=notice.sender or "unknown",
                question=notice.subject or "(no subject)",
                received_at=notice.received_at,
            ),
        )
    return notice.kind.value
