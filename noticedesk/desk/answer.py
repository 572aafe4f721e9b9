"""Answer: counter-notices and retractions, linked to their claim. Only a verified sender changes a state."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from noticedesk import store
from noticedesk.desk import clocks, correspondence, escalate
from noticedesk.desk.act import lookup
from noticedesk.desk.actors import ANSWER
from noticedesk.desk.casefacts import About
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import judge
from noticedesk.desk.stage import Stage, run
from noticedesk.desk.tally import Tally
from noticedesk.desk.threads import Linked, allegations_named, by_listing, by_thread
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.document import Document
from noticedesk.model.notice import Notice, NoticeKind, NoticeState, Verified
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.verdict import Check, UrlRole, Verdict
from noticedesk.store import moves, outbox, records

TAKEN_DOWN = frozenset({AllegationState.APPROVED, AllegationState.DISPATCHING, AllegationState.ACTIONED})
"""What a counter-notice can be about: removed, or about to be."""

LIVE = frozenset(AllegationState) - {AllegationState.WITHDRAWN, AllegationState.DISMISSED, AllegationState.RESTORED}
"""What a retraction can take back."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answering notice, read again from its raw bytes and checked."""

    notice: Notice
    document: Document
    found: Check
    contacts: frozenset[str] = frozenset()

    @property
    def urls(self) -> tuple[str, ...]:
        """The listings that it names."""
        return self.found.urls_of(UrlRole.REPORTED)


def load(desk: Desk, look: store.Look, ids: Sequence[str]) -> list[Notice]:
    """The leased notices."""
    return [records.get(look, Notice, one) for one in ids]


def work(desk: Desk, notice: Notice) -> Reply:
    """Reads and checks the notice, and asks the platform who may answer for the listings that it names."""
    document = desk.document(notice)
    found = judge(desk, document, notice.service)
    contacts: frozenset[str] = frozenset()
    if notice.kind is NoticeKind.COUNTER_NOTICE:
        contacts = lookup.contacts(desk, found.urls_of(UrlRole.REPORTED))
    return Reply(notice, document, found, contacts)


def save(desk: Desk, tx: store.Transaction, notice: Notice, reply: Reply) -> str:
    """Links the answer and lets it take effect; what is ambiguous or not verified is set aside for a person."""
    handle = _HANDLERS.get(notice.kind)
    if handle is None:
        return _set_aside(tx, notice, f"a {notice.kind.value.replace('_', ' ')} is for a person to read")
    linked = _linked(desk, tx, reply, TAKEN_DOWN if notice.kind is NoticeKind.COUNTER_NOTICE else LIVE)
    if not linked.sure:
        several = ", ".join(linked.claims) or "none"
        return _set_aside(tx, notice, f"which claim it answers is not clear (by {linked.by}: {several})")
    return handle(desk, tx, reply, records.get(tx, Claim, linked.claims[0]))


def _linked(desk: Desk, tx: store.Transaction, reply: Reply, states: frozenset[AllegationState]) -> Linked:
    threaded = by_thread(tx, reply.document.envelope)
    if threaded.sure:
        return threaded
    listed = by_listing(desk, tx, reply.urls, states)
    if reply.notice.kind is NoticeKind.RETRACTION:
        mine = tuple(claim for claim in listed.claims if _is_notifier(tx, claim, reply.notice))
        return Linked(mine or listed.claims, listed.by)
    return listed


def _set_aside(tx: store.Transaction, notice: Notice, why: str) -> str:
    moves.move(tx, replace(notice, problem=why), NoticeState.QUARANTINED, ANSWER, why="set aside for a person")
    return "set aside for a person"


def _counter_notice(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim) -> str:
    """A complete counter-notice of the account holder starts the statutory window and goes to legal."""
    notice = reply.notice
    if notice.verified is Verified.NO or notice.sender not in reply.contacts:
        return _set_aside(tx, notice, "the sender is not verified as the holder of the account")
    named = allegations_named(desk, tx, claim, reply.urls, TAKEN_DOWN)
    if not named:
        return _set_aside(tx, notice, "nothing that it names is removed")
    moves.move(tx, replace(notice, claim=claim.id), NoticeState.READ, ANSWER)
    about = About(notice=notice, found=reply.found, allegation=named[0], text=reply.document.text)
    if reply.found.primary.verdict is not Verdict.EFFECTIVE:
        clocks.start(desk, tx, claim, {"deficient_counter_notice_received": notice.received_at})
        correspondence.on_event(desk, tx, claim, "deficient_counter_notice_received", about)
        escalate.to_legal(desk, tx, ANSWER, claim, "A counter-notice lacks elements; no clock was started.")
        return "counter-notice incomplete"
    for allegation in named:
        _counter(desk, tx, claim, allegation, notice.received_at)
    correspondence.on_event(desk, tx, claim, "counter_notice_received", about)
    return "counter-notice to legal"


def _counter(desk: Desk, tx: store.Transaction, claim: Claim, allegation: Allegation, received: datetime) -> None:
    """What has not left yet is stopped; the clock runs from receipt, whenever it is looked at."""
    outbox.cancel_unsent(tx, allegation.id, desk.now())
    due = clocks.start(desk, tx, claim, {"counter_notice_received": received}, allegation)
    moves.move(tx, replace(allegation, due_at=due), AllegationState.COUNTERED, ANSWER)


def _retraction(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim) -> str:
    """The verified notifier takes back the allegations that the message names, or all of them."""
    if not _is_notifier(tx, claim.id, reply.notice):
        return _set_aside(tx, reply.notice, "the sender is not verified as the one who sent the notice")
    moves.move(tx, replace(reply.notice, claim=claim.id), NoticeState.READ, ANSWER)
    named = allegations_named(desk, tx, claim, reply.urls, LIVE)
    for allegation in named:
        outbox.cancel_unsent(tx, allegation.id, desk.now())
        correspondence.withdraw(tx, allegation)
        moves.move(tx, allegation, AllegationState.WITHDRAWN, ANSWER)
        clocks.start(desk, tx, claim, {"retraction_received": reply.notice.received_at}, allegation)
    if all(item.state is AllegationState.WITHDRAWN for item in records.find(tx, Allegation, claim=claim.id)):
        claim = moves.move(tx, records.get(tx, Claim, claim.id), ClaimState.WITHDRAWN, ANSWER)
    correspondence.on_event(desk, tx, claim, "retraction_received", About(notice=reply.notice))
    return f"retracted {len(named)}"


def _is_notifier(look: store.Look, claim: str, notice: Notice) -> bool:
    """Whether the message comes, verified, from the address that sent the notice."""
    senders = records.find(look, Party, claim=claim, role=PartyRole.SENDER)
    return notice.verified is not Verified.NO and any(party.email == notice.sender for party in senders)


_HANDLERS: dict[NoticeKind, Callable[[Desk, store.Transaction, Reply, Claim], str]] = {
    NoticeKind.COUNTER_NOTICE: _counter_notice,
    NoticeKind.RETRACTION: _retraction,
}
"""What the answers do that need no person first."""

STAGE = Stage(
    name="answer",
    noun=Notice,
    states=(NoticeState.RECEIVED,),
    load=load,
    work=work,
    save=save,
    id_of=lambda notice: notice.id,
)


def answer(desk: Desk) -> Tally:
    """Links one chunk of the answers that came in."""
    return run(desk, STAGE)
